/** Findings about a message as a whole: by comparison with the machine's state, and by the message's row. */
import type { Finding } from '#shared/findings';
import { messages } from '#shared/messages/index';
import type { FindingContext } from '#shared/messages/row';
import type { MachineConfig, MachineState, SignResult } from '#shared/model/machine';
import type { MachineMessage } from '#shared/model/message';

/** Counters that programs are known to have: after it the count begins anew. */
const fullCounters: ReadonlySet<number> = new Set([2 ** 8 - 1, 2 ** 16 - 1, 2 ** 31 - 1, 2 ** 32 - 1]);
/** [ours] So many numbers behind the last a frame comes late, as in a capture put together of several. */
const latest = 16;

/** Late, not counted anew: a count that begins anew begins with 0 or 1. */
const isLate = (sequence: number, last: number): boolean =>
  sequence < last && last - sequence <= latest && (sequence > 1 || last <= 3);

/** The number that the next frame is compared with. */
export const sequenceAfter = (sequence: number | null, last: number | null): number | null =>
  sequence === null || (last !== null && isLate(sequence, last)) ? last : sequence;

/**
 * Gaps and restarts of a machine's own counting (le48 padding [field]), also across its connections. `isFirst`: of its connection; a program may
 * count each connection anew, so that there it is no restart.
 */
export function sequenceFindings(
  sequence: number | null,
  machine: MachineState | null,
  isFirst: boolean,
): readonly Finding[] {
  const last = machine?.sequence ?? null;
  if (sequence === null || last === null || sequence === last + 1) return none;
  // A constant padding is no sequence.
  if (sequence === last) return none;
  const params = { expected: last + 1, got: sequence };
  if (sequence > last) return [{ code: 'seq.gap', params }];
  const isNone = isFirst || isLate(sequence, last) || (fullCounters.has(last) && sequence <= 1);
  return isNone ? none : [{ code: 'seq.restart', params }];
}

/** The state a message is compared with. */
export interface MessageContext {
  readonly now: number;
  readonly config: MachineConfig;
  /** The machine the message is about, as known before it. */
  readonly machine: MachineState | null;
}

/** The connection a message came on. */
export interface MessageConnection {
  /** Its machine number before the message. */
  readonly known: number | null;
  /** Whether it has logged in, this message included. */
  readonly loggedIn: boolean;
}

const none: readonly Finding[] = [];

type OwnFindings = (message: MachineMessage, context: FindingContext) => readonly Finding[];
const own: ReadonlyMap<string, OwnFindings> = new Map(
  messages.flatMap((row) =>
    row.direction === 'in' && row.findings !== null
      ? // Each is only ever given messages of its own row.
        [[row.cmd, row.findings as unknown as OwnFindings] as const]
      : [],
  ),
);

export function messageFindings(
  message: MachineMessage,
  sign: SignResult | null,
  { now, config, machine }: MessageContext,
  { known: number, loggedIn }: MessageConnection,
): readonly Finding[] {
  const ofRow =
    own.get(message.cmd)?.(message, { now, machine, sign, signPolicy: config.signPolicy }) ?? none;
  const isOther = number !== null && message.vmcNo !== null && message.vmcNo !== number;
  const isEarly = !loggedIn && number === null;
  if (!isOther && !isEarly) return ofRow;
  const found: Finding[] = [];
  if (isOther) found.push({ code: 'vmcNo.changed', params: { from: number, to: message.vmcNo } });
  if (isEarly) found.push({ code: 'login.missing' });
  return [...found, ...ofRow];
}
