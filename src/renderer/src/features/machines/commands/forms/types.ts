import type { CommandName } from '#shared/commands/index';
import type { AppError } from '#shared/contract/errors';
import type { JsonObject } from '#shared/model/json';
import type { MachineRow } from '#shared/model/machine';
import type { KnownVersions } from '#shared/model/knownVersions';
import type { PerMachine } from '#shared/model/sequence';

/** An action on a machine that needs confirmation. */
export type Question =
  | {
      readonly what: 'command';
      readonly name: CommandName;
      /** The earlier input; `null`: none. */
      readonly input: JsonObject | null;
    }
  | { readonly what: 'directLink' | 'disconnect' | 'forget' };

/** Stands for a machine number: drafts for several machines are separate from those for one. */
export const manyMachines = 0;

/** Facts about the form's machine; for several machines, what they have in common. */
export type FormMachine = Pick<MachineRow, 'vmcNo' | 'platform' | keyof KnownVersions>;

/** Props of every command form. */
export interface FormProps {
  readonly name: CommandName;
  readonly row: FormMachine;
  readonly input: JsonObject | null;
  /** The input for each machine, if it was given so. */
  readonly perMachine?: PerMachine | undefined;
  /** Resolves to whether it was accepted; the dialog then closes. */
  readonly onSend: (input: JsonObject, perMachine?: PerMachine) => Promise<boolean>;
  /** The machines, if each may get an input of its own. */
  readonly machines?: readonly number[];
  readonly onCancel: () => void;
  /** The label of its button; omitted: the command's label. */
  readonly yes?: string;
  readonly busy: boolean;
  readonly error: AppError | null;
}
