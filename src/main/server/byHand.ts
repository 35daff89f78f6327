/** What a person wrote goes to a machine as it is, but never where it would lose the proof of a command. */
import { commandsIn } from '#shared/compose/commandsIn';
import type { CommandName } from '#shared/commands/index';
import type { AppError } from '#shared/contract/errors';
import type { MachineServer } from '../link/machineServer';
import type { CommandQueue } from '../session/commandQueue';
import type { ByHand } from '../session/connection/byHand';
import type { ServerCalls } from './calls';

type Args = ServerCalls['sendByHand']['args'];

interface Sending {
  readonly queue: Pick<CommandQueue, 'turn' | 'goesFirst'>;
  readonly server: Pick<MachineServer, 'connectionOf'>;
}

/** `null`: the machine is not connected. */
export async function sendByHand(
  { queue, server }: Sending,
  { vmcNo, content, to: end }: Args,
): Promise<ServerCalls['sendByHand']['result'] | null> {
  const { written, mayBe } = writtenOf(content);
  const to = end ?? 'machine';
  if (to === 'machine') {
    await queue.turn(vmcNo);
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

const goesFirst = (vmcNo: number, behind: CommandName): AppError => ({
  code: 'commandGoesFirst',
  params: { vmcNo, behind },
});

/** With the commands that a machine may take it for. */
function writtenOf(content: Args['content']): {
  readonly written: ByHand;
  readonly mayBe: readonly CommandName[];
} {
  if (content.as === 'text') return { written: content, mayBe: commandsIn(content.text) };
  const bytes = Buffer.from(content.hex, 'hex');
  return { written: { as: 'bytes', bytes }, mayBe: commandsIn(bytes.toString('latin1')) };
}
