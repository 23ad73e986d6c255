import { useState } from 'react';
import type { ConsoleInfo, ConsoleModel, ConsoleWorkspace } from '../../shared/console-api.ts';
import type { CallSettings } from './use-conversation.ts';

/** `default` leaves it to the model. */
export type ThinkingChoice = 'default' | 'on' | 'off';

/** What the next message is sent with. */
export interface Settings {
  readonly workspace: string;
  readonly wire: string;
  readonly model: string;
  readonly thinking: ThinkingChoice;
  /** Names of the example tools to offer. */
  readonly tools: readonly string[];
}

export function useSettings(info: ConsoleInfo): readonly [Settings, (change: Partial<Settings>) => void] {
  const [settings, setSettings] = useState<Settings>(() => initialSettings(info));
  const change = (part: Partial<Settings>) => setSettings((before) => changeSettings(before, part, info));
  return [settings, change];
}

export function initialSettings({ workspaces, wires }: ConsoleInfo): Settings {
  const workspace = workspaces[0];
  return {
    workspace: workspace?.name ?? '',
    wire: wires[0] ?? '',
    model: firstCallable(workspace) ?? '',
    thinking: 'default',
    tools: [],
  };
}

/** A workspace that was not granted the model gets one that it was granted. */
export function changeSettings(
  before: Settings,
  part: Partial<Settings>,
  { workspaces }: ConsoleInfo,
): Settings {
  const settings = { ...before, ...part };
  if (part.workspace === undefined || part.model !== undefined) return settings;
  const workspace = workspaces.find(({ name }) => name === settings.workspace);
  const isRefused = workspace?.models.some(({ id, granted }) => id === settings.model && granted === false);
  return isRefused ? { ...settings, model: firstCallable(workspace) ?? settings.model } : settings;
}

export function toCallSettings({ thinking, tools, ...rest }: Settings): CallSettings {
  return { ...rest, tools, ...(thinking === 'default' ? {} : { thinking: thinking === 'on' }) };
}

/** A model to show a refusal with. */
export function firstRefused(workspace: ConsoleWorkspace | undefined): ConsoleModel | undefined {
  return workspace?.models.find(({ granted }) => granted === false);
}

function firstCallable(workspace: ConsoleWorkspace | undefined): string | undefined {
  return workspace?.models.find(({ granted }) => granted !== false)?.id;
}
