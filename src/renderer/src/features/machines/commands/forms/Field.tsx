import { Checkbox, Input, SegmentedControl, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { CommandName } from '#shared/commands/index';
import type { FormField } from '#shared/commands/kit/fields';
import type { KnownProduct } from '#shared/model/knownProducts';
import { i18n } from '../../../../text';
import { anyKey } from '../../../../text/t';
import { useWords } from '../../../../text/useWords';
import { ProductField } from './ProductField';

interface FieldProps {
  readonly name: CommandName;
  readonly field: FormField;
  readonly value: string | number | boolean;
  readonly fits: boolean;
  /** Why the input is refused, if because of this member. */
  readonly refused: string | null;
  readonly known: readonly KnownProduct[];
  readonly autoFocus: boolean;
  /** `product`: the product chosen from the list. */
  readonly onChange: (value: string | boolean, product?: KnownProduct | null) => void;
}

/** More characters than any number has: long input is reported, never truncated. */
const longestTyped = 40;

/** The field for one member of a command's input. */
export function Field({ name, field, value, fits, refused, known, autoFocus, onChange }: FieldProps) {
  const { t } = useWords();
  const title = useId();
  const key = `command.${name}.form.${field.name}`;
  const label = anyKey(t)(key);
  const note = i18n.exists(`${key}Note`) ? anyKey(t)(`${key}Note`) : undefined;
  switch (field.kind) {
    case 'number':
    case 'numbers': {
      const typed = String(value);
      const { min, max } = field;
      const unfit =
        field.kind === 'number'
          ? t('commandForm.whole', { min, max })
          : t('commandForm.wholes', { min, max, most: field.most });
      const error = typed.trim() === '' || fits ? refused : unfit;
      if (field.suggests === 'products')
        return (
          <ProductField
            label={label}
            note={note}
            typed={typed}
            several={field.kind === 'numbers'}
            error={error}
            known={known}
            autoFocus={autoFocus}
            onChange={onChange}
          />
        );
      return (
        <TextInput
          data-autofocus={autoFocus || undefined}
          label={label}
          description={note}
          inputMode="numeric"
          maxLength={longestTyped}
          w={220}
          value={typed}
          error={error}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    }
    case 'text':
      return (
        <TextInput
          data-autofocus={autoFocus || undefined}
          label={label}
          description={note}
          maxLength={field.max}
          value={String(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'choice':
      return (
        <div>
          <Input.Label id={title} labelElement="div">
            {label}
          </Input.Label>
          <SegmentedControl
            aria-labelledby={title}
            value={String(value)}
            data={field.options.map((option) => ({
              value: option,
              label: anyKey(t)(`${key}Values.${option}`),
            }))}
            onChange={onChange}
          />
          {note !== undefined && <p className="dim">{note}</p>}
        </div>
      );
    case 'flag':
      return (
        <Checkbox
          label={label}
          description={note}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'scale':
      return null;
  }
}
