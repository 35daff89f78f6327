/** A TCP connection through a bad network: bytes arrive late and in pauses, and a test can cut it. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Random } from '../../src/main/tools/simulator/random';

export interface WeakLink {
  readonly port: number;
  /** `false`: from now on everything arrives at once. */
  isWeak: boolean;
  /** Cuts all connections. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
}

/** ms that bytes are held back at most. Longer than Crema waits for one answer. */
const longest = 5_000;

export async function weakLink(target: number, seed: number): Promise<WeakLink> {
  const random = new Random(seed);
  const below = (limit: number): number => Math.floor(random.next() * limit);
  const sockets = new Set<Socket>();
  const pass = (from: Socket, to: Socket): void => {
    let before = Promise.resolve();
    from.on('data', (bytes: Buffer) => {
      const roll = link.isWeak ? below(100) : 99;
      const wait = roll < 6 ? below(longest) : roll < 30 ? below(200) : 0;
      const earlier = before;
      const arrive = async (): Promise<void> => {
        await earlier;
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        if (!to.destroyed) to.write(bytes);
      };
      before = arrive();
    });
    from.once('close', () => to.destroy());
    from.on('error', () => undefined);
    sockets.add(from);
  };
  const server: Server = createServer((socket) => {
    const upstream = connect(target, '127.0.0.1');
    pass(socket, upstream);
    pass(upstream, socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const link: WeakLink = {
    port: (server.address() as AddressInfo).port,
    isWeak: true,
    cut: () => {
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return link;
}
