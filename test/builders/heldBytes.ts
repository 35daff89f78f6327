import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of buffers that something still holds: what only waits to be collected is none of them. */
export function heldBytes(): number {
  // What the first frees is given back beside it: the second waits for that.
  collect();
  collect();
  return process.memoryUsage().arrayBuffers;
}
