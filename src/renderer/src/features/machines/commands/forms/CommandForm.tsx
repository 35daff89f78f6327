import { useState } from 'react';
import { chosenOf, type FormField } from '#shared/commands/kit/fields';
import { rowOf } from '#shared/commands/kit/rows';
import { useConfig } from '../../../../store';
import { anyKey } from '../../../../text/t';
import { appErrorWords } from '../../../../text/appErrorWords';
import { readableParams } from '../../../../text/readable';
import { useWords } from '../../../../text/useWords';
import { AskFoot } from './AskFoot';
import { Field } from './Field';
import { ResultingPrices } from './ResultingPrices';
import { ScaleFields } from './ScaleFields';
import { createDrafts } from '../../../../ui/drafts';
import {
  codesOf,
  filledWith,
  fits,
  readFilled,
  withCode,
  withOnlyProduct,
  withProductCode,
  withStep,
  type Filled,
} from './filled';
import { useKnownProducts } from './products';
import type { FormProps } from './types';
import classes from './Ask.module.css';

const useDraft = createDrafts<Filled>();

interface CommandFormProps extends FormProps {
  readonly fields: readonly FormField[];
}

/** The form of a command, generated from its row. */
export function CommandForm({
  name,
  fields,
  row,
  input,
  yes,
  onSend,
  onCancel,
  busy,
  error,
}: CommandFormProps) {
  const words = useWords();
  const { t } = words;
  const { keepsInput, preview, newPrice } = rowOf(name);
  const known = useKnownProducts(row.vmcNo);
  const codes = codesOf(fields);
  const [draft, change, forget] = useDraft(
    `${name} ${row.vmcNo}`,
    filledWith(fields, chosenOf(fields, useConfig(row.vmcNo))),
    input === null ? null : filledWith(fields, input),
  );
  // A single known product is chosen, until the user types another or nothing.
  const [isTyped, setTyped] = useState(false);
  const filled = isTyped ? draft : withOnlyProduct(fields, codes, draft, known);
  const read = readFilled(name, fields, filled);
  const refused = read === null ? null : rowOf(name).refuses(read, row.platform);
  const visible = fields.filter(({ hidden }) => !hidden);
  const [first] = visible;
  const send = async (): Promise<void> => {
    if (read !== null && refused === null && (await onSend(read)) && !keepsInput) forget();
  };
  const refusedFor = (field: string): string | null =>
    refused !== null && (refused.params['field'] ?? first?.name) === field
      ? appErrorWords(words, refused)
      : null;
  const set = (field: string, value: string | boolean, fastcode: string | null = null): void => {
    setTyped(true);
    change(withProductCode({ ...filled, [field]: value }, codes, fastcode));
  };
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {inGroups(visible).map((group) => {
        const [head] = group;
        if (head === undefined) return null;
        if (head.kind === 'scale')
          return (
            <ScaleFields
              key={head.name}
              name={name}
              fields={group}
              filled={filled}
              onStep={(field, step) => change(withStep(filled, codes, field, step))}
              onCode={(code, text) => change(withCode(filled, code, text))}
            />
          );
        return (
          <Field
            key={head.name}
            name={name}
            field={head}
            value={filled[head.name] ?? ''}
            fits={fits(name, head, filled)}
            refused={refusedFor(head.name)}
            known={known}
            autoFocus={head === first}
            onChange={(value, product) => set(head.name, value, product?.fastcode)}
          />
        );
      })}
      {preview !== null && (
        <p className="dim">
          {anyKey(t)(`command.${name}.form.preview`, readableParams(words, preview(read)))}
        </p>
      )}
      {newPrice !== null && (
        <ResultingPrices
          known={known}
          priceOf={read === null || refused !== null ? null : (price) => newPrice(read, price)}
        />
      )}
      <AskFoot
        yes={yes ?? t(`command.${name}.send`)}
        ready={read !== null && refused === null}
        autoFocus={first === undefined}
        busy={busy}
        error={error}
        onCancel={onCancel}
      />
    </form>
  );
}

/** Groups adjacent scales into one grid. */
function inGroups(fields: readonly FormField[]): readonly (readonly FormField[])[] {
  const groups: FormField[][] = [];
  for (const field of fields) {
    const last = groups.at(-1);
    if (field.kind === 'scale' && last?.at(-1)?.kind === 'scale') last.push(field);
    else groups.push([field]);
  }
  return groups;
}
