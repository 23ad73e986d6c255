import { type ReactNode, useId, useState } from 'react';
import type { ConsoleModel, ConsoleWorkspace } from '../../shared/console-api.ts';
import { Choice } from './choice.tsx';
import { Icon } from './icon.tsx';

interface ModelListProps {
  readonly workspace: ConsoleWorkspace | undefined;
  readonly model: string;
  readonly onChange: (model: string) => void;
  readonly onRefusal: (model: string) => void;
  readonly isRunning: boolean;
}

/** Models that may be called, those that are refused, and a field for any other. */
export function ModelList({ workspace, model, onChange, onRefusal, isRunning }: ModelListProps): ReactNode {
  const otherId = useId();
  const models = workspace?.models ?? [];
  const callable = models.filter(({ granted }) => granted !== false);
  const refused = models.filter(({ granted }) => granted === false);
  // What is being typed can be the name of a listed model on its way to a longer one.
  const [typed, setTyped] = useState('');
  const isListed = callable.some(({ id }) => id === model) && typed !== model;
  return (
    <div className="models">
      <Choice
        legend="Model"
        layout="list"
        value={isListed ? model : ''}
        onChange={(id) => {
          setTyped('');
          onChange(id);
        }}
        options={callable.map((option) => ({ value: option.id, label: option.id, note: noteOf(option) }))}
      />
      <div className="field">
        <label htmlFor={otherId} className="visually-hidden">
          Another model
        </label>
        <input
          id={otherId}
          type="text"
          placeholder="Another model id"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={isListed ? '' : model}
          onChange={({ target }) => {
            const id = target.value.trim();
            setTyped(id);
            onChange(id || (callable[0]?.id ?? ''));
          }}
        />
      </div>
      {refused.length > 0 && (
        <div className="refused">
          <h3>Not granted to {workspace?.name}</h3>
          <p>Send one to see its refusal.</p>
          <ul>
            {refused.map(({ id }) => (
              <li key={id}>
                <button
                  type="button"
                  disabled={isRunning}
                  onClick={() => onRefusal(id)}
                  aria-label={`Try ${id}, which is not granted`}
                >
                  <Icon name="lock" />
                  {id}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function noteOf({ images }: ConsoleModel): string | undefined {
  return images ? 'sees images' : undefined;
}
