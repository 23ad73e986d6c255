import { createDashScope } from '@qwire/dashscope';
import { createWorkspaces } from '@qwire/workspaces';
import { expect, test } from 'vitest';

const file = new TextEncoder().encode('moving pictures');

/** A service that gives leave to upload, and the store beside it. */
function studio() {
  const urls: string[] = [];
  const fetch: typeof globalThis.fetch = async (input) => {
    const url = String(input instanceof Request ? input.url : input);
    urls.push(url);
    if (!url.includes('/uploads?')) return new Response('');
    const data = { upload_host: 'https://store.example', upload_dir: 'dir', policy: 'p', signature: 's' };
    return Response.json({ request_id: 'r-1', data });
  };
  const workspaces = createWorkspaces({
    wire: createDashScope,
    region: 'singapore',
    fetch,
    workspaces: {
      films: {
        apiKey: 'sk-films',
        models: ['qwen3-vl-*'],
        budget: { amount: 0, currency: 'USD', per: 'day' },
        limits: [{ models: '*', requests: 1 }],
      },
    },
  });
  return { films: workspaces.workspace('films'), workspaces, urls };
}

test('a file for a model that is not on the list of its workspace is refused before the network', async () => {
  const { films, urls } = studio();
  await expect(films.upload({ model: 'qwen-vl-max', file, name: 'tower.mp4' })).rejects.toMatchObject({
    kind: 'permission-denied',
    workspace: 'films',
    message: '"qwen-vl-max" is not on the list of workspace "films": qwen3-vl-*',
  });
  expect(urls).toEqual([]);
});

test('uploads cost nothing: no budget, limit or ledger counts them', async () => {
  const { films, workspaces, urls } = studio();
  for (const name of ['one.mp4', 'two.mp4']) {
    expect(await films.upload({ model: 'qwen3-vl-plus', file, name })).toEqual({
      url: `oss://dir/${name}`,
      requestId: 'r-1',
    });
  }
  expect(urls).toHaveLength(4);
  expect((await workspaces.costs()).groups).toEqual([]);
});

test("a refusal of an upload carries the workspace's name", async () => {
  const body = { code: 'InvalidApiKey', message: 'Invalid API-key provided.', request_id: 'r-2' };
  const { films } = createWorkspacesRefusing(body);
  await expect(films.upload({ model: 'qwen3-vl-plus', file, name: 'one.mp4' })).rejects.toMatchObject({
    kind: 'authentication',
    requestId: 'r-2',
    workspace: 'films',
  });
});

function createWorkspacesRefusing(body: object) {
  const workspaces = createWorkspaces({
    wire: createDashScope,
    region: 'singapore',
    fetch: async () => Response.json(body, { status: 401 }),
    workspaces: { films: { apiKey: 'sk-films' } },
  });
  return { films: workspaces.workspace('films') };
}
