import { Button, Checkbox, Input, SegmentedControl, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { CommandName } from '#shared/commands/index';
import type { FormField } from '#shared/commands/kit/fields';
import { i18n } from '../../../../text';
import { anyKey } from '../../../../text/anyKey';
import { useWords } from '../../../../text/useWords';
import { wholeNumber, wholeNumbers } from './filled';
import { useSold } from './sold';
import classes from './Ask.module.css';

interface FieldProps {
  readonly name: CommandName;
  readonly field: FormField;
  readonly value: string | number | boolean;
  readonly fits: boolean;
  /** Why the whole input is refused, where it is for this member. */
  readonly refused: string | null;
  readonly autoFocus: boolean;
  readonly onChange: (value: string | boolean) => void;
}

/** One member of a command's input, as it is asked for. */
export function Field({ name, field, value, fits, refused, autoFocus, onChange }: FieldProps) {
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
              typed.trim() === '' || fits
                ? refused
                : t('commandForm.whole', { min: field.min, max: field.max })
            }
            onChange={(event) => onChange(event.currentTarget.value)}
          />
          {field.suggests === 'products' && (
            <SoldProducts chosen={[wholeNumber(typed, field.unit)]} onChoose={(id) => onChange(String(id))} />
          )}
        </>
      );
    }
    case 'numbers': {
      const typed = String(value);
      const chosen = wholeNumbers(typed);
      return (
        <>
          <TextInput
            data-autofocus={autoFocus || undefined}
            label={label}
            description={note}
            inputMode="numeric"
            maxLength={(String(field.max).length + 2) * field.most}
            value={typed}
            error={
              typed.trim() === '' || fits
                ? refused
                : t('commandForm.wholes', { min: field.min, max: field.max, most: field.most })
            }
            onChange={(event) => onChange(event.currentTarget.value)}
          />
          {field.suggests === 'products' && (
            <SoldProducts
              chosen={chosen}
              onChoose={(id) =>
                onChange(
                  (chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
                    .flatMap((one) => one ?? [])
                    .join(', '),
                )
              }
            />
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
  readonly chosen: readonly (number | null)[];
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
          variant={chosen.includes(id) ? 'light' : 'default'}
          aria-pressed={chosen.includes(id)}
          onClick={() => onChoose(id)}
        >
          {name === null ? id : `${id} ${name}`}
        </Button>
      ))}
    </div>
  );
}
