import { aiSdkAlibaba } from '../clients/ai-sdk-alibaba/client.ts';
import { aiSdkOpenAICompatible } from '../clients/ai-sdk-openai-compatible/client.ts';
import { langchainTongyi } from '../clients/langchain-tongyi/client.ts';
import { openai } from '../clients/openai/client.ts';
import { qwireDashScope } from '../clients/qwire-dashscope/client.ts';
import { qwireOpenAICompatible } from '../clients/qwire-openai-compatible/client.ts';
import { xsai } from '../clients/xsai/client.ts';
import type { ScoredClient } from './scored-client.ts';

interface BoardEntry {
  readonly client: ScoredClient;
  /** Its folder below `clients`, with its deviations. */
  readonly folder: string;
}

/** Who stands on the board, column by column: one wire, then the other. */
export const board: readonly BoardEntry[] = [
  { client: qwireOpenAICompatible, folder: 'qwire-openai-compatible' },
  { client: openai, folder: 'openai' },
  { client: aiSdkAlibaba, folder: 'ai-sdk-alibaba' },
  { client: aiSdkOpenAICompatible, folder: 'ai-sdk-openai-compatible' },
  { client: xsai, folder: 'xsai' },
  { client: qwireDashScope, folder: 'qwire-dashscope' },
  { client: langchainTongyi, folder: 'langchain-tongyi' },
];
