import { checkMembers, environmentVariable, invalid, QwireError } from '@qwire/core/adapter-kit';
import { checkSettings } from './check-settings.ts';
import type { WorkspaceOptions, WorkspaceSettings } from './workspace-options.ts';

const kind = 'configuration';
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A workspace in a file: like `WorkspaceOptions`, with the name of the variable that holds the key. */
type WorkspaceInFile = Omit<WorkspaceOptions, 'apiKey'> & Required<Pick<WorkspaceOptions, 'apiKeyFrom'>>;

/**
 * Workspaces from the content of a JSON file, as text or parsed; `workspaces.schema.json` of this package describes it.
 * Keys stay out of it: `apiKeyFrom` names an environment variable, which is read anew at each try.
 *
 * @throws QwireError of kind `configuration` that names the member; what the file holds is never quoted.
 */
export function fromJSON(content: unknown): WorkspaceSettings {
  const value = typeof content === 'string' ? parse(content) : content;
  refuseKeys(value, '');
  checkMembers(value, ['$schema', 'region', 'workspaces'], { field: '', kind });
  checkSettings(value, {
    member: 'apiKeyFrom',
    what: 'the name of the environment variable that holds the key, such as "MARKETING_API_KEY"',
    accepts: (name) => typeof name === 'string' && variableName.test(name),
  });
  const workspaces = Object.entries(value.workspaces as unknown as Record<string, WorkspaceInFile>);
  return {
    ...(value.region === undefined ? {} : { region: value.region }),
    workspaces: Object.fromEntries(
      workspaces.map(([name, workspace]) => [
        name,
        { ...workspace, apiKey: () => environmentVariable(workspace.apiKeyFrom) },
      ]),
    ),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new QwireError(`The workspaces' file is no JSON${placeOf(String(error), text)}`, { kind });
  }
}

/** The platform's message quotes the file, so only the place is taken from it, or the one character that is wrong. */
function placeOf(message: string, text: string): string {
  const offset = /position (\d+)/.exec(message)?.[1];
  if (offset === undefined) {
    const token = /Unexpected token '?(.)'?,/u.exec(message)?.[1];
    return token === undefined ? '' : `: unexpected ${token}`;
  }
  const before = text.slice(0, Number(offset)).split('\n');
  return ` at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

/** A key in a file is a key in its history; it is refused wherever it stands. */
function refuseKeys(value: unknown, field: string): void {
  if (typeof value === 'string' && /^(sk|st)-[\w-]{4,}/.test(value.trim())) {
    throw new QwireError(`${field}: holds a key, which does not belong into a file`, {
      kind,
      field,
      hint: 'Put the key into an environment variable, name that in apiKeyFrom, and reset the key if others can read the file.',
    });
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    const at = Array.isArray(value) ? `${field}[${name}]` : field ? `${field}.${name}` : name;
    refuseKeys(member, at);
    if (name === 'apiKey') {
      throw invalid(at, 'is not known in a file; name the variable that holds the key in apiKeyFrom', kind);
    }
  }
}
