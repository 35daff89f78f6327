/** Ports that a test closes and listens at again. */
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Above what servers usually take and below what Linux (32768), macOS and Windows (49152) give to whoever asks for any. */
const [first, count] = [12_000, 8_000];
/** Of each worker of a run; where in its part it begins differs from run to run. */
const part = count / 8;
const begin = first + (Number(process.env['VITEST_POOL_ID'] ?? 0) % 8) * part;
let last = (process.pid * 50) % part;

/**
 * A port of 127.0.0.1 that is free and that nobody is given by the system: while it is closed it stays free, whatever other tests
 * connect from meanwhile.
 */
export async function ownPort(): Promise<number> {
  for (;;) {
    // The one beside it stays free too.
    last = (last + 2) % part;
    const port = begin + last;
    const holder = createServer().listen(port, '127.0.0.1');
    try {
      await once(holder, 'listening');
    } catch {
      continue;
    }
    holder.close();
    await once(holder, 'close');
    return port;
  }
}
