/** The two generation services of the native wire; a model is served by one of them only. */
export type ModelPath = 'text' | 'multimodal';

/**
 * Which models take pictures, films or sound. Checked in order; all others are text models. Families change with time:
 * the option `paths` overrides this for any model.
 *
 * @see https://www.alibabacloud.com/help/en/model-studio/qwen-api-via-dashscope
 */
const rules: readonly (readonly [pattern: RegExp, path: ModelPath])[] = [
  [/^qwen3\.6-max-preview$/, 'text'],
  [/^qwen3\.7-max/, 'text'],
  [/-(vl|ocr|asr|audio|omni|tts|image)/, 'multimodal'],
  [/^qvq/, 'multimodal'],
  [/^wan.*-image/, 'multimodal'],
  [/^qwen3\.[5678]/, 'multimodal'],
  [/kimi-k2\.[56]/, 'multimodal'],
];

/** What is known of some models beside the rules: set by hand, or learned. */
export type ModelPaths = ReadonlyMap<string, ModelPath>;

export function modelPath(model: string, known: ModelPaths): ModelPath {
  const id = model.toLowerCase();
  return known.get(model) ?? rules.find(([pattern]) => pattern.test(id))?.[1] ?? 'text';
}
