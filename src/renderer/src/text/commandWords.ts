/** Texts about commands: the request, its steps, and the missing proof. */
import type { CommandName } from '#shared/commands/index';
import { hasStep, lastStep, type StepParams } from '#shared/commands/kit/given';
import { requestText, rowOf, wasReplaced } from '#shared/commands/kit/rows';
import { remarksCounted } from '#shared/commands/kit/steps';
import { lookupErrorCode } from '#shared/errors/codes';
import { openStates, type Command, type CommandState, type CommandStep } from '#shared/model/command';
import { anyKey } from './t';
import { readableParams } from './readable';
import { hindranceWords } from './hindranceWords';
import type { Words } from './words';

/** Facts of the window that the command lacks. */
export interface CommandFacts {
  readonly productName?: (productId: number) => string | null;
}

/** The part of an ended command that says how it ended. */
export type EndedCommand = Pick<Command, 'name' | 'input' | 'state' | 'steps' | 'sentAt'>;

const noName = (): null => null;

/** "Brew product 101, strong 3, milk 2, sugar 0". Members that main adds to the input are skipped. */
export function commandWords(
  words: Words,
  { name, input }: Pick<Command, 'name' | 'input'>,
  { productName = noName }: CommandFacts = {},
): string {
  const brief = requestText(name, input, { productName });
  // The name is sufficient, or another version wrote the input.
  if (brief === null) return words.t(`command.${name}.name`);
  const [key, params] = brief;
  return anyKey(words.t)(`command.${name}.says.${key}`, readableParams(words, params));
}

/** A short label, beside the order that the command belongs to. */
export function briefWords({ t }: Words, { name, input }: Pick<Command, 'name' | 'input'>): string {
  const brief = requestText(name, input, { productName: noName });
  return brief === null ? t(`command.${name}.name`) : anyKey(t)(`command.${name}.form.${brief[0]}`);
}

/** The reason for offering a retry, and the button's label. */
export function retryWords(
  { t }: Words,
  name: CommandName,
  what: 'why' | 'send',
  params: Readonly<Record<string, unknown>>,
): string {
  return anyKey(t)(`command.${name}.retry.${what}`, params as StepParams);
}

/** Never "done" only because the command was sent. */
export function outcomeWords({ t }: Words, command: EndedCommand): string {
  return t(`commandState.${endOf(command)}.name`);
}

export function outcomeNote({ t }: Words, command: Command): string {
  return t(`commandState.${endOf(command)}.note`);
}

const unproved: ReadonlySet<CommandState> = new Set(['sent', 'expired', 'unconfirmable']);

/** The outcome: the state, refined for five ends. */
function endOf(
  command: EndedCommand,
): CommandState | 'unsent' | 'replaced' | 'stopped' | 'perhaps' | 'unverified' {
  const { state, sentAt, steps } = command;
  if (unproved.has(state) && hasStep({ steps }, 'sentPerhaps')) return 'perhaps';
  if (state === 'unconfirmable' && hasStep({ steps }, 'provedUnverified')) return 'unverified';
  if (state !== 'expired') return state;
  if (sentAt === null) return 'unsent';
  if (wasReplaced(command)) return 'replaced';
  return hasStep({ steps }, 'stoppedWaiting') ? 'stopped' : state;
}

const offerProblems = ['updatesOff', 'updatesUnreachable', 'unknownPackage'] as const;

export function stepWords(words: Words, name: CommandName, step: CommandStep): string {
  const { t } = words;
  const once = onceWords(words, name, step);
  const count = Number(step.params['times'] ?? 1);
  if (count === 1) return once;
  const key = count < remarksCounted ? 'times' : 'timesOrMore';
  return t(`commandStepMore.${key}`, { step: once, count });
}

function onceWords(words: Words, name: CommandName, { what, at, params }: CommandStep): string {
  const { t } = words;
  const { version } = params;
  if (what === 'loggedIn' && version !== undefined && version !== '')
    return t('commandStepMore.loggedIn', { version: String(version) });
  const { since } = params;
  if (what === 'noProof' && since !== undefined)
    return t('commandStepMore.nothingHeard', { time: words.moment(Number(since), at) });
  if (what === 'notOffered') {
    const code = offerProblems.find((known) => known === params['code']) ?? 'other';
    return t('commandStep.notOffered', { reason: t(`commandOffer.${code}`) });
  }
  if (what === 'notNow' || what === 'acceptedReason') {
    const { why, ...more } = params;
    const reason = hindranceWords(words, name, { why: String(why), params: more });
    return t(`commandStep.${what}`, { reason });
  }
  if (what === 'noticeNotTrusted') return notTrustedWords(words, params);
  const { reason, after } = params;
  const isCode =
    (what === 'machineSaidFailed' || what === 'drinkFailed') &&
    typeof reason === 'string' &&
    lookupErrorCode(reason) !== null;
  const known = {
    ...params,
    // Earlier versions did not store this duration.
    ...(after === undefined && { after: t('commandStepMore.someTime') }),
    reason:
      reason === undefined || reason === ''
        ? t('commandStepMore.noReason')
        : isCode
          ? t('commandStepMore.reasonOfCode', { reason: words.errorPhrase(reason), code: reason })
          : reason,
  };
  const room = Object.hasOwn(rowOf(name).steps, what) ? `command.${name}.steps` : 'commandStep';
  return anyKey(t)(`${room}.${what}`, readableParams(words, known));
}

function notTrustedWords({ t }: Words, { remoteAddress, why, status, reason }: StepParams): string {
  const claims = status === 'failed' && reason !== '' ? 'failedWith' : status;
  return t('commandStep.noticeNotTrusted', {
    remoteAddress: String(remoteAddress),
    status: anyKey(t)(`commandNotice.status.${String(claims)}`, { reason: String(reason) }),
    why: anyKey(t)(`commandNotice.why.${String(why)}`),
  });
}

/** Groups consecutive steps of the same kind: a price list is sent in several frames and proved product by product. */
export interface StepGroup {
  readonly last: CommandStep;
  readonly count: number;
}
export function groupSteps(steps: readonly CommandStep[]): readonly StepGroup[] {
  const groups: StepGroup[] = [];
  for (const step of steps) {
    const before = groups.at(-1);
    if (before?.last.what === step.what) groups[groups.length - 1] = { last: step, count: before.count + 1 };
    else groups.push({ last: step, count: 1 });
  }
  return groups;
}
export function stepGroupWords(words: Words, name: CommandName, { last, count }: StepGroup): string {
  const step = stepWords(words, name, last);
  return count === 1 ? step : words.t('commandStepMore.times', { step, count });
}

/** Whether its last step only repeats that nothing confirmed it. */
export function givesNoReason(command: EndedCommand): boolean {
  const last = lastStep(command);
  return last?.what === 'noProof' && last.params['since'] === undefined && !isAsBefore(command);
}

const isAsBefore = ({ steps }: EndedCommand): boolean => steps.some(({ what }) => sameVersionSteps.has(what));

/** Why an ended command needs attention, and the remedy for the machine's own reason, if one is known. */
export function commandFailure(
  words: Words,
  command: EndedCommand,
): {
  readonly why: string;
  readonly remedy: string | null;
  readonly isSameVersion: boolean;
  readonly hasOldVersion: boolean;
} {
  const { name, steps } = command;
  const failure = steps.findLast(({ what }) => what === 'machineSaidFailed' || what === 'drinkFailed');
  const code = failure === undefined ? '' : String(failure.params['reason'] ?? '');
  if (lookupErrorCode(code) !== null)
    return {
      why: words.errorPhrase(code),
      remedy: words.errorRemedy(code),
      isSameVersion: false,
      hasOldVersion: false,
    };
  const same = steps.findLast(({ what }) => sameVersionSteps.has(what));
  const last = same ?? steps.at(-1);
  const why = last === undefined ? outcomeWords(words, command) : stepWords(words, name, last);
  return {
    why: why.replace(/[.。]$/, ''),
    remedy: null,
    isSameVersion: same !== undefined,
    // A dropped link alone brings the old version too, and a later download may still be installed.
    hasOldVersion: steps.at(-1)?.what === 'notApplied',
  };
}

/** Steps of an upgrade after which the machine has its old version. */
const sameVersionSteps: ReadonlySet<string> = new Set(['versionSame', 'alreadyThere', 'notApplied']);

/** The awaited event of an open command, unless its last step already names it; `null`: also for an ended command. */
export function waitingWords(words: Words, command: Command): string | null {
  const { t } = words;
  const { name, state } = command;
  if (!openStates.has(state)) return null;
  if (state === 'queued') {
    const last = lastStep(command)?.what;
    // The last step already names it.
    if (last === 'waitsFor' || last === 'waitsForSlot') return null;
    return t(last === 'queued' ? 'commandStepMore.connection' : 'commandStepMore.turn');
  }
  const [key, params] = rowOf(name).waiting(command);
  return anyKey(t)(`command.${name}.waits.${key}`, params);
}

/** The duration so far or in total; short ones to a tenth of a second. */
export function commandLength(words: Words, { createdAt, endedAt }: Command, now: number): string {
  const ms = (endedAt ?? now) - createdAt;
  return endedAt !== null && ms < 10_000
    ? words.t('time.s', { s: (ms / 1_000).toFixed(1) })
    : words.duration(ms);
}

/** Time of day to the second. */
export const timeOfDay = (words: Words, at: number): string => words.clock(at).slice(0, 8);
