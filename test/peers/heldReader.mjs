/**
 * Runs the script of a job, named by the first argument. The disk gives only the first piece of a file until `readOn` arrives.
 * A job that is stopped meanwhile stops as between any two pieces.
 */
import { open } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

let letOn = () => undefined;
const readOn = new Promise((resolve) => {
  letOn = resolve;
});
const script = process.argv[2];
const handle = await open(script);
const ofHandles = Object.getPrototypeOf(handle);
await handle.close();
const { read } = ofHandles;
/** @param {Buffer} buffer @param {number} offset @param {number} length @param {number} position */
ofHandles.read = async function readLater(buffer, offset, length, position) {
  if (position > 0) await readOn;
  return read.call(this, buffer, offset, length, position);
};

await import(pathToFileURL(script).href);
// After the job's own listener: earlier messages are kept for the first listener.
process.parentPort.on('message', ({ data }) => data.kind === 'readOn' && letOn());
