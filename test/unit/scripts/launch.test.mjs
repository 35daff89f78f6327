import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { at } from '../../../scripts/lib/paths.mjs';

/**
 * Runs `runAttached` in a process of its own, around a Node program.
 * @param {string} program
 */
function attach(program) {
  const launch = JSON.stringify(at('scripts', 'lib', 'launch.mjs'));
  const code = `import(${launch}).then(({ runAttached }) =>
    runAttached(process.execPath, ['-e', ${JSON.stringify(program)}])).then((code) => process.exit(code))`;
  const launcher = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  return { launcher, lines: createInterface({ input: launcher.stdout })[Symbol.asyncIterator]() };
}

const onTerm = (/** @type {string} */ then) =>
  `process.on('SIGTERM', () => { ${then} }); setInterval(() => {}, 1000); console.log('up')`;

it('passes the exit code through', async () => {
  const { launcher } = attach('process.exit(2)');
  expect(await once(launcher, 'close')).toEqual([2, null]);
});

it.skipIf(process.platform === 'win32')('passes a wish to end on, once, and waits for the end', async () => {
  const { launcher, lines } = attach(onTerm("console.log('asked'); setTimeout(() => process.exit(0), 300)"));
  expect((await lines.next()).value).toBe('up');
  launcher.kill('SIGINT');
  launcher.kill('SIGTERM');
  const closed = once(launcher, 'close');
  const rest = [];
  for await (const line of lines) rest.push(line);
  expect(rest).toEqual(['asked']);
  expect(await closed).toEqual([0, null]);
});

it.skipIf(process.platform === 'win32')('kills what does not heed a second wish', async () => {
  const { launcher, lines } = attach(onTerm("console.log('asked')"));
  await lines.next();
  launcher.kill('SIGINT');
  expect((await lines.next()).value).toBe('asked');
  const closed = once(launcher, 'close');
  // A second after the first, and only once: a signal after the program's end ends the launcher.
  setTimeout(() => launcher.kill('SIGINT'), 1_100);
  expect(await closed).toEqual([128 + 9, null]);
});
