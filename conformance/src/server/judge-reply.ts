import type { Difference } from '../compare-outcome.ts';
import type { ServerReply } from './ask-server.ts';
import { type AskedCase, isStreamed } from './asked-cases.ts';
import { checkAnswer } from './check-answer.ts';
import { type CheckedReply, checkChunks, checkCompletion } from './check-compatible-reply.ts';
import { checkGeneration, checkResultFrames, parametersOf } from './check-native-reply.ts';
import { checkRefusal } from './check-refusal.ts';
import type { DocumentedRequest } from './documented-request.ts';
import { endsWithDone, type Frame, readFrames } from './read-frames.ts';

/** Where the bytes of a reply are not what the documents show for this request; empty when they are. */
export function judgeReply(asked: AskedCase, request: DocumentedRequest, reply: ServerReply): Difference[] {
  const ending: Difference[] =
    reply.ended === 'closed'
      ? []
      : [{ path: 'connection', expected: 'a reply that is sent to its end', actual: reply.ended }];
  const judged =
    asked.allowed[0]?.ended === 'failed'
      ? checkRefusal(asked, request, reply)
      : judgeAnswer(asked, request, reply);
  return [...ending, ...judged];
}

function judgeAnswer(asked: AskedCase, request: DocumentedRequest, reply: ServerReply): Difference[] {
  const { status, headers, body } = reply;
  if (status !== 200) {
    const actual = `${status} ${Buffer.from(body).toString('utf8').slice(0, 300)}`;
    return [{ path: 'status', expected: 200, actual }];
  }
  const streamed = isStreamed(asked.asks.call);
  const { differences, checked } = streamed
    ? readStream(asked, request, body)
    : { differences: [], checked: readReply(asked, request, body) };
  return [
    ...checkHeaders(headers, streamed, checked),
    ...differences,
    ...checked.differences,
    ...(checked.answer
      ? checkAnswer(checked.answer, parametersFor(asked, request), asked.testCase.expect)
      : []),
  ];
}

function readStream(asked: AskedCase, request: DocumentedRequest, body: Uint8Array) {
  const { wireFormat } = asked.testCase;
  const { frames, differences } = readFrames(body, wireFormat);
  const missing: Difference[] =
    wireFormat === 'openai-compatible' && !endsWithDone(body)
      ? [{ path: 'frames', expected: 'data: [DONE] at the end', actual: frames.at(-1)?.data }]
      : [];
  return { differences: [...differences, ...missing], checked: checkFrames(frames) };

  function checkFrames(read: readonly Frame[]): CheckedReply {
    return wireFormat === 'dashscope' ? checkResultFrames(read, request) : checkChunks(read, request);
  }
}

function readReply({ testCase }: AskedCase, request: DocumentedRequest, body: Uint8Array): CheckedReply {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    const actual = Buffer.from(body).toString('utf8').slice(0, 120);
    return {
      differences: [{ path: 'body', expected: 'JSON', actual }],
      answer: undefined,
      requestId: undefined,
    };
  }
  return testCase.wireFormat === 'dashscope'
    ? checkGeneration(json, request)
    : checkCompletion(json, request);
}

const contentTypes = {
  stream: /^text\/event-stream(;\s*charset=utf-8)?$/i,
  reply: /^application\/json(;\s*charset=utf-8)?$/i,
};

function checkHeaders(
  headers: ServerReply['headers'],
  streamed: boolean,
  { requestId }: CheckedReply,
): Difference[] {
  const differences: Difference[] = [];
  const { 'content-type': type = '', 'x-request-id': id } = headers;
  if (!contentTypes[streamed ? 'stream' : 'reply'].test(type)) {
    const expected = streamed ? 'text/event-stream' : 'application/json';
    differences.push({ path: 'headers.content-type', expected, actual: type });
  }
  if (id === undefined || (requestId !== undefined && id !== requestId))
    differences.push({ path: 'headers.x-request-id', expected: requestId ?? 'a request id', actual: id });
  return differences;
}

function parametersFor(
  { testCase }: AskedCase,
  request: DocumentedRequest,
): Readonly<Record<string, unknown>> {
  return testCase.wireFormat === 'dashscope' ? parametersOf(request) : request.body;
}
