import { Button, Checkbox, Input, SegmentedControl, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { CommandName } from '#shared/commands/index';
import type { FormField } from '#shared/commands/kit/fields';
import { i18n } from '../../../../text';
import { anyKey } from '../../../../text/anyKey';
import { useWords } from '../../../../text/useWords';
import { wholeNumber } from './filled';
import { useSold } from './sold';
import classes from './Ask.module.css';

interface FieldProps {
  readonly name: CommandName;
  readonly field: FormField;
  readonly value: string | number | boolean;
  readonly fits: boolean;
  readonly autoFocus: boolean;
  readonly onChange: (value: string | boolean) => void;
}

/** One member of a command's input, as it is asked for. */
export function Field({ name, field, value, fits, autoFocus, onChange }: FieldProps) {
  const { t } = useWords();
  const title = useId();
  const key = `command.${name}.form.${field.name}`;
  const label = anyKey(t)(key);
  const note = i18n.exists(`${key}Note`) ? anyKey(t)(`${key}Note`) : undefined;
  switch (field.kind) {
    case 'number': {
      const typed = String(value);
      return (
        <>
          <TextInput
            data-autofocus={autoFocus || undefined}
            label={label}
            description={note}
            inputMode="numeric"
            maxLength={String(field.max).length + field.unit.length}
            w={220}
            value={typed}
            error={
              typed.trim() === '' || fits ? null : t('commandForm.whole', { min: field.min, max: field.max })
            }
            onChange={(event) => onChange(event.currentTarget.value)}
          />
          {field.suggests === 'products' && (
            <SoldProducts chosen={wholeNumber(typed, field.unit)} onChoose={(id) => onChange(String(id))} />
          )}
        </>
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

/** Products this machine has sold lately, one press each. */
function SoldProducts({
  chosen,
  onChoose,
}: {
  readonly chosen: number | null;
  readonly onChoose: (productId: number) => void;
}) {
  const { t } = useWords();
  const sold = useSold();
  if (sold.length === 0) return null;
  return (
    <div className={classes['sold']} role="group" aria-label={t('commandForm.sold')}>
      <span className="dim">{t('commandForm.sold')}</span>
      {sold.slice(0, 8).map(({ productId: id, name }) => (
        <Button
          key={id}
          size="compact-xs"
          variant={id === chosen ? 'light' : 'default'}
          aria-pressed={id === chosen}
          onClick={() => onChoose(id)}
        >
          {name === null ? id : `${id} ${name}`}
        </Button>
      ))}
    </div>
  );
}
