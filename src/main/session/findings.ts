/** Findings about a message as a whole: by comparison with the machine's state, and by the message's row. */
import type { Finding } from '#shared/findings';
import { messages } from '#shared/messages/index';
import type { FindingContext } from '#shared/messages/row';
import type { MachineConfig, MachineState, SignResult } from '#shared/model/machine';
import type { MachineMessage } from '#shared/model/message';

/** Gaps and restarts of a machine's own counting (le48 padding [field]), also across its connections. */
export function sequenceFindings(sequence: number | null, machine: MachineState | null): readonly Finding[] {
  const last = machine?.sequence ?? null;
  if (sequence === null || last === null || sequence === last + 1) return none;
  // A constant padding is no sequence.
  if (sequence === last) return none;
  const params = { expected: last + 1, got: sequence };
  return [{ code: sequence > last ? 'seq.gap' : 'seq.restart', params }];
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
