import { isRecord } from './is-record.ts';

/**
 * Names of the service's headers whose value has no documented form; they are ignored like unknown parameters.
 *
 * @see https://www.alibabacloud.com/help/en/model-studio/qwen-api-via-dashscope
 */
export function unknownHeaders({ headers }: Request): readonly string[] {
  return Object.entries(forms)
    .filter(([name, isForm]) => headers.has(name) && !isForm(headers.get(name) ?? ''))
    .map(([name]) => name);
}

const forms: Readonly<Record<string, (value: string) => boolean>> = {
  'X-DashScope-DataInspection': (value) =>
    ['enable', 'disable'].includes(value) || namesMembers(value, ['input', 'output']),
  'X-DashScope-OssResourceResolve': (value) => ['enable', 'disable'].includes(value),
  'X-DashScope-Wait-Timeout': (value) => waitMs(value) !== undefined,
};

/** How long a call may be kept waiting that came in too fast a burst. */
export function readWaitMs({ headers }: Request): number {
  return waitMs(headers.get('x-dashscope-wait-timeout') ?? '') ?? 0;
}

function waitMs(seconds: string): number | undefined {
  return /^\d+$/.test(seconds) ? Number(seconds) * 1000 : undefined;
}

// JSON inside a header.
function namesMembers(text: string, known: readonly string[]): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) && Object.keys(value).every((member) => known.includes(member));
  } catch {
    return false;
  }
}
