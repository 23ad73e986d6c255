import { describe, expect, test } from 'vitest';
import { type ServiceAddressOptions, serviceAddress } from './service-address.ts';

function nativeAddress(options: ServiceAddressOptions): string | undefined {
  return serviceAddress({ environment: {}, ...options }).wires.dashscope;
}

test('the option wins over the region, and the region over the environment', () => {
  const environment = { DASHSCOPE_HTTP_BASE_URL: 'http://localhost:1', DASHSCOPE_API_REGION: 'beijing' };
  expect(nativeAddress({ baseURL: 'http://localhost:2', region: 'singapore', environment })).toBe(
    'http://localhost:2/api/v1',
  );
  expect(nativeAddress({ region: 'singapore', environment })).toBe(
    'https://dashscope-intl.aliyuncs.com/api/v1',
  );
  expect(nativeAddress({ environment })).toBe('http://localhost:1/api/v1');
  expect(nativeAddress({ environment: { DASHSCOPE_API_REGION: 'beijing' } })).toBe(
    'https://dashscope.aliyuncs.com/api/v1',
  );
});

test('a wire without an address of its own is not called', () => {
  const { wires } = serviceAddress({
    environment: { DASHSCOPE_COMPATIBLE_BASE_URL: 'http://localhost:1/v1/' },
  });
  expect(wires).toEqual({ 'openai-compatible': 'http://localhost:1/v1' });
});

test('a workspace is in the host where there are such hosts, else in the header', () => {
  expect(serviceAddress({ region: 'tokyo', workspaceId: 'llm-a', environment: {} })).toMatchObject({
    wires: { dashscope: 'https://llm-a.ap-northeast-1.maas.aliyuncs.com/api/v1' },
    headers: {},
  });
  expect(serviceAddress({ region: 'virginia', environment: { DASHSCOPE_WORKSPACE: 'llm-a' } })).toMatchObject(
    {
      wires: { dashscope: 'https://dashscope-us.aliyuncs.com/api/v1' },
      headers: { 'x-dashscope-workspace': 'llm-a' },
    },
  );
});

describe('is said what to give', () => {
  test.each([
    ['without a region', {}, 'Give --region or --base-url, or set DASHSCOPE_API_REGION'],
    ['for an unknown region', { region: 'mars' }, 'The region "mars" is not known. Known: singapore,'],
    [
      'without a workspace where hosts belong to one',
      { region: 'frankfurt' },
      'Give --workspace, or set DASHSCOPE_WORKSPACE',
    ],
    ['for what is no address', { baseURL: 'ftp://a' }, 'ftp://a is no address of a server'],
    [
      'for a variable that is no URL',
      { environment: { DASHSCOPE_HTTP_BASE_URL: 'a b' } },
      'DASHSCOPE_HTTP_BASE_URL: a b is no URL',
    ],
  ])('%s', (_, options, message) => {
    expect(() => serviceAddress({ environment: {}, ...options })).toThrow(message);
  });
});
