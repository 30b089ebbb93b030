// Form fields: label above, hint under it, error in words beside the field and tied to it.
import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes, useId } from 'react';

interface FrameProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
}

interface Wiring {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

function Frame({ label, hint, error, children }: FrameProps & { readonly children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const described = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`].filter((part) => part !== '').join(' ');
  return (
    <div className="field">
      <label className="utrecht-form-label" htmlFor={id}>
        {label}
      </label>
      {hint === undefined ? null : (
        <div id={`${id}-hint`} className="field__hint">
          {hint}
        </div>
      )}
      {children({ id, 'aria-describedby': described === '' ? undefined : described, 'aria-invalid': error === undefined ? undefined : true })}
      {error === undefined ? null : (
        <div id={`${id}-error`} className="field__error" role="alert">
          {error}
        </div>
      )}
    </div>
  );
}

export function TextField({ label, hint, error, ...rest }: FrameProps & Omit<InputHTMLAttributes<HTMLInputElement>, 'id'>) {
  return (
    <Frame label={label} hint={hint} error={error}>
      {(wiring) => <input type="text" {...rest} {...wiring} className="utrecht-textbox utrecht-textbox--html-input" />}
    </Frame>
  );
}

export function TextArea({ label, hint, error, ...rest }: FrameProps & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id'>) {
  return (
    <Frame label={label} hint={hint} error={error}>
      {(wiring) => <textarea rows={3} {...rest} {...wiring} className="utrecht-textarea utrecht-textarea--html-textarea" />}
    </Frame>
  );
}

export function SelectField({ label, hint, error, children, ...rest }: FrameProps & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id'>) {
  return (
    <Frame label={label} hint={hint} error={error}>
      {(wiring) => (
        <select {...rest} {...wiring} className="utrecht-select utrecht-select--html-select">
          {children}
        </select>
      )}
    </Frame>
  );
}

interface ChoiceProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'children'> {
  readonly kind: 'checkbox' | 'radio';
  readonly children: ReactNode;
}

export function Choice({ kind, children, ...rest }: ChoiceProps) {
  return (
    <label className="choice">
      <input {...rest} type={kind} />
      <span>{children}</span>
    </label>
  );
}

interface ChoicesProps<V extends string> {
  readonly legend: string;
  readonly hint?: string;
  readonly name: string;
  readonly value: V | null;
  readonly options: readonly { readonly value: V; readonly label: ReactNode }[];
  readonly onChoose: (value: V) => void;
}

export function Choices<V extends string>({ legend, hint, name, value, options, onChoose }: ChoicesProps<V>) {
  return (
    <fieldset className="stack stack--tight">
      <legend>{legend}</legend>
      {hint === undefined ? null : <p className="field__hint">{hint}</p>}
      <div className="choices">
        {options.map((option) => (
          <Choice key={option.value} kind="radio" name={name} checked={value === option.value} onChange={() => onChoose(option.value)}>
            {option.label}
          </Choice>
        ))}
      </div>
    </fieldset>
  );
}
