/**
 * Connections from this computer to its own address. They show that the server answers there, and leave no
 * trace in the journal. Each uses a local port chosen in advance, which identifies it.
 */
import { connect, type Socket } from 'node:net';
import type { SelfTest } from '#shared/model/arrivals';
import { within } from '../../lib/net/within';

/** The dynamic port range. */
const firstPort = 49_152;
const ports = 65_536 - firstPort;
const tries = 5;
/** ms */
const limit = 5_000;

export class SelfTests {
  readonly #expected = new Map<number, () => void>();

  /** True if the connection is a self-test, which is then complete. */
  takes(socket: Socket): boolean {
    const { remoteAddress, remotePort = 0, localAddress } = socket;
    const answered = remoteAddress === localAddress ? this.#expected.get(remotePort) : undefined;
    if (answered === undefined) return false;
    // Close it at once: after an orderly end, the system would block the port for a while.
    socket.on('error', () => undefined).destroy();
    answered();
    return true;
  }

  async run(host: string, port: number): Promise<SelfTest> {
    let detail = '';
    for (let left = tries; left > 0; left -= 1) {
      const from = firstPort + Math.floor(Math.random() * ports);
      detail = await this.#try(host, port, from);
      // Another program uses the chosen local port.
      if (detail !== 'EADDRINUSE') break;
    }
    return { host, port, answered: detail === '', detail };
  }

  async #try(host: string, port: number, from: number): Promise<string> {
    if (this.#expected.has(from)) return 'EADDRINUSE';
    const accepted = new Promise<void>((resolve) => this.#expected.set(from, resolve));
    const socket = connect({ host, port, localAddress: host, localPort: from });
    const failed = new Promise<never>((_, reject) => socket.once('error', reject));
    try {
      await within(Promise.race([accepted, failed]), limit);
      return '';
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : 'TIMEOUT';
    } finally {
      this.#expected.delete(from);
      socket.destroy();
    }
  }
}
