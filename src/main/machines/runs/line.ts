/** Pure functions for one machine of a run: the start of a step, the effect of command news, and the end. */
import { rowOf } from '#shared/commands/kit/rows';
import type { AppError } from '#shared/contract/errors';
import type { Command, CommandStep } from '#shared/model/command';
import {
  openLineStates,
  type LineState,
  type LineStep,
  type Run,
  type RunCounts,
  type RunMachine,
  type StepOutcome,
} from '#shared/model/run';
import type { RunStep } from '#shared/model/sequence';

type Steps = Pick<Run, 'steps'>['steps'];

/** Outcomes after which the next step begins. */
const continuing: ReadonlySet<StepOutcome> = new Set<StepOutcome>([
  'confirmed',
  'withoutProof',
  'passedOver',
  'waited',
  'yes',
]);
/** The result is unknown, and the user did not accept that in advance. */
const isUnknown = (outcome: StepOutcome): boolean => outcome === 'unconfirmable';
/** Stopped by a user, or by the end of the run. */
const isStop: ReadonlySet<StepOutcome> = new Set<StepOutcome>(['no', 'cancelled', 'stopped']);

export const isOpen = ({ state }: RunMachine): boolean => openLineStates.has(state);
export const isBegun = ({ state }: RunMachine): boolean => state !== 'waiting';

/** True if the machine may still be given commands. False for a last command that only waits for its proof. */
export const hasMore = (line: RunMachine, steps: Steps): boolean =>
  isOpen(line) && (line.steps.length < steps.length || underWay(line)?.command == null);

const begun: LineStep = {
  at: 0,
  endedAt: null,
  outcome: null,
  command: null,
  last: null,
  error: null,
  until: null,
};

/** The current step; `null`: none. */
export function underWay({ steps }: RunMachine): LineStep | null {
  const last = steps.at(-1);
  return last?.outcome === null ? last : null;
}

/** The next step; `undefined`: all were begun. */
export const nextStep = ({ steps: taken }: RunMachine, steps: Steps): RunStep | undefined =>
  steps[taken.length];

function withLast(line: RunMachine, patch: Partial<LineStep>): RunMachine {
  const last = line.steps.at(-1);
  return last === undefined ? line : { ...line, steps: [...line.steps.slice(0, -1), { ...last, ...patch }] };
}

/** Shifts the end of a wait by `ms`, which may be negative. */
export function shiftWait(line: RunMachine, ms: number): RunMachine {
  const { until = null } = underWay(line) ?? {};
  return until === null ? line : withLast(line, { until: until + ms });
}

export function withStep(
  line: RunMachine,
  state: LineState,
  now: number,
  more: Partial<LineStep> = {},
): RunMachine {
  return { ...line, state, since: now, steps: [...line.steps, { ...begun, at: now, ...more }] };
}

/** Applies the outcome of the current step to its machine. */
export function afterStep(
  line: RunMachine,
  steps: Steps,
  outcome: StepOutcome,
  { now, mayGoOn, ...more }: { readonly now: number; readonly mayGoOn: boolean } & Partial<LineStep>,
): RunMachine {
  const next = withLast(line, { ...more, outcome, endedAt: now });
  const isLast = next.steps.length === steps.length;
  if (isStop.has(outcome)) return { ...next, state: 'stopped', since: now };
  if (isLast && (continuing.has(outcome) || isUnknown(outcome)))
    return { ...next, state: isProved(next) ? 'done' : 'unproven', since: now };
  if (!continuing.has(outcome)) return { ...next, state: 'failed', since: now };
  return mayGoOn ? { ...next, state: 'running', since: now } : { ...next, state: 'stopped', since: now };
}

const isProved = ({ steps }: RunMachine): boolean =>
  steps.every(({ outcome }) => outcome !== 'withoutProof' && outcome !== 'unconfirmable');

/** The machine does not begin, or its current step is not waited for. */
export function stopped(line: RunMachine, now: number): RunMachine {
  const left = underWay(line) === null ? line : withLast(line, { outcome: 'stopped', endedAt: now });
  return { ...left, state: 'stopped', since: now };
}

/** The outcome that a command's state means for its step; `null`: not ended. */
export function outcomeOf(command: Command, step: RunStep | undefined): StepOutcome | null {
  const { state, steps } = command;
  if (state === 'queued' || state === 'sent' || step?.do !== 'command') return null;
  if (state === 'failed' && step.optional && steps.at(-1)?.what === 'notOnPlatform') return 'passedOver';
  if (state === 'unconfirmable' && step.withoutProof) return 'withoutProof';
  return state;
}

/** The outcome of a refused command. */
export const outcomeOfRefusal = ({ code, params }: AppError, step: RunStep): StepOutcome =>
  step.do === 'command' && step.optional && code === 'commandNotPossible' && params['why'] === 'notOnPlatform'
    ? 'passedOver'
    : 'refused';

/** The command was certainly not written, through no fault of its own, and can be given again. */
export function isUnsent({ state, sentAt, steps }: Command): boolean {
  const last = steps.at(-1);
  if (state === 'expired') return sentAt === null;
  if (state !== 'failed') return false;
  return last?.what === 'sendFailed' || (last?.what === 'notOffered' && last.params['code'] === 'updatesOff');
}

/** The current step has not begun, so the machine gets another turn. */
export const sentBack = (line: RunMachine, now: number): RunMachine => ({
  ...line,
  state: 'waiting',
  since: now,
  wave: null,
  steps: underWay(line) === null ? line.steps : line.steps.slice(0, -1),
});

/**
 * The last step seen of the command. After a command was given up, a step of
 * its own row has more detail, such as another version.
 */
export const seen = (line: RunMachine, command: Command): RunMachine => {
  const last = lastSeen(command);
  return line.steps.at(-1)?.last === last ? line : withLast(line, { last });
};

function lastSeen({ name, steps }: Command): CommandStep | null {
  const end = steps.at(-1) ?? null;
  const isBare = end?.what === 'noProof' && end.params['since'] === undefined;
  const own = isBare ? steps.findLast(({ what }) => Object.hasOwn(rowOf(name).steps, what)) : null;
  return own ?? end;
}

/**
 * The proof arrived after the command was given up. The next steps do not
 * begin, because a person at the machine has left by then.
 */
export function provedLate(line: RunMachine, steps: Steps, command: Command): RunMachine {
  const place = line.steps.findIndex((step) => step.command === command.id);
  const step = line.steps[place];
  if (step === undefined || (step.outcome !== 'expired' && step.outcome !== 'stopped')) return line;
  const late: LineStep = { ...step, outcome: 'late', last: command.steps.at(-1) ?? null };
  const next = { ...line, steps: line.steps.with(place, late) };
  return place === steps.length - 1 ? { ...next, state: isProved(next) ? 'done' : 'unproven' } : next;
}

/** The reason for a failure, or news about a command that was given up, arrived later. */
export function explained(line: RunMachine, command: Command): RunMachine {
  const place = line.steps.findIndex((step) => step.command === command.id);
  const step = line.steps[place];
  const last = lastSeen(command);
  return step?.outcome !== command.state || step.last === last
    ? line
    : { ...line, steps: line.steps.with(place, { ...step, last }) };
}

export const noCounts: RunCounts = {
  waiting: 0,
  running: 0,
  asking: 0,
  done: 0,
  unproven: 0,
  failed: 0,
  stopped: 0,
  leftOut: 0,
};

export const moved = (counts: RunCounts, from: LineState, to: LineState): RunCounts =>
  from === to ? counts : { ...counts, [from]: counts[from] - 1, [to]: counts[to] + 1 };
