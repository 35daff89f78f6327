import { TextInput } from '@mantine/core';
import { commands } from '#shared/catalog/commands';
import { useWords } from '../../../../text/useWords';
import { AskFoot } from './AskFoot';
import { createDrafts } from './drafts';
import type { FormProps } from './types';
import classes from './Ask.module.css';

const useDraft = createDrafts<string>();
/** fen: what the example reckons with. */
const example = 1_000;

export function DiscountForm({ row, input, onSend, onCancel, busy, error }: FormProps) {
  const words = useWords();
  const { t } = words;
  const again = commands.setDiscount.input.safeParse(input);
  const [typed, setTyped, forget] = useDraft(
    row.vmcNo,
    '',
    again.success ? String(again.data.percent) : null,
  );
  const number = /^\s*\d{1,3}\s*%?\s*$/.test(typed) ? Number.parseInt(typed, 10) : null;
  const discount = commands.setDiscount.input.safeParse({ percent: number });
  const send = async (): Promise<void> => {
    if (discount.success && (await onSend(discount.data))) forget();
  };
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextInput
        data-autofocus
        label={t('command.setDiscount.form.percent')}
        inputMode="numeric"
        maxLength={4}
        w={220}
        value={typed}
        error={typed.trim() === '' || discount.success ? null : t('command.setDiscount.form.wrong')}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <p className="dim">
        {t('command.setDiscount.form.example', {
          amount: words.yuan(
            discount.success ? Math.round((example * discount.data.percent) / 100) : example,
          ),
        })}
      </p>
      <AskFoot
        yes={t('command.setDiscount.send')}
        ready={discount.success}
        busy={busy}
        error={error}
        onCancel={onCancel}
      />
    </form>
  );
}
