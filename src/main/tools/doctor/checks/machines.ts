/** Runs the real machine server on a free loopback port and checks its answers to a machine's first messages. Nothing is stored. */
import { connect, type Server } from 'node:net';
import { finding, type DoctorResult } from '#shared/doctor';
import { defaultMachineConfig } from '#shared/model/machine';
import { MachineServer } from '../../../machines/embed';
import { encodeFrame } from '../../../core/protocol/encode';
import { EntryLog } from '../../../core/state/entryLog';
import { Fleet } from '../../../core/state/fleet';
import type { Computer } from '../computer';
import { within } from '../../../lib/net/within';
import { closed, listenOnLoopback } from '../selfTest';

const vmcNo = 1;

export async function machines(
  _computer: Computer,
  listen: (server: Server) => Promise<number> = listenOnLoopback,
): Promise<readonly DoctorResult[]> {
  const fleet = new Fleet();
  const log = new EntryLog(fleet);
  const server = new MachineServer({
    now: Date.now,
    log,
    machine: (number, message) => fleet.machineBefore(number, message),
    connection: (conn) => fleet.connections.get(conn),
    config: () => defaultMachineConfig,
    code: () => null,
    directLink: () => null,
    verification: () => 'unverifiable',
    paymentTypes: () => [],
    isKnown: () => false,
    crowded: () => undefined,
    // A problem closes the connection, and the check reports that.
    problem: () => undefined,
  });
  const listening = server.createServer();
  try {
    await within(
      listen(listening).then((port) =>
        asMachine(port, [
          [{ cmd: 'login', vmc_no: vmcNo, version: '1' }, '"cmd":"login_r"'],
          [{ cmd: 'hb', vmc_no: vmcNo }, '"cmd":"hb"'],
        ]),
      ),
    );
    return [finding('machines', 'answered', {})];
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return [finding('machines', 'silent', { detail })];
  } finally {
    server.closeAll('shutdown');
    await closed(listening);
  }
}

type Exchange = readonly [message: Readonly<Record<string, string | number>>, answer: string];

/** Sends the messages in order, each after the answer to the one before. */
function asMachine(port: number, conversation: readonly Exchange[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const waiting = [...conversation];
    let heard = '';
    const say = (): void => {
      const next = waiting[0];
      if (next === undefined) {
        socket.destroy();
        resolve();
        return;
      }
      const frame = encodeFrame(next[0], 'decimal');
      if (frame.ok) socket.write(frame.bytes);
    };
    socket.on('connect', say);
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString('latin1');
      const [, answer] = waiting[0] ?? [];
      if (answer === undefined || !heard.includes(answer)) return;
      heard = '';
      waiting.shift();
      say();
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the connection was closed')));
  });
}
