/** Common code of both self-tests: listening on a free loopback port, and closing. */
import type { Server } from 'node:net';

export function listenOnLoopback(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error('it has no port'));
    });
  });
}

/** Stops listening and resolves when every connection has ended. */
export async function closed(server: Server): Promise<void> {
  await new Promise((resolve) => {
    server.close(resolve);
  });
}
