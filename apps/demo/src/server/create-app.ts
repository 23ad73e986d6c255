import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import type { ChatRequest, Client } from '@qwire/core';
import { isBrokenOff } from '@qwire/local-server';
import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import type { ChatBody, ConsoleError, ConsoleEvent, ConsoleInfo } from '../shared/console-api.ts';
import { refusal, toConsoleError } from './console-error.ts';
import type { ConsoleOptions } from './console-options.ts';
import { exampleTools } from './example-tools.ts';
import { guard } from './guard.ts';
import { linesResponse } from './lines-response.ts';
import { offeredModels, toConsoleModels } from './offered-models.ts';
import { readChatBody } from './read-chat-body.ts';
import { runChat } from './run-chat.ts';

/** Where the built page lies, seen from the sources and from the built server alike. */
export const webRoot = fileURLToPath(new URL('../../dist/web', import.meta.url));

/** Bytes: room for a picture of the size that the service takes inline, 10 MB, and the conversation around it. */
export const maxBodyBytes = 16 * 1024 * 1024;

/**
 * The page's files, what the page shows, and the calls that it makes. The host names are asked for at every request,
 * since the address is not known before the server listens.
 */
export function createApp(options: ConsoleOptions, allowedHosts: ReadonlySet<string>): Hono {
  const { onFailure = console.error } = options;
  const info = toConsoleInfo(options);
  const app = new Hono();

  app.use(secureHeaders(securityHeaders), guard(allowedHosts));
  app.get('/api/console', (context) => context.json(info, 200, { 'cache-control': 'no-store' }));
  app.post(
    '/api/chat',
    bodyLimit({ maxSize: maxBodyBytes, onError: (context) => context.json({ error: tooLarge }, 413) }),
    async (context) => {
      if (!context.req.header('content-type')?.startsWith('application/json')) {
        return context.json(
          { error: refusal('content-type: must be application/json', 'content-type') },
          415,
        );
      }
      const result = readChatBody(await context.req.text());
      if ('error' in result) return context.json(result, 400);
      const call = findCall(options, result.body);
      if ('error' in call) return context.json(call, 400);

      const controller = new AbortController();
      const abort = () => controller.abort();
      context.req.raw.signal.addEventListener('abort', abort, { once: true });
      const events = runChat(call, { request: call.request, signal: controller.signal });
      return linesResponse(closeWithOutcome(events, onFailure), abort);
    },
  );
  app.all('/api/*', (context) => context.json({ error: refusal('There is nothing here.') }, 404));
  app.get('*', cacheFiles, serveStatic({ root: webRoot }));
  app.onError((error, context) => {
    // Whoever breaks off in the middle of a request is no failure of the console.
    if (isBrokenOff(error)) return context.body(null, 400);
    onFailure(error);
    return context.json({ error: toConsoleError(error) }, 500);
  });
  return app;
}

const cacheFiles: MiddlewareHandler = async (context, next) => {
  await next();
  if (!context.res.ok) return;
  // Names in this folder change with their content.
  const forever = context.req.path.startsWith('/assets/');
  context.res.headers.set('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
};

/** No scripts, styles or connections but the page's own; no site may frame it. */
const securityHeaders: Parameters<typeof secureHeaders>[0] = {
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  referrerPolicy: 'no-referrer',
  // Served over plain HTTP on this machine.
  strictTransportSecurity: false,
};

const tooLarge: ConsoleError = {
  ...refusal(`The conversation is larger than ${maxBodyBytes / 1024 / 1024} MB.`),
  hint: 'Clear the conversation, or attach smaller pictures.',
};

function toConsoleInfo({ workspaces, service, models = offeredModels }: ConsoleOptions): ConsoleInfo {
  return {
    service,
    wires: workspaces[0]?.clients.map(({ wire }) => wire) ?? [],
    workspaces: workspaces.map((workspace) => ({
      name: workspace.name,
      id: workspace.id,
      models: toConsoleModels(models, workspace),
    })),
    tools: exampleTools.map(({ name, description }) => ({ name, description })),
  };
}

interface FoundCall {
  readonly client: Client;
  readonly workspace: string;
  readonly request: ChatRequest;
}

function findCall(
  { workspaces }: ConsoleOptions,
  { workspace: name, wire, model, messages, thinking, tools = [] }: ChatBody,
): FoundCall | { readonly error: ConsoleError } {
  const workspace = workspaces.find((candidate) => candidate.name === name);
  if (workspace === undefined) return { error: refusal(`workspace: there is no ${name}`, 'workspace') };
  const client = workspace.clients.find((candidate) => candidate.wire === wire);
  if (client === undefined) return { error: refusal(`wire: there is no ${wire}`, 'wire') };
  const unknown = tools.find((tool) => !exampleTools.some((candidate) => candidate.name === tool));
  if (unknown !== undefined) return { error: refusal(`tools: there is no ${unknown}`, 'tools') };
  const offered = exampleTools.filter((tool) => tools.includes(tool.name)).map(({ run: _, ...tool }) => tool);
  const request: ChatRequest = {
    model,
    messages,
    ...(thinking === undefined ? {} : { thinking }),
    ...(offered.length > 0 ? { tools: offered } : {}),
  };
  return { client, workspace: name, request };
}

async function* closeWithOutcome(
  events: AsyncGenerator<ConsoleEvent, void>,
  onFailure: (error: unknown) => void,
): AsyncGenerator<ConsoleEvent, void> {
  try {
    yield* events;
    yield { type: 'chat-end' };
  } catch (error) {
    const shown = toConsoleError(error);
    if (shown.kind === undefined) onFailure(error);
    yield { type: 'error', error: shown };
  }
}
