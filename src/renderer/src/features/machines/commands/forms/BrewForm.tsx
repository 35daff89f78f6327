import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useId } from 'react';
import { commands } from '#shared/catalog/commands';
import { useWords } from '../../../../text/useWords';
import { AskFoot } from './AskFoot';
import { createDrafts } from './drafts';
import { useSold } from './sold';
import type { FormProps } from './types';
import classes from './Ask.module.css';

const tastes = ['strength', 'milk', 'sugar'] as const;
/** [doc 3.8] */
const levels = ['0', '1', '2', '3', '4', '5'];

interface BrewDraft extends Readonly<Record<(typeof tastes)[number], number>> {
  /** As typed. */
  readonly product: string;
}
const useDraft = createDrafts<BrewDraft>();
const middle: BrewDraft = { product: '', strength: 3, milk: 3, sugar: 3 };

export function BrewForm({ row, input, onSend, onCancel, busy, error }: FormProps) {
  const { t } = useWords();
  const sold = useSold();
  const again = commands.makeDrink.input.safeParse(input);
  const [draft, setDraft] = useDraft(
    row.vmcNo,
    middle,
    again.success ? { ...again.data, product: String(again.data.productId) } : null,
  );
  const productId = /^\s*\d{1,6}\s*$/.test(draft.product) ? Number(draft.product) : null;
  const { strength, milk, sugar } = draft;
  const drink = commands.makeDrink.input.safeParse({ productId, strength, milk, sugar });
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (drink.success) void onSend(drink.data);
      }}
    >
      <TextInput
        data-autofocus
        label={t('command.makeDrink.form.product')}
        description={t('command.makeDrink.form.productNote')}
        inputMode="numeric"
        maxLength={6}
        w={220}
        value={draft.product}
        error={draft.product.trim() === '' || drink.success ? null : t('command.makeDrink.form.productWrong')}
        onChange={(event) => setDraft({ ...draft, product: event.currentTarget.value })}
      />
      {sold.length > 0 && (
        <div className={classes['sold']} role="group" aria-label={t('command.makeDrink.form.sold')}>
          <span className="dim">{t('command.makeDrink.form.sold')}</span>
          {sold.slice(0, 8).map(({ productId: id, name }) => (
            <Button
              key={id}
              size="compact-xs"
              variant={id === productId ? 'light' : 'default'}
              aria-pressed={id === productId}
              onClick={() => setDraft({ ...draft, product: String(id) })}
            >
              {name === null ? id : `${id} ${name}`}
            </Button>
          ))}
        </div>
      )}
      <div className={classes['tastes']}>
        {tastes.map((taste) => (
          <Taste
            key={taste}
            label={t(`command.makeDrink.form.${taste}`)}
            value={draft[taste]}
            onChange={(value) => setDraft({ ...draft, [taste]: value })}
          />
        ))}
        <p className="dim">{t('command.makeDrink.form.tasteNote')}</p>
      </div>
      <AskFoot
        yes={t('command.makeDrink.send')}
        ready={drink.success}
        busy={busy}
        error={error}
        onCancel={onCancel}
      />
    </form>
  );
}

interface TasteProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}
function Taste({ label, value, onChange }: TasteProps) {
  const id = useId();
  return (
    <>
      <span id={id}>{label}</span>
      <SegmentedControl
        aria-labelledby={id}
        value={String(value)}
        data={levels}
        onChange={(level) => onChange(Number(level))}
      />
    </>
  );
}
