import type { CommandName } from '#shared/commands/index';
import { rowOf } from '#shared/commands/kit/rows';
import type { JsonObject } from '#shared/model/json';
import type { PerMachine } from '#shared/model/sequence';
import { useCrema, useRow } from '../../../store';
import { useWords, WordsOf } from '../../../text/useWords';
import { CommandForm } from '../commands/forms/CommandForm';
import { manyMachines, type FormMachine } from '../commands/forms/types';
import { ownOf } from '../commands/own';

export interface StepFormProps {
  readonly name: CommandName;
  readonly input: JsonObject | null;
  /** The input for each machine, if it was given so. */
  readonly perMachine?: PerMachine | undefined;
  /** The machines; empty: any. */
  readonly machines: readonly number[];
  readonly onFilled: (input: JsonObject, perMachine?: PerMachine) => void;
  readonly onCancel: () => void;
}

/** The form of a command that is a step of a run or a sequence. */
export function StepForm({ name, input, perMachine, machines, onFilled, onCancel }: StepFormProps) {
  const { t } = useWords();
  const row = useCommonMachine(machines);
  const { fields } = rowOf(name);
  const form = {
    name,
    row,
    input,
    perMachine,
    yes: t('work.start.next'),
    busy: false,
    error: null,
    onCancel,
    machines,
    onSend: (filled: JsonObject, own?: PerMachine) => {
      onFilled(filled, own);
      return Promise.resolve(true);
    },
  };
  const { Form } = ownOf(name);
  return (
    <WordsOf vmcNo={machines}>
      {Form !== undefined ? <Form {...form} /> : fields !== null && <CommandForm {...form} fields={fields} />}
    </WordsOf>
  );
}

/** The facts of one machine, or those that several have in common. */
function useCommonMachine(machines: readonly number[]): FormMachine {
  const [first = manyMachines, ...others] = machines;
  const one = useRow(first);
  const platform = useCrema((s) => {
    const all = new Set(machines.map((vmcNo) => s.machines.get(vmcNo)?.platform ?? null));
    return all.size === 1 ? ([...all][0] ?? null) : null;
  });
  return one !== undefined && others.length === 0
    ? one
    : { vmcNo: manyMachines, platform, version: null, ioVersion: null, login: null, doubts: [] };
}
