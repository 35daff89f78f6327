/** Ports that a test closes and listens at again. */
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Above what servers usually take and below what Linux (32768), macOS and Windows (49152) give to whoever asks for any. */
const [first, count] = [12_000, 8_000];
/** Other processes begin elsewhere. */
let last = (process.pid * 200) % count;

/**
 * A port of 127.0.0.1 that is free and that nobody is given by the system: while it is closed it stays free, whatever other tests
 * connect from meanwhile.
 */
export async function ownPort(): Promise<number> {
  for (;;) {
    // The one beside it stays free too.
    last = (last + 2) % count;
    const holder = createServer().listen(first + last, '127.0.0.1');
    try {
      await once(holder, 'listening');
    } catch {
      continue;
    }
    holder.close();
    await once(holder, 'close');
    return first + last;
  }
}
