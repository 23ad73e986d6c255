/** Such as `wires.dashscope.exchanges[0].reply`. */
export function fieldPath(path: readonly PropertyKey[]): string {
  return path
    .map((key) =>
      typeof key === 'number'
        ? `[${key}]`
        : /^[\w$-]+$/.test(String(key))
          ? `.${String(key)}`
          : `["${String(key)}"]`,
    )
    .join('')
    .replace(/^\./, '');
}

/** The segments of what `fieldPath` wrote. */
export function readFieldPath(text: string): (string | number)[] {
  return [...text.matchAll(/\["(.*?)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, name]) =>
    index === undefined ? (quoted ?? name ?? '') : Number(index),
  );
}
