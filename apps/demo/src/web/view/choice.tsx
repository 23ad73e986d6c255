import { type ReactNode, useId } from 'react';

interface ChoiceProps<Value extends string> {
  readonly legend: string;
  readonly options: readonly {
    readonly value: Value;
    readonly label: ReactNode;
    readonly note?: string | undefined;
  }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** Options below each other, with their notes beside or below them, or options side by side. */
  readonly layout: 'list' | 'cards' | 'row';
}

/** One of a few: radio buttons that look like a list, or like one segmented button. */
export function Choice<Value extends string>(props: ChoiceProps<Value>): ReactNode {
  const { legend, options, value, onChange, layout } = props;
  const name = useId();
  return (
    <fieldset className={`choice choice-${layout}`}>
      <legend>{legend}</legend>
      <div className="choice-options">
        {options.map((option) => (
          <label key={option.value} className="choice-option">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span className="choice-label">{option.label}</span>
            {option.note && <span className="choice-note">{option.note}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
