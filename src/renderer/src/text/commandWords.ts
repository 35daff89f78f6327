/** Commands in words: what was asked, step by step what came of it, and what is still missing. */
import { commands, type CommandName, type Proof } from '#shared/catalog/commands';
import { openStates, type Command, type CommandState, type CommandStep } from '#shared/model/command';
import type { JsonObject } from '#shared/model/json';
import { anyKey } from './anyKey';
import type { Words } from './words';

/** What the window knows beside the command. */
export interface CommandFacts {
  readonly productName?: (productId: number) => string | null;
}

/** "Brew product 101, strong 3, milk 2, sugar 0". Main adds facts of its own to the input; they are passed over. */
export function commandWords(
  words: Words,
  { name, input }: Pick<Command, 'name' | 'input'>,
  facts: CommandFacts = {},
): string {
  return inputWords(words, name, input, facts) ?? words.t(`command.${name}.name`);
}

/** `null`: the name says it all, or the input was written by another version. */
function inputWords(words: Words, name: CommandName, input: JsonObject, facts: CommandFacts): string | null {
  const { t } = words;
  switch (name) {
    case 'openDoor': {
      const { data } = commands.openDoor.input.strip().safeParse(input);
      return data === undefined || data.spelling === 'opendoor'
        ? null
        : t('command.openDoor.fullOther', data);
    }
    case 'makeDrink': {
      const { data } = commands.makeDrink.input.strip().safeParse(input);
      if (data === undefined) return null;
      const drink = facts.productName?.(data.productId) ?? null;
      return drink === null
        ? t('command.makeDrink.full', data)
        : t('command.makeDrink.fullNamed', { ...data, name: drink });
    }
    case 'setPrices': {
      const { data } = commands.setPrices.input.strip().safeParse(input);
      const first = data?.prices[0];
      if (data === undefined || first === undefined) return null;
      const count = data.prices.length;
      // Chinese has no singular of its own, but one price is worth naming in both.
      return count === 1
        ? t('command.setPrices.fullOne', { first: first.productId, price: words.yuan(first.price) })
        : t('command.setPrices.full', { count });
    }
    case 'setDiscount': {
      const { data } = commands.setDiscount.input.strip().safeParse(input);
      return data === undefined ? null : t('command.setDiscount.full', data);
    }
    case 'answerQr': {
      const { data } = commands.answerQr.input.strip().safeParse(input);
      return data === undefined ? null : t('command.answerQr.full', data);
    }
    case 'payResult': {
      const { data } = commands.payResult.input.strip().safeParse(input);
      if (data === undefined) return null;
      const { orderNo, payType } = data;
      return data.paid
        ? t('command.payResult.fullPaid', { orderNo, payType, amount: words.yuan(data.amount) })
        : t('command.payResult.fullNotPaid', { orderNo });
    }
    case 'upgrade': {
      // Main adds what the package must bring.
      const { version, fileName } = input;
      return typeof version === 'string' && typeof fileName === 'string'
        ? t('command.upgrade.full', { version, file: fileName })
        : null;
    }
    case 'rinse':
    case 'reboot':
    case 'queryStatus':
    case 'querySupplies':
      return null;
  }
}

/** Never "done" because it was sent. */
export function outcomeWords({ t }: Words, command: Command): string {
  return t(`commandState.${endOf(command)}.name`);
}

export function outcomeNote({ t }: Words, command: Command): string {
  return t(`commandState.${endOf(command)}.note`);
}

/** The state, but for two ends that it alone would tell wrongly. */
function endOf({ state, sentAt, steps }: Command): CommandState | 'unsent' | 'replaced' {
  if (state !== 'expired') return state;
  if (sentAt === null) return 'unsent';
  const last = steps.at(-1)?.what;
  return last === 'otherSpelling' || last === 'replaced' ? 'replaced' : state;
}

const offerProblems = ['updatesOff', 'updatesUnreachable', 'unknownPackage'] as const;

const fen: ReadonlySet<string> = new Set(['amount', 'expected']);
const sizes: ReadonlySet<string> = new Set(['bytes', 'sent', 'total']);

export function stepWords(words: Words, { what, params }: CommandStep): string {
  const { t } = words;
  const { version } = params;
  if (what === 'loggedIn' && version !== undefined && version !== '')
    return t('commandStepMore.loggedIn', { version: String(version) });
  if (what === 'notOffered') {
    const code = offerProblems.find((known) => known === params['code']) ?? 'other';
    return t('commandStep.notOffered', { reason: t(`command.upgrade.notOffered.${code}`) });
  }
  const readable: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(params)) {
    // Versions that differ are texts; only amounts are numbers under these names.
    if (fen.has(name) && typeof value === 'number') readable[name] = words.yuan(value);
    else if (sizes.has(name) && typeof value === 'number') readable[name] = words.bytes(value);
    else readable[name] = value;
  }
  if (readable['reason'] === undefined || readable['reason'] === '')
    readable['reason'] = t('commandStepMore.noReason');
  return anyKey(t)(`commandStep.${what}`, readable);
}

/** Steps of the same kind one after the other, told as one: a price list is sent in frames and proved product by product. */
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
export function stepGroupWords(words: Words, { last, count }: StepGroup): string {
  const step = stepWords(words, last);
  return count === 1 ? step : words.t('commandStepMore.times', { step, count });
}

/** What an open command waits for; `null` when it is over. */
export function waitingWords(words: Words, command: Command): string | null {
  const { t } = words;
  const { name, state, steps, awaited, platform } = command;
  if (!openStates.has(state)) return null;
  if (state === 'queued') return t('commandWaitingMore.connection');
  const proof: Proof = commands[name].proof[platform ?? 'linux'];
  const seen = (what: CommandStep['what']): boolean => steps.some((step) => step.what === what);
  if (proof === 'restart' && seen('connectionClosed')) return t('commandWaitingMore.login');
  if (proof === 'version') {
    const fetched = steps.findLast(({ what }) => what.startsWith('download'))?.what;
    if (fetched === 'downloadEnded') return t('commandWaitingMore.install');
    if (fetched === 'downloadBroke') return t('commandWaitingMore.fetchAgain');
  }
  if (proof === 'amounts' && awaited.length > 0)
    return t('commandWaitingMore.products', { count: awaited.length });
  return t(`commandWaiting.${proof}`);
}

/** How long it took, or takes; what is over quickly to a tenth of a second. */
export function commandLength(words: Words, { createdAt, endedAt }: Command, now: number): string {
  const ms = (endedAt ?? now) - createdAt;
  return endedAt !== null && ms < 10_000
    ? words.t('time.s', { s: (ms / 1_000).toFixed(1) })
    : words.duration(ms);
}

/** Time of day to the second. */
export const timeOfDay = (words: Words, at: number): string => words.clock(at).slice(0, 8);
