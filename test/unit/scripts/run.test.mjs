import { constants, getPriority } from 'node:os';
import { expect, it } from 'vitest';
import { run } from '../../../scripts/lib/run.mjs';

const own = `process.stdout.write(String(require('node:os').getPriority()))`;

it('a program that gives way runs with the lowest priority, another with its parent’s priority', async () => {
  expect(await run(process.execPath, ['-e', own], { givesWay: true })).toEqual({
    code: 0,
    output: String(constants.priority.PRIORITY_LOW),
  });
  expect(await run(process.execPath, ['-e', own])).toEqual({ code: 0, output: String(getPriority()) });
});

it('a program that can’t be started has code 127, also if it should give way', async () => {
  expect(await run('no-such-program-of-crema', [], { givesWay: true })).toMatchObject({ code: 127 });
});
