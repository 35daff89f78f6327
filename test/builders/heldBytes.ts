import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of buffers that something still holds: what only waits to be collected is none of them. */
export function heldBytes(): number {
  collect();
  return process.memoryUsage().arrayBuffers;
}
