import { createMemoryStore } from './create-memory-store.ts';
import { testStore } from './store-facts.fixture.ts';

testStore(async () => createMemoryStore());
