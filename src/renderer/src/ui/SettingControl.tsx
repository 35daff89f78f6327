import {
  Autocomplete,
  Button,
  Group,
  NumberInput,
  SegmentedControl,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState, type ChangeEvent, type KeyboardEvent } from 'react';
import type { Control } from '#shared/model/settingRow';
import { shownValue, type SettingWords } from '../text/settingWords';
import { useWords } from '../text/useWords';
import { keepFocus } from './keepFocus';
import { UndoNote } from './UndoNote';
import classes from './SettingControl.module.css';

interface ControlProps<C> {
  readonly control: C;
  readonly words: SettingWords;
  readonly labelId: string;
  readonly value: unknown;
  /** Resolves to whether the value was accepted. */
  readonly onChange: (value: unknown) => Promise<boolean>;
}
type Of<Kind extends Control['kind']> = Extract<Control, { readonly kind: Kind }>;

/** The control of a setting by its row; nothing for a setting with its own form. */
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

/** Asks for confirmation before a harmful value is set. */
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
          <Group gap="sm">
            <Button variant="default" autoFocus onClick={() => setUnconfirmed(null)}>
              {t('app.cancel')}
            </Button>
            <Button color="red" onClick={() => take(unconfirmed)}>
              {words.ask(unconfirmed).yes}
            </Button>
          </Group>
        </div>
      )}
    </>
  );
}

/**
 * Stores the text on Enter or when the field is left; Escape restores it. A field with several lines needs Ctrl+Enter, because Enter starts a
 * new line. Until the page is left, a button brings back the text before the last change.
 */
function Text({ control, words, labelId, value, onChange }: ControlProps<Of<'text'>>) {
  const { t } = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const [replaced, setReplaced] = useState('');
  const keep = async (text = typed): Promise<void> => {
    if (text === null) return;
    const [before, next] = [String(value), text.trim()];
    if (next !== before && !(await onChange(next))) return;
    setTyped(null);
    if (next !== before) setReplaced(before);
  };
  const field = {
    'aria-labelledby': labelId,
    maxLength: control.maxLength,
    placeholder: words.placeholder ?? '',
    value: typed ?? String(value),
    onBlur: () => void keep(),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.key === 'Enter' && (!control.lines || event.ctrlKey || event.metaKey)) void keep();
      if (event.key === 'Escape') setTyped(null);
    },
  };
  const onType = (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>): void =>
    setTyped(event.currentTarget.value);
  return (
    <div ref={keepFocus} className={classes['text']}>
      {control.lines ? (
        <Textarea {...field} w={420} maw="100%" autosize minRows={2} maxRows={10} onChange={onType} />
      ) : control.usual.length > 0 ? (
        <Autocomplete
          {...field}
          w={160}
          data={[...control.usual]}
          // Offer all options, whatever the field contains.
          filter={({ options }) => options}
          onChange={setTyped}
          onOptionSubmit={(chosen) => void keep(chosen)}
        />
      ) : (
        <TextInput {...field} w={300} onChange={onType} />
      )}
      {replaced !== '' && (
        <UndoNote
          text={t('app.before', { text: replaced })}
          onUndo={() => void onChange(replaced).then((done) => done && setReplaced(''))}
        />
      )}
    </div>
  );
}

/** A number field as text: an invalid number is corrected when the field is left. */
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
