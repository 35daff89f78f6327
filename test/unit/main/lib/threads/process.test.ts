/** Real processes of plain Node that use the messages of threads. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { Callable, hasStuckThread, ThreadGone } from '../../../../../src/main/lib/threads/callable';
import { forkProcess, ProcessGone } from '../../../../../src/main/lib/threads/process';
import { useFolder } from '../../../../builders/useFolder';

interface Calls {
  echo: { args: unknown; result: unknown };
  die: { args: string; result: null };
  loop: { args: null; result: null };
}
interface Events {
  seen: unknown;
}

const folder = useFolder('all');
let script = '';
const kit = (name: string): string => JSON.stringify(join(inject('packageWorkers'), `${name}.mjs`));

beforeAll(() => {
  script = folder('reader.mjs');
  writeFileSync(
    script,
    `import { ownChannel, serve } from ${kit('serve')};
     const served = serve(ownChannel(), {
       echo: (value) => { served.emit('seen', value); return value; },
       die: (code) => { setTimeout(() => (0, eval)(code)); return new Promise(() => undefined); },
       loop: () => { for (;;); },
     });`,
  );
});

const limits = { heap: 64 };
function started() {
  const gone: Error[] = [];
  const seen: unknown[] = [];
  const reader = new Callable<Calls, Events>(forkProcess(script, limits), {
    on: { seen: (value) => seen.push(value) },
    onGone: (error) => gone.push(error),
  });
  return { reader, gone, seen };
}

describe('a process', () => {
  test('answers calls with bytes and tables, and emits events before them', async () => {
    const { reader, seen, gone } = started();
    const value = { bytes: Uint8Array.of(1, 2, 3), map: new Map([[1, 'one']]), text: '看' };
    expect(await reader.call('echo', value)).toEqual(value);
    expect(seen).toEqual([value]);
    await reader.end();
    expect([reader.isGone, gone]).toEqual([true, []]);
    await expect(reader.call('echo', 1)).rejects.toThrow(ProcessGone);
  });

  test.each([
    ['runs out of memory', 'const all = []; for (;;) all.push(new Array(1e6).fill(all.length))', true],
    ['has a bug', "throw new RangeError('a bug')", false],
  ])('that %s rejects waiting calls with the reason', async (_, code, isOutOfMemory) => {
    const { reader, gone } = started();
    await expect(reader.call('die', code)).rejects.toMatchObject({ name: 'ProcessGone', isOutOfMemory });
    await reader.end();
    expect(gone).toHaveLength(1);
  });

  test('that does not react is killed, also at the end of the app, and nothing blocks', async () => {
    for (const how of ['end', 'leave'] as const) {
      const { reader } = started();
      await reader.call('echo', 1);
      const looping = reader.call('loop', null);
      await Promise.all([expect(looping).rejects.toThrow(ProcessGone), reader[how](20)]);
    }
    expect(hasStuckThread()).toBe(false);
  });

  test('refuses calls after its end', async () => {
    const { reader } = started();
    const ended = reader.end();
    await expect(reader.call('echo', 1)).rejects.toThrow(ThreadGone);
    await ended;
  });

  test('does not outlive its parent', async () => {
    const owner = folder('owner.mjs');
    writeFileSync(
      owner,
      `import { Callable } from ${kit('callable')};
       import { forkProcess } from ${kit('process')};
       const reader = new Callable(forkProcess(${JSON.stringify(script)}, { heap: 64 }), { on: { seen: () => undefined } });
       console.log(await reader.call('echo', 'both are there'));`,
    );
    const child = spawn(process.execPath, [owner], { stdio: ['ignore', 'pipe', 'inherit'] });
    expect(String(await once(child.stdout, 'data'))).toBe('both are there\n');
    child.kill('SIGKILL');
    // The reader holds the pipe too: it closes when both processes have ended.
    await once(child.stdout, 'close');
  });
});
