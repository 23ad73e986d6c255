type Schema = Readonly<Record<string, unknown>>;

/** The smallest value that a JSON Schema describes; `hint` fills its strings. */
export function toInstance(schema: unknown, hint = ''): unknown {
  return instanceOf(schema, hint, { root: schema, depth: 0 });
}

interface Place {
  readonly root: unknown;
  readonly depth: number;
}

function instanceOf(value: unknown, hint: string, { root, depth }: Place): unknown {
  if (!isSchema(value) || depth > 20) return null;
  const inner = { root, depth: depth + 1 };
  if (typeof value.$ref === 'string') return instanceOf(follow(value.$ref, root), hint, inner);
  if ('const' in value) return value.const;
  if ('default' in value) return value.default;
  const [choice] = listOf(value.enum);
  if (choice !== undefined) return choice;
  const [branch] = listOf(value.anyOf ?? value.oneOf ?? value.allOf);
  if (branch !== undefined) return instanceOf(branch, hint, inner);
  switch (typeOf(value)) {
    case 'object':
      return Object.fromEntries(
        Object.entries(isSchema(value.properties) ? value.properties : {})
          .filter(([key]) => !Array.isArray(value.required) || value.required.includes(key))
          .map(([key, property]) => [key, instanceOf(property, hint, inner)]),
      );
    case 'array':
      return Array.from({ length: numberOf(value.minItems) ?? 0 }, () =>
        instanceOf(value.items, hint, inner),
      );
    case 'string':
      return hint.padEnd(numberOf(value.minLength) ?? 0, '.').slice(0, numberOf(value.maxLength));
    case 'integer':
    case 'number':
      return smallest(value);
    case 'boolean':
      return true;
    default:
      return null;
  }
}

function smallest({ minimum, exclusiveMinimum, maximum }: Schema): number {
  const above = numberOf(exclusiveMinimum);
  const lower = numberOf(minimum) ?? (above === undefined ? 0 : above + 1);
  return Math.min(lower, numberOf(maximum) ?? lower);
}

function typeOf({ type, properties, items }: Schema): unknown {
  if (Array.isArray(type)) return type[0];
  if (type !== undefined) return type;
  if (properties !== undefined) return 'object';
  return items === undefined ? undefined : 'array';
}

function follow(reference: string, root: unknown): unknown {
  return reference
    .replace(/^#\/?/, '')
    .split('/')
    .filter((step) => step !== '')
    .reduce<unknown>((value, step) => (isSchema(value) ? value[step] : undefined), root);
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
