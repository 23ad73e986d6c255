import { PGlite } from '@electric-sql/pglite';
import { afterAll, expect, test } from 'vitest';
import { createSqlStore } from './create-sql-store.ts';
import { record } from './records.fixture.ts';
import { testStore } from './store-facts.fixture.ts';

// Starting one takes seconds; each test has a schema of its own in it.
const database = new PGlite();
let count = 0;
function schema() {
  count += 1;
  return `schema_${count}`;
}

afterAll(() => database.close());

testStore(async () => createSqlStore(database, { schema: schema() }));

test('stores over one schema share what is in it, and each of them may be the first', async () => {
  const options = { schema: schema() };
  const stores = [1, 2, 3].map(() => createSqlStore(database, options));
  const kept = stores.map(() => record());
  await Promise.all(stores.map((store, index) => store.add(kept[index] ?? record())));
  for (const store of stores) expect(await store.records()).toHaveLength(3);
});

test('a schema of a later release is refused, and left as it is', async () => {
  const own = schema();
  await createSqlStore(database, { schema: own }).records();
  await database.query(`update ${own}.schema_version set version = 99`);
  await expect(createSqlStore(database, { schema: own }).records()).rejects.toThrow(/version 99/);
});

test('a database that could not be reached at first is asked again', async () => {
  let isDown = true;
  const client = {
    query: async (text: string, params: unknown[]) => {
      if (isDown) throw new Error('down');
      return database.query(text, params);
    },
  };
  const store = createSqlStore(client, { schema: schema() });
  await expect(store.records()).rejects.toThrow('down');
  isDown = false;
  expect(await store.records()).toEqual([]);
});

test('options that are wrong are refused by name', () => {
  expect(() => createSqlStore({} as PGlite)).toThrow(/client: must have a method "query"/);
  expect(() => createSqlStore(database, { schema: 'a"; drop' })).toThrow(/schema: must be a name/);
  expect(() => createSqlStore(database, { shema: 'x' } as object)).toThrow(/shema.*Known: schema/);
});
