import type { CommandName } from '#shared/commands/index';
import type { AppError } from '#shared/contract/errors';
import type { JsonObject } from '#shared/model/json';
import type { KnownVersions, MachineRow } from '#shared/model/machine';

/** What a person is about to do to a machine, and is asked about first. */
export type Question =
  | {
      readonly what: 'command';
      readonly name: CommandName;
      /** As it was sent before; `null`: anew. */
      readonly input: JsonObject | null;
    }
  | { readonly what: 'directLink' | 'disconnect' | 'forget' };

/** In place of a number: what is typed for several machines is kept apart from what is typed for one. */
export const manyMachines = 0;

/** What a form must know of its machine; of several, what they have in common. */
export type FormMachine = Pick<MachineRow, 'vmcNo' | 'platform' | keyof KnownVersions>;

/** What every form of a command gets. */
export interface FormProps {
  readonly name: CommandName;
  readonly row: FormMachine;
  readonly input: JsonObject | null;
  /** Whether it was taken; then the question is closed. */
  readonly onSend: (input: JsonObject) => Promise<boolean>;
  readonly onCancel: () => void;
  /** What its button says; left out: what the command's does. */
  readonly yes?: string;
  readonly busy: boolean;
  readonly error: AppError | null;
}
