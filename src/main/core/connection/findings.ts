/** Findings about a message as a whole: from the machine's state, and from the message's row. */
import type { Finding } from '#shared/findings';
import { messages } from '#shared/messages/index';
import type { FindingContext } from '#shared/messages/row';
import type { MachineConfig, MachineState, SignResult } from '#shared/model/machine';
import type { MachineMessage } from '#shared/model/message';

/** Largest values of known counters, which start again afterwards. */
const fullCounters: ReadonlySet<number> = new Set([2 ** 8 - 1, 2 ** 16 - 1, 2 ** 31 - 1, 2 ** 32 - 1]);
/** [ours] A frame up to this many numbers behind the last one is late, as in a capture merged from several. */
const latest = 16;

/** Late, not a restarted counter: a restarted counter begins with 0 or 1. */
const isLate = (sequence: number, last: number): boolean =>
  sequence < last && last - sequence <= latest && (sequence > 1 || last <= 3);

/** The number to compare the next frame with. */
export const sequenceAfter = (sequence: number | null, last: number | null): number | null =>
  sequence === null || (last !== null && isLate(sequence, last)) ? last : sequence;

/**
 * Gaps and restarts of a machine's frame counter (le48 padding [field]), also across its connections. `isFirst`: first frame of the
 * connection. A program may restart the counter with each connection, so that case is not a finding.
 */
export function sequenceFindings(
  sequence: number | null,
  machine: MachineState | null,
  isFirst: boolean,
): readonly Finding[] {
  const last = machine?.sequence ?? null;
  if (sequence === null || last === null || sequence === last + 1) return none;
  // A constant padding is not a sequence.
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
  /** The machine's state before the message. */
  readonly machine: MachineState | null;
}

/** The connection that received a message. */
export interface MessageConnection {
  /** Its machine number before the message. */
  readonly known: number | null;
  /** Whether it has logged in, including this message. */
  readonly loggedIn: boolean;
}

const none: readonly Finding[] = [];

type OwnFindings = (message: MachineMessage, context: FindingContext) => readonly Finding[];
const own: ReadonlyMap<string, OwnFindings> = new Map(
  messages.flatMap((row) =>
    row.direction === 'in' && row.findings !== null
      ? // Each function only receives messages of its own row.
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
