import type { CodeRun } from '@qwire/core';
import { asList, asRecord, asText } from '@qwire/core/adapter-kit';

/** What the code interpreter ran, from `output.tool_info`, which each frame repeats from its beginning. */
export function readCodeRuns(toolInfo: unknown): readonly CodeRun[] {
  return asList(toolInfo).flatMap((entry) => {
    const code = asText(asRecord(asRecord(entry).code_interpreter).code);
    return code === undefined ? [] : [{ code }];
  });
}
