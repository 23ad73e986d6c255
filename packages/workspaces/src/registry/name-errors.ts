import type { ChatEvent, Interceptor } from '@qwire/core';
import { QwireError } from '@qwire/core/adapter-kit';

/** Lets every failure say which workspace's it was, by the name that its users know. */
export function nameErrors(workspace: string): Interceptor {
  return (next) => async (call) => {
    const result = await next(call).catch((error: unknown) => {
      throw named(error, workspace);
    });
    return result.operation === 'stream'
      ? { ...result, events: namedEvents(result.events, workspace) }
      : result;
  };
}

async function* namedEvents(events: AsyncIterable<ChatEvent>, workspace: string): AsyncGenerator<ChatEvent> {
  try {
    yield* events;
  } catch (error) {
    throw named(error, workspace);
  }
}

function named(error: unknown, workspace: string): unknown {
  if (!QwireError.is(error) || error.kind === 'aborted') return error;
  const isKey = error.kind === 'configuration' && error.field === 'apiKey';
  return new QwireError(isKey ? `workspaces.${workspace}.${error.message}` : error.message, {
    ...error,
    workspace,
    ...(isKey && {
      field: `workspaces.${workspace}.apiKey`,
      hint: `The key of workspace "${workspace}" comes from its apiKey alone: let that give a key made in this workspace.`,
    }),
    ...(error.cause === undefined ? {} : { cause: error.cause }),
  });
}
