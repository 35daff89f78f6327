import { SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import type { CommandName } from '#shared/commands/index';
import type { FormField } from '#shared/commands/kit/fields';
import { i18n } from '../../../../text';
import { anyKey } from '../../../../text/anyKey';
import { useWords } from '../../../../text/useWords';
import type { Filled } from './filled';
import classes from './Ask.module.css';

interface ScaleFieldsProps {
  readonly name: CommandName;
  readonly fields: readonly FormField[];
  readonly filled: Filled;
  readonly onChange: (field: string, value: number) => void;
}

/** Members with a few whole numbers each, below each other. */
export function ScaleFields({ name, fields, filled, onChange }: ScaleFieldsProps) {
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
          onChange={(value) => onChange(field.name, value)}
        />
      ))}
      {i18n.exists(note) && <p className="dim">{anyKey(t)(note)}</p>}
    </div>
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
