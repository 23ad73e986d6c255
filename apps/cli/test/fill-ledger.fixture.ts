import type { ChatRequest, ClientOptions } from '@qwire/core';
import { createDashScope } from '@qwire/dashscope';
import { createEmulator } from '@qwire/emulator';
import { createOpenAICompatible } from '@qwire/openai-compatible';
import { createWorkspaces, type LedgerStore } from '@qwire/workspaces';
import { vi } from 'vitest';

const singapore = createEmulator({
  region: 'singapore',
  workspaces: [
    {
      id: 'llm-marketing',
      name: 'marketing',
      apiKeys: ['sk-marketing'],
      models: ['qwen-plus', 'qwen-flash'],
    },
    { id: 'llm-research', name: 'research', apiKeys: ['sk-research'], models: '*' },
  ],
  replies: [
    { model: 'qwen-plus', text: 'done', usage: { inputTokens: 123_456, outputTokens: 8_901 } },
    { text: 'done', usage: { inputTokens: 100, outputTokens: 7 } },
  ],
});
const beijing = createEmulator({
  region: 'beijing',
  workspaces: [{ id: 'llm-finance', name: '财务部', apiKeys: ['sk-finance'], models: '*' }],
  replies: [{ text: 'done', usage: { inputTokens: 1_000, outputTokens: 500 } }],
});

/**
 * Makes eleven real calls over both wires: two currencies, a model without a price, refused calls, and a stream that is
 * left early. All begin at noon of 5 November 2026 in UTC, because prices depend on the day.
 */
export async function fillLedger(ledger: LedgerStore): Promise<void> {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-05T12:00:00Z') });
  try {
    await makeCalls(ledger);
  } finally {
    vi.useRealTimers();
  }
}

async function makeCalls(ledger: LedgerStore): Promise<void> {
  const workspaces = {
    marketing: { apiKey: 'sk-marketing', tags: { team: 'ads' } },
    research: { apiKey: 'sk-research', tags: { team: '=HYPERLINK("http://x","y")' } },
    财务部: { apiKey: 'sk-finance', region: 'beijing' },
  } as const;
  const shared = { region: 'singapore', maxRetries: 0, ledger, workspaces } as const;
  const dashscope = createWorkspaces({ ...shared, wire: (options) => createDashScope(served(options)) });
  const compatible = createWorkspaces({
    ...shared,
    wire: (options) => createOpenAICompatible(served(options)),
  });

  await dashscope.workspace('marketing').chat(ask('qwen-plus'));
  await compatible.workspace('marketing').chat(ask('qwen-plus'));
  await compatible.workspace('marketing').stream(ask('qwen-flash')).response();
  for (const studio of [dashscope, compatible]) {
    await studio
      .workspace('marketing')
      .chat(ask('qwen-max'))
      .catch(() => {});
    await studio.workspace('research').chat(ask('qwen-flash'));
    await studio.workspace('财务部').chat(ask('qwen-plus'));
  }
  await dashscope.workspace('research').chat(ask('glm-5'));
  for await (const _ of compatible.workspace('research').stream(ask('qwen-plus'))) break;
}

/** Each call goes to the emulator of its region. */
function served(options: ClientOptions): ClientOptions {
  const { fetch } = options.region === 'cn-beijing' || options.region === 'beijing' ? beijing : singapore;
  return { ...options, fetch };
}

function ask(model: string): ChatRequest {
  return { model, messages: [{ role: 'user', content: 'Who are you?' }] };
}
