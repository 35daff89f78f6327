/**
 * Runs the script of a job, named by the first argument. The disk gives only the first piece of a file until `readOn` arrives.
 * A job that is stopped meanwhile stops as between any two pieces.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';

let letOn = () => undefined;
const readOn = new Promise((resolve) => {
  letOn = resolve;
});
const open = fs.createReadStream;

/** @param {fs.PathLike} path @param {{ start?: number }} options */
async function* later(path, options) {
  await readOn;
  yield* open(path, options);
}
fs.createReadStream = (path, options) =>
  (options?.start ?? 0) > 0 ? Readable.from(later(path, options)) : open(path, options);
syncBuiltinESMExports();

await import(pathToFileURL(process.argv[2]).href);
// After the job's own listener: earlier messages are kept for the first listener.
process.parentPort.on('message', ({ data }) => data.kind === 'readOn' && letOn());
