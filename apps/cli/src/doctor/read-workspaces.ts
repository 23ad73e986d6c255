import { readFile } from 'node:fs/promises';
import { QwireError } from '@qwire/core';
import { fromEnvironment, fromJSON, type WorkspaceSettings } from '@qwire/workspaces';

/**
 * The workspaces of the file, or of the environment without one.
 * @throws Error that names the file, says what is wrong, and how to mend it.
 */
export async function readWorkspaces(file: string | undefined): Promise<WorkspaceSettings> {
  if (file === undefined) return readEnvironment();
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new Error(`${file}: ${problems[cause.code ?? ''] ?? cause.message}`, { cause });
  });
  return explained(() => fromJSON(text), `${file}: `);
}

const sample = `{
  "region": "singapore",
  "workspaces": {
    "marketing": { "apiKeyFrom": "MARKETING_API_KEY", "models": ["qwen-plus"] }
  }
}`;

const problems: Readonly<Record<string, string>> = {
  ENOENT: `there is no such file. One can look so; keys stay in the environment:\n${sample}`,
  EISDIR: 'is a folder; name the file in it',
  EACCES: 'may not be read',
};

/** Variables of which one at least names a workspace. */
const variables = ['DASHSCOPE_WORKSPACES', 'DASHSCOPE_API_KEY', 'DASHSCOPE_WORKSPACE_DEFAULT_API_KEY'];

function readEnvironment(): WorkspaceSettings {
  if (!variables.some((name) => process.env[name]?.trim())) {
    throw new Error(
      `There are no workspaces yet. Set DASHSCOPE_API_KEY and DASHSCOPE_API_REGION, or name a file with --config. It can look so:\n${sample}`,
    );
  }
  return explained(fromEnvironment, '');
}

function explained(read: () => WorkspaceSettings, prefix: string): WorkspaceSettings {
  try {
    return read();
  } catch (error) {
    if (!QwireError.is(error)) throw error;
    throw new Error([`${prefix}${error.message}`, error.hint].filter(Boolean).join('\n'), { cause: error });
  }
}
