/** What a command expects of its machine, and what a message or the end of a connection then says about the command. */
import type { CloseReason } from '../../model/frame';
import type { JsonObject } from '../../model/json';
import type { MachineState } from '../../model/machine';
import type { MachineMessage } from '../../model/message';
import type { GivenCommand, StepParams } from './given';

/** What else it changes. */
interface More {
  /** When it happened, where that is not the moment of the entry. */
  readonly at?: number;
  /** Where it was seen, where that is not the entry that is judged. */
  readonly entry?: number | null;
  /** The wait ends then, if not earlier. */
  readonly until?: number;
  /** What must still be seen. */
  readonly awaited?: readonly number[];
}
export type Verdict<Step extends string = string> =
  | { readonly kind: 'notMine' }
  | ({
      /** `step`: the stage goes on. `passed`: its next stage begins. The others end it. */
      readonly kind: 'step' | 'passed' | 'confirmed' | 'failed' | 'unconfirmable';
      readonly what: Step;
      readonly params: StepParams;
    } & More);

const none: StepParams = {};
const said =
  (kind: 'step' | 'passed' | 'confirmed' | 'failed' | 'unconfirmable') =>
  <Step extends string>(what: Step, params = none, more: More = {}): Verdict<Step> => ({
    kind,
    what,
    params,
    ...more,
  });

export const notMine: Verdict<never> = { kind: 'notMine' };
export const step = said('step');
export const passed = said('passed');
export const confirmed = said('confirmed');
export const failed = said('failed');
export const unconfirmable = said('unconfirmable');

/** What a message is judged beside. */
export interface About<Input> {
  readonly command: GivenCommand;
  readonly input: Input;
  /** The input with what was remembered when the command was given. */
  readonly facts: JsonObject;
  readonly at: number;
  /** The connection it came on. */
  readonly conn: number;
  /** Of its frame, where the head counts. */
  readonly sequence: number | null;
  /** The machine before it. */
  readonly before: MachineState | null;
  /** Its commands that were queued or sent then, this one among them or not. */
  readonly running: readonly GivenCommand[];
}

/** How long after the command it was seen: all that a frame which others could cause as well says of it. */
export const seenAfter = ({
  at,
  command: { sentAt },
}: Pick<About<unknown>, 'at' | 'command'>): StepParams => ({
  after: at - (sentAt ?? at),
});

/** [ours] ms in which an answer comes that a machine sends at once. */
const answersWithin = 5_000;

/** Whether it came so soon, and on the connection that the command was sent on, that it may be the answer to it. */
export const isAtOnce = ({ at, conn, command }: Pick<About<unknown>, 'at' | 'conn' | 'command'>): boolean =>
  command.sentAt !== null && at - command.sentAt <= answersWithin && conn === command.conn;

type MessageName = MachineMessage['cmd'];
/** What machines say under this name. */
export type BodyNamed<Name extends MessageName, Body = MachineMessage> = Body extends {
  readonly cmd: infer Own;
}
  ? Name extends Own
    ? Body
    : never
  : never;

export type Expectation<Input, Step extends string = string> =
  | {
      readonly on: readonly MessageName[];
      readonly judge: (body: MachineMessage, about: About<Input>) => Verdict<Step>;
    }
  | {
      readonly on: 'closed';
      readonly judge: (reason: CloseReason) => Verdict<Step>;
    };

/** A message of this name, or of one of these, while the command waits for its proof. */
export function when<Name extends MessageName, Input, Step extends string>(
  names: Name | readonly Name[],
  judge: (body: BodyNamed<Name>, about: About<Input>) => Verdict<Step>,
): Expectation<Input, Step> {
  const on: readonly Name[] = typeof names === 'string' ? [names] : names;
  return { on, judge: (body, about) => judge(body as BodyNamed<Name>, about) };
}

/** The end of the connection that it was sent on. */
export function whenClosed<Step extends string>(
  judge: (reason: CloseReason) => Verdict<Step>,
): Expectation<unknown, Step> {
  return { on: 'closed', judge };
}

/** This machine program sends nothing that would prove it; the reason is for whoever reads the row. */
export interface Never {
  readonly never: string;
}
export const never = (reason: string): Never => ({ never: reason });

/** What is expected next: any of these, within this time of the stage before it, the first of being sent. */
export interface Stage<Input, Step extends string = string> {
  /** ms */
  readonly within: number;
  readonly anyOf: readonly Expectation<Input, Step>[];
}

/** Stages in their order; a verdict `passed` leads from one to the next. */
export type Proof<Input, Step extends string = string> = Never | readonly Stage<Input, Step>[];

/** Of one stage of a proof. */
export interface StageFacts {
  /** ms */
  readonly within: number;
  /** Names of the machine's messages that say something in it. */
  readonly messages: readonly string[];
}

export const stagesOf = (proof: Proof<never>): readonly StageFacts[] =>
  'never' in proof
    ? []
    : proof.map(({ within, anyOf }) => ({
        within,
        messages: anyOf.flatMap(({ on }) => (on === 'closed' ? [] : on)),
      }));
