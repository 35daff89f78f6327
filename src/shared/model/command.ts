/** A command to a machine and what became of it. */
import type { CommandName, OwnStep } from '../commands/index';
import type { GivenCommand, GivenStep } from '../commands/kit/given';
import type { SharedStep } from '../commands/kit/steps';

export { openStates, type CommandState } from '../commands/kit/given';

/** One thing that can happen to a command. */
export type StepName = SharedStep | OwnStep;
export type CommandStep = GivenStep<StepName>;

export interface Command extends GivenCommand {
  readonly name: CommandName;
  readonly steps: readonly CommandStep[];
}

/** Where a page of commands ended. */
export interface CommandQuery {
  readonly vmcNo: number | null;
  readonly before: number | null;
  readonly limit: number;
}
