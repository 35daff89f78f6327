/** Ports that a test closes and reopens. */
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Above the usual ports of servers and below the ephemeral ports of Linux (32768), macOS and Windows (49152). */
const [first, count] = [12_000, 8_000];
/** Ports of each worker of a run. The start within its range differs between runs. */
const part = count / 8;
const begin = first + (Number(process.env['VITEST_POOL_ID'] ?? 0) % 8) * part;
let last = (process.pid * 50) % part;

/**
 * A free port of 127.0.0.1 outside the system's ephemeral range. While closed it stays free, whatever connections
 * other tests open.
 */
export async function ownPort(): Promise<number> {
  for (;;) {
    // The neighbouring port stays free too.
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
