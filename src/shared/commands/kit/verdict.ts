/** Expectations of a command, and the verdicts of messages and closed connections about it. */
import type { CloseReason } from '../../model/frame';
import type { JsonObject } from '../../model/json';
import type { MachineState } from '../../model/machine';
import type { MachineMessage } from '../../model/message';
import { elapsed } from '../../model/restarts';
import { lateAfter } from '../../model/timing';
import type { GivenCommand, StepParams } from './given';

/** Further changes. */
interface More {
  /** Time of the event, if different from the entry's. */
  readonly at?: number;
  /** The evidence, if it is not the judged entry. */
  readonly entry?: number | null;
  /** The wait ends at this time at the latest. */
  readonly until?: number;
  /** Parts that are still unproved. */
  readonly awaited?: readonly number[];
}
export type Verdict<Step extends string = string> =
  | { readonly kind: 'notMine' }
  | ({
      /** `step`: the stage continues. `passed`: the next stage begins. The others end the command. */
      readonly kind: 'step' | 'passed' | 'confirmed' | 'failed' | 'unconfirmable';
      readonly what: Step;
      readonly params: StepParams;
    } & More);

const none: StepParams = {};
const verdictOf =
  (kind: 'step' | 'passed' | 'confirmed' | 'failed' | 'unconfirmable') =>
  <Step extends string>(what: Step, params = none, more: More = {}): Verdict<Step> => ({
    kind,
    what,
    params,
    ...more,
  });

export const notMine: Verdict<never> = { kind: 'notMine' };
export const step = verdictOf('step');
export const passed = verdictOf('passed');
export const confirmed = verdictOf('confirmed');
export const failed = verdictOf('failed');
export const unconfirmable = verdictOf('unconfirmable');

/** The context of a judgement. */
export interface About<Input> {
  readonly command: GivenCommand;
  readonly input: Input;
  /** The input with the facts stored when the command was given. */
  readonly facts: JsonObject;
  readonly at: number;
  /** The connection of the message. */
  readonly conn: number;
  /** The frame's number, if the head has one. */
  readonly sequence: number | null;
  /** The machine's state before the message. */
  readonly before: MachineState | null;
  /** The machine's queued and sent commands at that time, with or without this one. */
  readonly running: readonly GivenCommand[];
}

/** Delay after the command. For a frame with several possible causes it is the only evidence. */
export const seenAfter = ({
  at,
  command: { sentAt },
}: Pick<About<unknown>, 'at' | 'command'>): StepParams => ({
  after: at - (sentAt ?? at),
});

/** ms since the command was sent, whatever happened to this computer's clock; `Infinity`: unknown, or not sent. */
export function sinceSent({
  at,
  before,
  command,
}: Pick<About<unknown>, 'at' | 'before' | 'command'>): number {
  const { sentAt, steps } = command;
  if (sentAt === null) return Infinity;
  const sent = steps.find((one) => one.what === 'sent' && one.at === sentAt);
  return elapsed(before, sentAt, at, sent?.entry ?? null);
}

/** Whether the message may be an immediate answer: soon after the command and on the same connection. */
export const isAtOnce = (about: Pick<About<unknown>, 'at' | 'before' | 'conn' | 'command'>): boolean =>
  sinceSent(about) <= lateAfter && about.conn === about.command.conn;

type MessageName = MachineMessage['cmd'];
/** The body of a machine's message with this name. */
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

/** Expects a message with this name, or one of these. */
export function when<Name extends MessageName, Input, Step extends string>(
  names: Name | readonly Name[],
  judge: (body: BodyNamed<Name>, about: About<Input>) => Verdict<Step>,
): Expectation<Input, Step> {
  const on: readonly Name[] = typeof names === 'string' ? [names] : names;
  return { on, judge: (body, about) => judge(body as BodyNamed<Name>, about) };
}

/** Expects the end of the command's connection. */
export function whenClosed<Step extends string>(
  judge: (reason: CloseReason) => Verdict<Step>,
): Expectation<unknown, Step> {
  return { on: 'closed', judge };
}

/** The machine's program sends no proof. The reason is for readers of the row. */
export interface Never {
  readonly never: string;
}
export const never = (reason: string): Never => ({ never: reason });

/** The next expectation: any of these, within this time after the previous stage, the first after sending. */
export interface Stage<Input, Step extends string = string> {
  /** ms */
  readonly within: number;
  readonly anyOf: readonly Expectation<Input, Step>[];
}

/** Stages in order. The verdict `passed` leads to the next one. */
export type Proof<Input, Step extends string = string> = Never | readonly Stage<Input, Step>[];

/** Facts about one stage of a proof. */
export interface StageFacts {
  /** ms */
  readonly within: number;
  /** Names of the machine's messages that can be evidence. */
  readonly messages: readonly string[];
}

export const stagesOf = (proof: Proof<never>): readonly StageFacts[] =>
  'never' in proof
    ? []
    : proof.map(({ within, anyOf }) => ({
        within,
        messages: anyOf.flatMap(({ on }) => (on === 'closed' ? [] : on)),
      }));
