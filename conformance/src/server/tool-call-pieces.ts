import type { Difference } from '../compare-outcome.ts';

interface Piece {
  readonly index: number;
  readonly id: string;
  readonly function: {
    readonly name?: string | null | undefined;
    readonly arguments?: string | null | undefined;
  };
}

interface Call {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** Puts the pieces of streamed tool calls together. `add` returns what is wrong with a piece. */
export function createToolCallPieces() {
  const calls = new Map<number, Call>();
  return {
    /** The calls so far, in their order. */
    calls: () => [...calls.values()],
    add(piece: Piece, path: string): Difference[] {
      const { index, id } = piece;
      const name = piece.function.name ?? '';
      const text = piece.function.arguments ?? '';
      const before = calls.get(index);
      if (!before) {
        calls.set(index, { index, id, name, arguments: text });
        return [
          ...(id === '' ? [{ path: `${path}.id`, expected: 'an id in the first piece', actual: id }] : []),
          ...(name === ''
            ? [{ path: `${path}.function.name`, expected: 'a name in the first piece', actual: name }]
            : []),
        ];
      }
      calls.set(index, { ...before, arguments: before.arguments + text });
      // Some models repeat the id; another one would be another call.
      return id === '' || id === before.id
        ? []
        : [{ path: `${path}.id`, expected: `"" or ${before.id}`, actual: id }];
    },
  };
}
