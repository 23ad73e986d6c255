// The price pages once more, apart from the tables: model, bound of the tier, then rates; – is an empty cell.

/** Columns: input, output, thinking, implicit hit, explicit creation, explicit hit, batch input, output and thinking. */
export const beijingPage = `
qwen3.7-max | flat | 12 | 36 | – | 2.4 | 15 | 1.2 | 6 | 18 | –
qwen3.6-max-preview | 128K | 9 | 54 | – | – | 11.25 | 0.9 | – | – | –
qwen3.6-max-preview | 256K | 15 | 90 | – | – | 18.75 | 1.5 | – | – | –
qwen3-max | 32K | 2.5 | 10 | – | 0.5 | 3.125 | 0.25 | 1.25 | 5 | –
qwen3-max | 128K | 4 | 16 | – | 0.8 | 5 | 0.4 | 2 | 8 | –
qwen3-max | 256K | 7 | 28 | – | 1.4 | 8.75 | 0.7 | 3.5 | 14 | –
qwen-max | flat | 2.4 | 9.6 | – | 0.48 | – | – | 1.2 | 4.8 | –
qwen3.6-plus | 256K | 2 | 12 | – | – | 2.5 | 0.2 | 1 | 6 | –
qwen3.6-plus | 1M | 8 | 48 | – | – | 10 | 0.8 | 4 | 24 | –
qwen3.5-plus | 128K | 0.8 | 4.8 | – | – | 1 | 0.08 | 0.4 | 2.4 | –
qwen3.5-plus | 256K | 2 | 12 | – | – | 2.5 | 0.2 | 1 | 6 | –
qwen3.5-plus | 1M | 4 | 24 | – | – | 5 | 0.4 | 2 | 12 | –
qwen-plus | 128K | 0.8 | 2 | 8 | 0.16 | 1 | 0.08 | 0.4 | 1 | 4
qwen-plus | 256K | 2.4 | 20 | 24 | 0.48 | 3 | 0.24 | 1.2 | 10 | 12
qwen-plus | 1M | 4.8 | 48 | 64 | 0.96 | 6 | 0.48 | 2.4 | 24 | 32
qwen3.6-flash | 256K | 1.2 | 7.2 | – | – | 1.5 | 0.12 | 0.6 | 3.6 | –
qwen3.6-flash | 1M | 4.8 | 28.8 | – | – | 6 | 0.48 | 2.4 | 14.4 | –
qwen3.5-flash | 128K | 0.2 | 2 | – | – | 0.25 | 0.02 | 0.1 | 1 | –
qwen3.5-flash | 256K | 0.8 | 8 | – | – | 1 | 0.08 | 0.4 | 4 | –
qwen3.5-flash | 1M | 1.2 | 12 | – | – | 1.5 | 0.12 | 0.6 | 6 | –
qwen-flash | 128K | 0.15 | 1.5 | – | 0.03 | 0.188 | 0.015 | 0.075 | 0.75 | –
qwen-flash | 256K | 0.6 | 6 | – | 0.12 | 0.75 | 0.06 | 0.3 | 3 | –
qwen-flash | 1M | 1.2 | 12 | – | 0.24 | 1.5 | 0.12 | 0.6 | 6 | –
qwen-turbo | flat | 0.3 | 0.6 | 3 | 0.06 | – | – | 0.15 | 0.3 | 1.5
qwen-long | flat | 0.5 | 2 | – | – | – | – | 0.25 | 1 | –
qwq-plus | flat | 1.6 | 4 | – | – | – | – | 0.8 | 2 | –
qwen3-coder-plus | 32K | 4 | 16 | – | 0.8 | 5 | 0.4 | – | – | –
qwen3-coder-plus | 128K | 6 | 24 | – | 1.2 | 7.5 | 0.6 | – | – | –
qwen3-coder-plus | 256K | 10 | 40 | – | 2 | 12.5 | 1 | – | – | –
qwen3-coder-plus | 1M | 20 | 200 | – | 4 | 25 | 2 | – | – | –
qwen3-coder-flash | 32K | 1 | 4 | – | 0.2 | 1.25 | 0.1 | – | – | –
qwen3-coder-flash | 128K | 1.5 | 6 | – | 0.3 | 1.875 | 0.15 | – | – | –
qwen3-coder-flash | 256K | 2.5 | 10 | – | 0.5 | 3.125 | 0.25 | – | – | –
qwen3-coder-flash | 1M | 5 | 25 | – | 1 | 6.25 | 0.5 | – | – | –
qwen3-vl-plus | 32K | 1 | 10 | – | 0.2 | 1.25 | 0.1 | 0.5 | 5 | –
qwen3-vl-plus | 128K | 1.5 | 15 | – | 0.3 | 1.875 | 0.15 | 0.75 | 7.5 | –
qwen3-vl-plus | 256K | 3 | 30 | – | 0.6 | 3.75 | 0.3 | 1.5 | 15 | –
qwen3-vl-flash | 32K | 0.15 | 1.5 | – | 0.03 | 0.1875 | 0.015 | 0.075 | 0.75 | –
qwen3-vl-flash | 128K | 0.3 | 3 | – | 0.06 | 0.375 | 0.03 | 0.15 | 1.5 | –
qwen3-vl-flash | 256K | 0.6 | 6 | – | 0.12 | 0.75 | 0.06 | 0.3 | 3 | –
qwen-vl-max | flat | 1.6 | 4 | – | 0.32 | – | – | 0.8 | 2 | –
qwen-vl-plus | flat | 0.8 | 2 | – | 0.16 | – | – | 0.4 | 1 | –
qwen-vl-ocr | flat | 0.3 | 0.5 | – | – | – | – | 0.15 | 0.25 | –
qwen-mt-plus | flat | 1.8 | 5.4 | – | – | – | – | – | – | –
qwen-mt-flash | flat | 0.7 | 1.95 | – | – | – | – | – | – | –
qwen-mt-lite | flat | 0.6 | 1.6 | – | – | – | – | – | – | –
qwen3-32b | flat | 2 | 8 | 20 | – | – | – | – | – | –
qwen3-235b-a22b | flat | 2 | 8 | 20 | – | – | – | – | – | –
qwen3-next-80b-a3b-instruct | flat | 1 | 4 | – | – | – | – | – | – | –
deepseek-v3.2 | flat | 2 | 3 | – | 0.4 | 2.5 | 0.2 | 1 | 1.5 | –
deepseek-v4-pro | flat | 12 | 24 | – | 1 | – | – | – | – | –
kimi-k2.5 | flat | 4 | 21 | – | 0.8 | 5 | 0.4 | – | – | –
glm-5 | 32K | 4 | 18 | – | 0.8 | – | – | – | – | –
glm-5 | 200K | 6 | 22 | – | 1.2 | – | – | – | – | –
text-embedding-v4 | flat | 0.5 | – | – | – | – | – | 0.25 | – | –
text-embedding-v3 | flat | 0.5 | – | – | – | – | – | 0.25 | – | –
text-embedding-v2 | flat | 0.7 | – | – | – | – | – | 0.35 | – | –
qwen3-rerank | flat | 0.5 | – | – | – | – | – | – | – | –
`;

/** Columns: input, output, thinking, implicit hit, explicit creation. */
export const singaporePage = `
qwen3.7-max | 1M | 2.50 | 7.50 | – | 0.50 | 3.125
qwen3.6-max-preview | 128K | 1.30 | 7.80 | – | – | –
qwen3.6-max-preview | 256K | 2.00 | 12.00 | – | – | –
qwen3-max | 32K | 1.20 | 6 | – | – | –
qwen3-max | 128K | 2.40 | 12 | – | – | –
qwen3-max | 256K | 3.00 | 15 | – | – | –
qwen-max | flat | 1.60 | 6.40 | – | – | –
qwen3.7-plus | 256K | 0.40 | 1.60 | – | – | –
qwen3.7-plus | 1M | 1.20 | 4.80 | – | – | –
qwen3.6-plus | 256K | 0.50 | 3.00 | – | – | –
qwen3.6-plus | 1M | 2.00 | 6.00 | – | – | –
qwen3.5-plus | 256K | 0.40 | 2.40 | – | – | –
qwen3.5-plus | 1M | 0.50 | 3.00 | – | – | –
qwen-plus | 256K | 0.40 | 1.20 | 4.00 | – | –
qwen-plus | 1M | 1.20 | 3.60 | 12.00 | – | –
qwen3.6-flash | 256K | 0.25 | 1.50 | – | – | –
qwen3.6-flash | 1M | 1.00 | 4.00 | – | – | –
qwen3.5-flash | 1M | 0.10 | 0.40 | – | – | –
qwen-flash | 256K | 0.05 | 0.40 | – | – | –
qwen-flash | 1M | 0.25 | 2.00 | – | – | –
qwen-turbo | flat | 0.05 | 0.20 | 0.50 | – | –
qwq-plus | flat | 0.80 | 2.40 | – | – | –
qwen3-coder-plus | 32K | 1.00 | 5 | – | – | –
qwen3-coder-plus | 128K | 1.80 | 9 | – | – | –
qwen3-coder-plus | 256K | 3.00 | 15 | – | – | –
qwen3-coder-plus | 1M | 6.00 | 60 | – | – | –
qwen3-coder-flash | 32K | 0.30 | 1.50 | – | – | –
qwen3-coder-flash | 128K | 0.50 | 2.50 | – | – | –
qwen3-coder-flash | 256K | 0.80 | 4.00 | – | – | –
qwen3-coder-flash | 1M | 1.60 | 9.60 | – | – | –
qwen3-vl-plus | 32K | 0.20 | 1.60 | – | – | –
qwen3-vl-plus | 128K | 0.30 | 2.40 | – | – | –
qwen3-vl-plus | 256K | 0.60 | 4.80 | – | – | –
qwen3-vl-flash | 32K | 0.05 | 0.40 | – | – | –
qwen3-vl-flash | 128K | 0.075 | 0.60 | – | – | –
qwen3-vl-flash | 256K | 0.12 | 0.96 | – | – | –
qwen-vl-max | flat | 0.80 | 3.20 | – | – | –
qwen-vl-plus | flat | 0.21 | 0.63 | – | – | –
qwen-vl-ocr | flat | 0.07 | 0.16 | – | – | –
qwen-mt-plus | flat | 2.46 | 7.37 | – | – | –
qwen-mt-flash | flat | 0.16 | 0.49 | – | – | –
qwen-mt-lite | flat | 0.12 | 0.36 | – | – | –
qwen3-32b | flat | 0.70 | 2.80 | 8.40 | – | –
qwen3-235b-a22b | flat | 0.70 | 2.80 | 8.40 | – | –
qwen3-next-80b-a3b-instruct | flat | 0.50 | 2.00 | – | – | –
qwen3-next-80b-a3b-thinking | flat | 0.50 | 6.00 | – | – | –
qwen3.5-397b-a17b | flat | 0.60 | 3.60 | – | – | –
qwen3.5-122b-a10b | flat | 0.40 | 3.20 | – | – | –
qwen3.5-35b-a3b | flat | 0.25 | 2.00 | – | – | –
qwen3.5-27b | flat | 0.30 | 2.40 | – | – | –
text-embedding-v4 | flat | 0.07 | – | – | – | –
qwen3-rerank | flat | 0.10 | – | – | – | –
`;

export interface PageLine {
  readonly model: string;
  readonly bound: string;
  /** `undefined` for an empty cell. */
  readonly cells: readonly (string | undefined)[];
}

export function readPage(page: string): readonly PageLine[] {
  return page
    .trim()
    .split('\n')
    .map((line) => {
      const [model = '', bound = '', ...cells] = line.split(' | ');
      return { model, bound, cells: cells.map((cell) => (cell === '–' ? undefined : cell)) };
    });
}
