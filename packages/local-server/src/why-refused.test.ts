import { expect, test } from 'vitest';
import { type Access, servedHosts, whyRefused } from './why-refused.ts';

const local: Access = { hosts: servedHosts('127.0.0.1') };

function ask(headers: Readonly<Record<string, string>>, access: Access = local): string | undefined {
  return whyRefused((name) => headers[name], access);
}

test.each(['localhost', 'localhost:4010', 'LOCALHOST:1', '127.0.0.1:4010', '[::1]:4010'])(
  'a request to %s is served',
  (host) => {
    expect(ask({ host })).toBeUndefined();
  },
);

test.each(['rebound.test', 'localhost.rebound.test:4010', 'a@localhost', 'localhost/x', '10.0.0.1', '', ' '])(
  'a request to "%s" is not',
  (host) => {
    expect(ask({ host })).toContain('is not served here');
  },
);

test('a request to nobody is not served', () => {
  expect(ask({})).toBe('Host (none) is not served here.');
});

test('a server for other machines is reached by any address, and by no name but its own', () => {
  const open: Access = { hosts: servedHosts('0.0.0.0'), anyAddress: true };
  expect(ask({ host: '192.168.1.5:4010' }, open)).toBeUndefined();
  expect(ask({ host: '[fd00::5]:4010' }, open)).toBeUndefined();
  expect(ask({ host: 'rebound.test:4010' }, open)).toBeDefined();
});

test.each(['http://rebound.test', 'http://localhost:3000', 'https://localhost:4010', 'null'])(
  'a page from %s is refused',
  (origin) => {
    expect(ask({ host: 'localhost:4010', origin })).toBe(`Requests from ${origin} are not taken.`);
  },
);

test('its own pages are served, and those that were allowed', () => {
  expect(ask({ host: 'localhost:4010', origin: 'http://localhost:4010' })).toBeUndefined();
  const allowing = { ...local, origins: new Set(['http://localhost:3000']) };
  expect(ask({ host: 'localhost:4010', origin: 'http://localhost:3000' }, allowing)).toBeUndefined();
});

test('what a page of another site embeds is refused, and a link from it may be followed', () => {
  const embedded = { host: 'localhost', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };
  expect(ask(embedded)).toContain('other sites');
  expect(ask({ ...embedded, 'sec-fetch-site': 'same-site' })).toContain('other sites');
  expect(ask({ ...embedded, 'sec-fetch-mode': 'navigate' })).toBeUndefined();
  expect(ask({ ...embedded, 'sec-fetch-site': 'same-origin' })).toBeUndefined();
});
