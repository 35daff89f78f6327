import { TextInput } from '@mantine/core';
import { commands } from '#shared/commands/index';
import { mostChange } from '#shared/commands/refill';
import { readAmount } from '#shared/materials';
import type { MachineState } from '#shared/model/machine';
import { useCrema } from '../../../../store';
import { appErrorWords } from '../../../../text/appErrorWords';
import { useWords } from '../../../../text/useWords';
import { AskFoot } from './AskFoot';
import { createDrafts } from './drafts';
import { readChanges } from './refillChanges';
import type { FormProps } from './types';
import classes from './Ask.module.css';

/** By material, as typed. */
const useDraft = createDrafts<Readonly<Record<string, string>>>();
const nothingKnown: MachineState['supplies'] = {};

/** What was filled into each material, or taken out, and what the sum will be. */
export function RefillForm({ row: { vmcNo, platform }, input, onSend, onCancel, busy, error }: FormProps) {
  const words = useWords();
  const { t } = words;
  const supplies = useCrema((s) =>
    s.detail?.state.vmcNo === vmcNo ? s.detail.state.supplies : nothingKnown,
  );
  const again = commands.refill.input.safeParse(input);
  const [typed, change, forget] = useDraft(
    `${vmcNo}`,
    {},
    again.success
      ? Object.fromEntries(Object.entries(again.data.changes).map(([id, by]) => [id, String(by)]))
      : null,
  );
  const { changes, wrong } = readChanges(typed);
  const refused = commands.refill.refuses({ changes }, platform);
  const isEmpty = Object.values(typed).every((text) => text.trim() === '');
  const ready = wrong.size === 0 && refused === null;
  const materials = Object.entries(supplies);
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void onSend({ changes: { ...changes } }).then((taken) => taken && forget());
      }}
    >
      <p className="dim">{t('command.refill.form.note')}</p>
      {materials.length === 0 && <p>{t('command.refill.form.none')}</p>}
      {materials.length > 0 && (
        <table className={classes['prices']} aria-label={t('command.refill.name')}>
          <thead>
            <tr>
              {(['material', 'now', 'by', 'sum'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`command.refill.form.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {materials.map(([id, { value }], at) => {
              const amount = readAmount(value);
              const isCounted = amount.kind === 'amount';
              const by = changes[id] ?? 0;
              return (
                <tr key={id} data-wrong={wrong.has(id) || undefined}>
                  <th scope="row" title={id}>
                    {words.material(id)}
                  </th>
                  <td className="tabular">
                    {isCounted ? words.number(amount.value) : t('command.refill.form.notCounted')}
                  </td>
                  <td>
                    <TextInput
                      aria-label={t('command.refill.form.byOf', { material: words.material(id) })}
                      data-autofocus={at === 0 || undefined}
                      disabled={!isCounted}
                      inputMode="numeric"
                      autoComplete="off"
                      maxLength={8}
                      w={110}
                      value={typed[id] ?? ''}
                      error={
                        wrong.has(id)
                          ? t('command.refill.form.bad', { min: -mostChange, max: mostChange })
                          : null
                      }
                      onChange={(event) => change({ ...typed, [id]: event.currentTarget.value })}
                    />
                  </td>
                  <td className="tabular">
                    {isCounted && by !== 0 && words.number(Math.max(0, amount.value + by))}
                    {isCounted && amount.value + by < 0 && (
                      <span className="dim"> {t('command.refill.form.floor')}</span>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {refused !== null && !isEmpty && wrong.size === 0 && (
        <p className={classes['wrong']}>{appErrorWords(words, refused)}</p>
      )}
      <AskFoot yes={t('command.refill.send')} ready={ready} busy={busy} error={error} onCancel={onCancel} />
    </form>
  );
}
