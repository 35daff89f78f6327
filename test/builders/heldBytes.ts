import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of buffers that are still referenced, without buffers that only wait for collection. */
export function heldBytes(): number {
  // The first collection frees memory in the background; the second waits for that.
  collect();
  collect();
  return process.memoryUsage().arrayBuffers;
}
