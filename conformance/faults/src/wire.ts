/** The wires, and how they are called where there is little room. */
export const wires = ['openai-compatible', 'dashscope'] as const;
export type Wire = (typeof wires)[number];

export const methods = ['chat', 'stream'] as const;
export type Method = (typeof methods)[number];

/** The answer of every reply that is whole. Streams bring it in these pieces. */
export const pieces = ['West ', 'Lake 西湖'] as const;
export const answer = pieces.join('');
