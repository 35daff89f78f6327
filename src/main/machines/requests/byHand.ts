/**
 * A custom message goes to a machine unchanged, but never where it would lose the proof of a command.
 * A connection without proved identity gets the message only after the person has confirmed it.
 */
import { commandsIn } from '#shared/compose/commandsIn';
import type { CommandName } from '#shared/commands/index';
import { needsVerified } from '#shared/commands/kit/rows';
import type { AppError } from '#shared/contract/errors';
import type { Args as RequestArgs, ReplyValue } from '#shared/contract/requests/index';
import type { Verification } from '#shared/model/verified';
import type { Connection } from '../link/connection';
import type { OutgoingFrame } from '../../tools/replay/api';
import type { CommandQueue } from '../commands/commandQueue';
import type { ByHand } from '../../core/connection/byHand';
import type { LegName } from '../../core/connection/policy';

type Args = RequestArgs<'sendFrame'>;
/** The frame's number in the journal. */
type SentFrame = ReplyValue<'sendFrame'> | AppError;

export interface Sending {
  readonly queue: Pick<CommandQueue, 'turn' | 'goesFirst'>;
  /** Whether the machine on its connection has proved its identity. */
  readonly verification: (vmcNo: number) => Verification;
  readonly server: {
    readonly connectionOf: (
      vmcNo: number,
    ) => Pick<Connection, 'isRelayed' | 'isBetweenFrames' | 'sendByHand'> | undefined;
  };
}

/** `null`: the machine is not connected. */
export function sendByHand(
  sending: Sending,
  { vmcNo, content, to, anyway }: Args,
): Promise<SentFrame | null> {
  const { written, mayBe } = writtenOf(content);
  return sendWritten(sending, { vmcNo, written, mayBe, to: to ?? 'machine', isAsked: anyway === true });
}

/** Sends a recorded frame again, like a custom message. */
export function sendAgain(
  sending: Sending,
  vmcNo: number,
  { bytes, bodyStart, isHeadFree }: OutgoingFrame,
): Promise<SentFrame | null> {
  const body = Buffer.from(bytes).subarray(bodyStart);
  const written: ByHand = isHeadFree ? { as: 'body', body } : { as: 'bytes', bytes };
  const mayBe = commandsIn(body.toString('latin1'));
  return sendWritten(sending, { vmcNo, written, mayBe, to: 'machine', isAsked: false });
}

interface Sent {
  readonly vmcNo: number;
  readonly written: ByHand;
  /** Commands that a machine may read in the message. */
  readonly mayBe: readonly CommandName[];
  readonly to: LegName;
  /** The person confirmed sending to a machine without proved identity. */
  readonly isAsked: boolean;
}

async function sendWritten(
  { queue, server, verification }: Sending,
  { vmcNo, written, mayBe, to, isAsked }: Sent,
): Promise<SentFrame | null> {
  if (to === 'machine') {
    await queue.turn(vmcNo);
    const held = mayBe.find((name) => needsVerified(name, null));
    if (held !== undefined && !isAsked && verification(vmcNo) === 'unverified') return notVerified(held);
    const first = queue.goesFirst(vmcNo, mayBe);
    if (first !== null) return goesFirst(vmcNo, first.name);
  }
  const connection = server.connectionOf(vmcNo);
  if (to === 'server' && connection?.isRelayed === false) return { code: 'notRelayed', params: { vmcNo } };
  if (connection?.isBetweenFrames(to) === false) return { code: 'relayBusy', params: {} };
  const sent = connection?.sendByHand(written, to) ?? null;
  if (sent === null) return null;
  return 'tooLong' in sent ? { code: 'frameTooLong', params: { bytes: sent.tooLong } } : { id: sent.id };
}

const notVerified = (name: CommandName): AppError => ({
  code: 'commandNotPossible',
  params: { name, why: 'notVerified' },
});

const goesFirst = (vmcNo: number, behind: CommandName): AppError => ({
  code: 'commandGoesFirst',
  params: { vmcNo, behind },
});

/** The message, and the commands that a machine may read in it. */
function writtenOf(content: Args['content']): {
  readonly written: ByHand;
  readonly mayBe: readonly CommandName[];
} {
  if (content.as === 'text') return { written: content, mayBe: commandsIn(content.text) };
  const bytes = Buffer.from(content.hex, 'hex');
  return { written: { as: 'bytes', bytes }, mayBe: commandsIn(bytes.toString('latin1')) };
}
