import type { ConsoleModel } from '../shared/console-api.ts';
import type { OfferedModel, WorkspaceClients } from './console-options.ts';

/**
 * A selection of chat and vision models.
 * @see https://www.alibabacloud.com/help/en/model-studio/models
 */
export const offeredModels: readonly OfferedModel[] = [
  { id: 'qwen-plus' },
  { id: 'qwen3-vl-plus', images: true },
  { id: 'qwen3-vl-flash', images: true },
  { id: 'qwen-max' },
  { id: 'qwen-flash' },
  { id: 'qwen3-max' },
  { id: 'qwen3-coder-plus' },
];

/** The models as one workspace sees them. */
export function toConsoleModels(
  models: readonly OfferedModel[],
  { granted }: Pick<WorkspaceClients, 'granted'>,
): readonly ConsoleModel[] {
  return models.map(({ id, images = false }) => ({ id, images, granted: granted && isGranted(id, granted) }));
}

function isGranted(model: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const parts = pattern.split('*').map((text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`).test(model);
  });
}
