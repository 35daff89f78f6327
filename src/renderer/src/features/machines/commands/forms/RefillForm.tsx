import { TextInput } from '@mantine/core';
import { commands } from '#shared/commands/index';
import { mostChange } from '#shared/commands/refill';
import { materials as knownMaterials, readAmount } from '#shared/materials';
import { useCrema } from '../../../../store';
import { appErrorWords } from '../../../../text/appErrorWords';
import { useWords } from '../../../../text/useWords';
import { moveOnEnter } from '../../../../ui/cellKeys';
import { Ago } from '../../../../ui/Ticking';
import { AskFoot } from './AskFoot';
import { createDrafts } from '../../../../ui/drafts';
import { stateOf } from './products';
import { readChanges, refillColumns, type TypedChange, type WrongChange } from './refillChanges';
import { manyMachines, type FormProps } from './types';
import classes from './Ask.module.css';

/** Typed values by material. */
const useDraft = createDrafts<Readonly<Record<string, TypedChange>>>();

interface Material {
  readonly id: string;
  /** The last report and its time; `null`: it differs between machines. */
  readonly seen: { readonly value: string; readonly at: number } | null;
  /** `null`: not counted, or unknown. */
  readonly now: number | null;
}

/** The materials with this machine's reported amounts; for several machines only the materials. */
function useMaterials(vmcNo: number): readonly Material[] {
  const supplies = useCrema(stateOf(vmcNo))?.supplies ?? {};
  if (vmcNo === manyMachines) return [...knownMaterials.keys()].map((id) => ({ id, seen: null, now: null }));
  return Object.entries(supplies).map(([id, seen]) => {
    const amount = readAmount(seen.value);
    return { id, seen, now: amount.kind === 'amount' ? amount.value : null };
  });
}

/** The amount added to or removed from each material, or its new amount, with the resulting sum. */
export function RefillForm({ row, input, yes, onSend, onCancel, busy, error }: FormProps) {
  const words = useWords();
  const { t } = words;
  const { vmcNo, platform } = row;
  const isOne = vmcNo !== manyMachines;
  const materials = useMaterials(vmcNo);
  const again = commands.refill.input.safeParse(input);
  const [typed, change, forget] = useDraft(
    `${vmcNo}`,
    {},
    again.success
      ? Object.fromEntries(Object.entries(again.data.changes).map(([id, by]) => [id, { by: String(by) }]))
      : null,
  );
  const amounts = Object.fromEntries(materials.flatMap(({ id, now }) => (now === null ? [] : [[id, now]])));
  const { changes, wrong } = readChanges(typed, amounts);
  const refused = commands.refill.refuses({ changes }, platform);
  const isEmpty = Object.keys(changes).length === 0 && wrong.size === 0;
  const ready = wrong.size === 0 && refused === null;
  const columns = isOne ? refillColumns : (['by'] as const);
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void onSend({ changes: { ...changes } }).then((taken) => taken && forget());
      }}
    >
      <p className="dim">{t(isOne ? 'command.refill.form.note' : 'command.refill.form.noteMany')}</p>
      {materials.length === 0 && <p>{t('command.refill.form.none')}</p>}
      {materials.length > 0 && (
        <div className={classes['scroll']}>
          <table className={classes['refill']} aria-label={t('command.refill.name')}>
            <thead>
              <tr>
                {['material', ...(isOne ? ['now'] : []), ...columns, ...(isOne ? ['sum'] : [])].map(
                  (column) => (
                    <th key={column} scope="col">
                      {t(`command.refill.form.${column as 'material' | 'now' | 'by' | 'to' | 'sum'}`)}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              {materials.map((material, at) => (
                <MaterialLine
                  key={material.id}
                  material={material}
                  columns={columns}
                  typed={typed[material.id] ?? {}}
                  change={changes[material.id] ?? 0}
                  wrong={wrong.get(material.id) ?? null}
                  isFirst={at === 0}
                  onChange={(next) => change({ ...typed, [material.id]: next })}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {refused !== null && !isEmpty && wrong.size === 0 && (
        <p className={classes['wrong']}>{appErrorWords(words, refused)}</p>
      )}
      <AskFoot
        yes={yes ?? t('command.refill.send')}
        ready={ready}
        busy={busy}
        error={error}
        onCancel={onCancel}
      />
    </form>
  );
}

interface MaterialLineProps {
  readonly material: Material;
  readonly columns: readonly ('by' | 'to')[];
  readonly typed: TypedChange;
  /** 0: none. */
  readonly change: number;
  readonly wrong: WrongChange | null;
  readonly isFirst: boolean;
  readonly onChange: (typed: TypedChange) => void;
}
function MaterialLine({ material, columns, typed, change, wrong, isFirst, onChange }: MaterialLineProps) {
  const words = useWords();
  const { t } = words;
  const { id, seen, now } = material;
  const name = words.material(id);
  return (
    <tr data-wrong={wrong !== null || undefined}>
      <th scope="row" title={id}>
        {name}
      </th>
      {seen !== null && (
        <td className="tabular">
          {now === null ? t('command.refill.form.notCounted') : words.number(now)}{' '}
          <span className="dim">
            · <Ago at={seen.at} />
          </span>
        </td>
      )}
      {columns.map((column) => (
        <td key={column}>
          <TextInput
            aria-label={t(`command.refill.form.${column}Of`, { material: name })}
            data-autofocus={(isFirst && column === 'by') || undefined}
            disabled={seen !== null && now === null}
            inputMode="numeric"
            autoComplete="off"
            maxLength={40}
            w={110}
            value={typed[column] ?? ''}
            error={
              wrong?.column === column
                ? t(`command.refill.form.wrong.${column}.${wrong.why}`, { min: -mostChange, max: mostChange })
                : null
            }
            onChange={(event) => onChange({ ...typed, [column]: event.currentTarget.value })}
            onKeyDown={moveOnEnter}
          />
        </td>
      ))}
      {seen !== null && (
        <td className="tabular">
          {now !== null && change !== 0 && (
            <>
              <strong>{words.number(Math.max(0, now + change))}</strong>{' '}
              <span className="dim">
                {now + change < 0 ? t('command.refill.form.floor') : `${change > 0 ? '+' : ''}${change}`}
              </span>
            </>
          )}
        </td>
      )}
    </tr>
  );
}
