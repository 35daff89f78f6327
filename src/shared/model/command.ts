/** A command to a machine with its result. */
import type { CommandName, OwnStep } from '../commands/index';
import type { GivenCommand, GivenStep } from '../commands/kit/given';
import type { SharedStep } from '../commands/kit/steps';

export { openStates, type CommandState } from '../commands/kit/given';

/** A step of a command. */
export type StepName = SharedStep | OwnStep;
export type CommandStep = GivenStep<StepName>;

export interface Command extends GivenCommand {
  readonly name: CommandName;
  readonly steps: readonly CommandStep[];
}

/** The end of a page of commands. */
/** A request from another place for a command to this machine. */
export interface CommandRequest {
  readonly vmcNo: number;
  readonly request: string;
}
export interface CommandQuery {
  readonly vmcNo: number | null;
  readonly before: number | null;
  readonly limit: number;
}
