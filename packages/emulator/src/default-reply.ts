import { type ChatCall, mediaOf, textOf } from './chat-call.ts';
import { toInstance } from './json-instance.ts';
import { translate } from './translate.ts';

/** What the emulator says when no rule answers: who speaks, for which workspace, over which wire, and what it was told. */
export function defaultText(call: ChatCall): string {
  const last = call.messages.at(-1);
  if (last?.role === 'tool') return toolText(call);
  const asked = lastUserText(call);
  if (call.model.translates && call.translation) return translate(asked, call.translation);
  const { model, workspace, wire } = call;
  const seen = seenMedia(call);
  if (isChinese(asked)) {
    return `我是 Qwire 模拟器，以 ${model.id} 的身份在工作区 ${workspace.name}（${workspace.id}）中经由 ${wire} 线路回答。${seen.chinese}你说：「${asked}」`;
  }
  return `This is the Qwire emulator as ${model.id}, in workspace ${workspace.name} (${workspace.id}), over the ${wire} wire. ${seen.english}You said: "${asked}"`;
}

/** JSON for the two JSON modes: the text itself when it is JSON already. */
export function defaultJson(call: ChatCall, text: string | undefined): string {
  if (text !== undefined && isJson(text)) return text;
  if (typeof call.responseFormat === 'object') {
    return JSON.stringify(toInstance(call.responseFormat.schema, text ?? 'text'));
  }
  if (text !== undefined) return JSON.stringify({ text });
  const { model, workspace, wire } = call;
  return JSON.stringify({ model: model.id, workspace: workspace.name, wire, youSaid: lastUserText(call) });
}

/** What the emulator thinks when no rule says it. */
export function defaultReasoning(call: ChatCall): string {
  const asked = lastUserText(call);
  return isChinese(asked)
    ? `用户说：「${asked}」。我简短地回答。`
    : `The user says: "${asked}". I shall answer briefly.`;
}

function toolText(call: ChatCall): string {
  const answers = call.messages.slice(call.messages.findLastIndex(({ role }) => role !== 'tool') + 1);
  const lines = answers.map((answer) => `${toolName(call, answer.toolCallId)}: ${textOf(answer)}`);
  return isChinese(lastUserText(call))
    ? `工具的结果是：${lines.join('；')}`
    : `The tools answered: ${lines.join('; ')}`;
}

function toolName(call: ChatCall, id: string | undefined): string {
  const calls = call.messages.flatMap(({ toolCalls }) => toolCalls);
  return calls.find((toolCall) => toolCall.id === id)?.name ?? 'tool';
}

function seenMedia(call: ChatCall): { readonly english: string; readonly chinese: string } {
  const media = call.messages.flatMap(mediaOf);
  const counted = [
    { type: 'image', english: 'image', chinese: '张图片' },
    { type: 'video', english: 'video', chinese: '个视频' },
    { type: 'audio', english: 'sound', chinese: '段音频' },
    { type: 'document', english: 'document', chinese: '份文档' },
  ]
    .map((names) => ({ ...names, count: media.filter(({ type }) => type === names.type).length }))
    .filter(({ count }) => count > 0);
  if (counted.length === 0) return { english: '', chinese: '' };
  const english = counted
    .map(({ count, english }) => `${count} ${english}${count === 1 ? '' : 's'}`)
    .join(' and ');
  const chinese = counted.map(({ count, chinese }) => `${count}${chinese}`).join('和');
  return { english: `I received ${english}. `, chinese: `我收到了${chinese}。` };
}

function lastUserText(call: ChatCall): string {
  const last = call.messages.findLast(({ role }) => role === 'user');
  return last === undefined ? '' : textOf(last);
}

function isChinese(text: string): boolean {
  return /\p{sc=Han}/u.test(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
