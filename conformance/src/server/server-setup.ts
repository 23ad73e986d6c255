import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { describeIssues } from '../describe-issues.ts';

/** `missing`: no key is sent. `restricted`: good, but of a workspace that was granted few models. */
export const keyStates = ['accepted', 'restricted', 'rejected', 'missing'] as const;

/** What a model is, or is to the key that asks for it. */
export const modelRoles = [
  'text',
  'jsonSchema',
  'thinking',
  'logprobs',
  'vision',
  'ungranted',
  'unknown',
  'thinksOnlyStreamed',
  'streamOnly',
  'neverThinks',
  'alwaysThinks',
  'withoutTools',
  'withoutSearch',
] as const;

/** `foreign`: a workspace in which the accepted key has no right. */
export const workspaceStates = ['foreign'] as const;

export type KeyState = (typeof keyStates)[number];
export type ModelRole = (typeof modelRoles)[number];
export type WorkspaceState = (typeof workspaceStates)[number];

const text = z.string().min(1);

/** A key in the file itself, for servers on this machine, or the name of the environment variable that holds it. */
const keyError = 'expected a key, or { "env": "NAME" } to read it from the environment, or null';
const key = z.union([
  z.string({ error: keyError }).min(1),
  z.strictObject({ env: text }, { error: keyError }),
]);

const price = z.strictObject({
  /** For a million tokens. */
  input: z.number().min(0),
  output: z.number().min(0),
});

const setupSchema = z.strictObject({
  $schema: z.string().optional(),
  /** `null`: the server has no such key, and what needs it is not asked. */
  keys: z
    .strictObject({
      accepted: key.optional(),
      restricted: key.nullable().optional(),
      rejected: key.nullable().optional(),
    })
    .default({}),
  /** Model ids; `null`: the server has no such model. Text models are on the native text path, `vision` is on the other. */
  models: z.partialRecord(z.enum(modelRoles), text.nullable()).default({}),
  workspaces: z.partialRecord(z.enum(workspaceStates), text.nullable()).default({}),
  prices: z
    .strictObject({ currency: z.string().regex(/^[A-Z]{3}$/), models: z.record(text, price) })
    .optional(),
});

/** The content of a setup file, all of it optional. */
export type ServerSetupFile = z.input<typeof setupSchema>;

export type Price = z.infer<typeof price>;

/** What the server that is asked knows: its keys, models and workspaces by their state. */
export interface ServerSetup {
  readonly keys: Readonly<Record<Exclude<KeyState, 'missing'>, string | null>>;
  readonly models: Readonly<Record<ModelRole, string | null>>;
  readonly workspaces: Readonly<Record<WorkspaceState, string | null>>;
}

/** Fits `npx qwire emulator` with its built-in sample. */
export const emulatorSetup: ServerSetup = {
  keys: { accepted: 'sk-default', restricted: 'sk-marketing', rejected: 'sk-not-a-key-of-anybody' },
  models: {
    text: 'qwen-plus',
    jsonSchema: 'qwen-plus',
    thinking: 'qwen-plus',
    logprobs: 'qwen-plus',
    vision: 'qwen3-vl-plus',
    ungranted: 'qwen-max',
    unknown: 'qwen-none',
    thinksOnlyStreamed: 'qwen3-32b',
    streamOnly: 'qwq-plus',
    neverThinks: 'qwen-max',
    alwaysThinks: 'qwen3-next-80b-a3b-thinking',
    withoutTools: 'qwen-mt-plus',
    withoutSearch: 'qwen3-next-80b-a3b-instruct',
  },
  workspaces: { foreign: 'llm-somebody-else' },
};

/**
 * Reads a setup file.
 *
 * @throws Error naming the file and every field that is wrong.
 */
export function readSetupFile(file: string): ServerSetupFile {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${file}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
  const parsed = setupSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new Error(
    describeIssues(parsed.error.issues)
      .map((issue) => `${file}: ${issue}`)
      .join('\n'),
  );
}

/**
 * The setup with what a file says in its place.
 *
 * @throws Error naming an environment variable that is not set.
 */
export function applySetupFile(
  setup: ServerSetup,
  { keys = {}, models = {}, workspaces = {} }: ServerSetupFile,
  environment: NodeJS.ProcessEnv = process.env,
): ServerSetup {
  const read = Object.fromEntries(
    Object.entries(keys).map(([state, given]) => [state, readKey(given, `keys.${state}`, environment)]),
  );
  return {
    keys: { ...setup.keys, ...read },
    models: { ...setup.models, ...models },
    workspaces: { ...setup.workspaces, ...workspaces },
  };
}

function readKey(
  given: z.infer<typeof key> | null | undefined,
  field: string,
  environment: NodeJS.ProcessEnv,
): string | null {
  if (given === null || given === undefined || typeof given === 'string') return given ?? null;
  const value = environment[given.env]?.trim();
  if (!value) throw new Error(`${field}: the environment variable ${given.env} is not set`);
  return value;
}
