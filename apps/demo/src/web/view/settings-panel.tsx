import type { ReactNode } from 'react';
import type { ConsoleInfo, ConsoleWorkspace } from '../../shared/console-api.ts';
import type { Settings, ThinkingChoice } from '../state/use-settings.ts';
import { Choice } from './choice.tsx';
import { wireLabel } from './labels.ts';
import { ModelList } from './model-list.tsx';

const thinkingOptions: readonly { readonly value: ThinkingChoice; readonly label: string }[] = [
  { value: 'default', label: 'Model’s own' },
  { value: 'on', label: 'On' },
  { value: 'off', label: 'Off' },
];

interface SettingsPanelProps {
  readonly info: ConsoleInfo;
  readonly settings: Settings;
  readonly onChange: (change: Partial<Settings>) => void;
  /** Sends a message to a model that is sure to be refused. */
  readonly onRefusal: (model: string) => void;
  readonly isRunning: boolean;
}

/** Everything that the next message is sent with. */
export function SettingsPanel({
  info,
  settings,
  onChange,
  onRefusal,
  isRunning,
}: SettingsPanelProps): ReactNode {
  const workspace = info.workspaces.find(({ name }) => name === settings.workspace);
  return (
    <div className="settings">
      <Choice
        legend="Workspace"
        layout="cards"
        value={settings.workspace}
        onChange={(name) => onChange({ workspace: name })}
        options={info.workspaces.map((option) => ({
          value: option.name,
          label: option.name,
          note: describeWorkspace(option),
        }))}
      />
      <Choice
        legend="Wire"
        layout="row"
        value={settings.wire}
        onChange={(wire) => onChange({ wire })}
        options={info.wires.map((wire) => ({ value: wire, label: wireLabel(wire) }))}
      />
      <ModelList
        workspace={workspace}
        model={settings.model}
        onChange={(model) => onChange({ model })}
        onRefusal={onRefusal}
        isRunning={isRunning}
      />
      <Choice
        legend="Thinking"
        layout="row"
        value={settings.thinking}
        onChange={(thinking) => onChange({ thinking })}
        options={thinkingOptions}
      />
      <fieldset className="choice">
        <legend>Example tools</legend>
        {info.tools.map(({ name, description }) => (
          <label key={name} className="switch" title={description}>
            <input
              type="checkbox"
              checked={settings.tools.includes(name)}
              onChange={({ target }) => onChange({ tools: toggle(settings.tools, name, target.checked) })}
            />
            <code>{name}</code>
          </label>
        ))}
      </fieldset>
    </div>
  );
}

function describeWorkspace({ id, models }: ConsoleWorkspace): string {
  const refused = models.filter(({ granted }) => granted === false).length;
  const isKnown = models.some(({ granted }) => granted !== undefined);
  const grants =
    isKnown && (refused === 0 ? 'all models' : `${models.length - refused} of ${models.length} models`);
  return [id, grants].filter(Boolean).join(' · ');
}

function toggle(names: readonly string[], name: string, isOn: boolean): readonly string[] {
  return isOn ? [...names, name] : names.filter((other) => other !== name);
}
