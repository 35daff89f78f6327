import { SegmentedControl, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { CommandName } from '#shared/commands/index';
import type { FormField } from '#shared/commands/kit/fields';
import { i18n } from '../../../../text';
import { anyKey } from '../../../../text/t';
import { useWords } from '../../../../text/useWords';
import { codesOf, codeText, digitsOf, type Code, type Filled } from './filled';
import classes from './Ask.module.css';

interface ScaleFieldsProps {
  readonly name: CommandName;
  readonly fields: readonly FormField[];
  readonly filled: Filled;
  readonly onStep: (field: string, step: number) => void;
  readonly onCode: (code: Code, text: string) => void;
}

/** Members with a few whole numbers each, one below the other, and the code that has them as digits. */
export function ScaleFields({ name, fields, filled, onStep, onCode }: ScaleFieldsProps) {
  const { t } = useWords();
  const note = `command.${name}.form.scaleNote`;
  return (
    <div className={classes['scales']}>
      {fields.map((field) => (
        <Scale
          key={field.name}
          label={anyKey(t)(`command.${name}.form.${field.name}`)}
          field={field}
          value={String(filled[field.name])}
          onChange={(step) => onStep(field.name, step)}
        />
      ))}
      {codesOf(fields).map((code) => (
        <CodeField
          key={code.name}
          label={anyKey(t)(`command.${name}.form.${code.name}`)}
          code={code}
          typed={codeText(code, filled)}
          onChange={(text) => onCode(code, text)}
        />
      ))}
      {i18n.exists(note) && <p className="dim">{anyKey(t)(note)}</p>}
    </div>
  );
}

interface CodeProps {
  readonly label: string;
  readonly code: Code;
  readonly typed: string;
  readonly onChange: (text: string) => void;
}
function CodeField({ label, code, typed, onChange }: CodeProps) {
  const { t } = useWords();
  const id = useId();
  const [first] = code.digits;
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <TextInput
        id={id}
        inputMode="numeric"
        autoComplete="off"
        maxLength={40}
        w={90}
        styles={{ error: { width: 260 } }}
        value={typed}
        error={
          digitsOf(code, typed) === null
            ? t('commandForm.code', { count: code.digits.length, min: first?.min ?? 0, max: first?.max ?? 0 })
            : null
        }
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </>
  );
}

interface ScaleProps {
  readonly label: string;
  readonly field: FormField;
  readonly value: string;
  readonly onChange: (value: number) => void;
}
function Scale({ label, field, value, onChange }: ScaleProps) {
  const id = useId();
  if (field.kind !== 'scale') return null;
  const { min, max } = field;
  const levels = Array.from({ length: max - min + 1 }, (_, level) => String(min + level));
  return (
    <>
      <span id={id}>{label}</span>
      <SegmentedControl
        aria-labelledby={id}
        value={value}
        data={levels}
        onChange={(level) => onChange(Number(level))}
      />
    </>
  );
}
