import { Button, Group, NumberInput, SegmentedControl, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { Control } from '#shared/model/settingRow';
import { shownValue, type SettingWords } from '../text/settingWords';
import { useWords } from '../text/useWords';
import classes from './SettingControl.module.css';

interface ControlProps<C> {
  readonly control: C;
  readonly words: SettingWords;
  readonly labelId: string;
  readonly value: unknown;
  /** Whether it was taken. */
  readonly onChange: (value: unknown) => Promise<boolean>;
}
type Of<Kind extends Control['kind']> = Extract<Control, { readonly kind: Kind }>;

/** The control of a setting, as its row says; nothing for one that has a form of its own. */
export function SettingControl({ control, ...props }: ControlProps<Control>) {
  switch (control.kind) {
    case 'choice':
      return <Choice control={control} {...props} />;
    case 'text':
      return <Text control={control} {...props} />;
    case 'whole':
      return <Whole control={control} {...props} />;
    case 'form':
    case 'none':
      return null;
  }
}

/** A value that can do harm is asked about, once. */
function Choice({ control, words, labelId, value, onChange }: ControlProps<Of<'choice'>>) {
  const { t } = useWords();
  const [unconfirmed, setUnconfirmed] = useState<string | null>(null);
  const chosen = shownValue(value);
  const take = (choice: string): void => {
    setUnconfirmed(null);
    void onChange(control.automatic && choice === 'auto' ? null : choice);
  };
  const choose = (choice: string): void => {
    if (!control.asks.includes(choice)) take(choice);
    else setUnconfirmed(choice === chosen ? null : choice);
  };
  return (
    <>
      <SegmentedControl
        aria-labelledby={labelId}
        value={unconfirmed ?? chosen}
        onChange={choose}
        data={control.values.map((each) => ({ value: each, label: words.value(each) }))}
      />
      {unconfirmed !== null && (
        <div className={classes['confirming']} role="alertdialog" aria-label={words.ask(unconfirmed).yes}>
          <p>
            <IconAlertTriangle size={15} aria-hidden /> {words.ask(unconfirmed).question}
          </p>
          <Group gap="xs">
            <Button color="red" onClick={() => take(unconfirmed)}>
              {words.ask(unconfirmed).yes}
            </Button>
            <Button variant="default" autoFocus onClick={() => setUnconfirmed(null)}>
              {t('app.cancel')}
            </Button>
          </Group>
        </div>
      )}
    </>
  );
}

/** What is typed is kept on Enter or when the field is left; Escape leaves it as it was. */
function Text({ control, words, labelId, value, onChange }: ControlProps<Of<'text'>>) {
  const [typed, setTyped] = useState<string | null>(null);
  const keep = async (): Promise<void> => {
    if (typed === null) return;
    if (typed.trim() === value || (await onChange(typed.trim()))) setTyped(null);
  };
  return (
    <TextInput
      aria-labelledby={labelId}
      w={300}
      maxLength={control.maxLength}
      placeholder={words.placeholder ?? ''}
      value={typed ?? String(value)}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => void keep()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void keep();
        if (event.key === 'Escape') setTyped(null);
      }}
    />
  );
}

/** As a text: what is no number within the limits is put right where the field is left. */
function Whole({ control: { min, max }, words, labelId, value, onChange }: ControlProps<Of<'whole'>>) {
  const [typed, setTyped] = useState<string | number | null>(null);
  const keep = async (): Promise<void> => {
    if (typed === null) return;
    const whole = typeof typed === 'number' ? typed : Number.NaN;
    const fits = Number.isInteger(whole) && whole >= min && whole <= max;
    if (!fits || whole === value || (await onChange(whole))) setTyped(null);
  };
  return (
    <NumberInput
      aria-labelledby={labelId}
      w={120}
      min={min}
      max={max}
      allowDecimal={false}
      suffix={words.unit === null ? '' : ` ${words.unit}`}
      value={typed ?? Number(value)}
      onChange={setTyped}
      onBlur={() => void keep()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void keep();
        if (event.key === 'Escape') setTyped(null);
      }}
    />
  );
}
