/** Nothing that a message does to a machine is without a test, or stands under another name than the message's. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { messages } from '#shared/messages/index';

const root = fileURLToPath(new URL('../../../../../', import.meta.url));
const helpers = new Set(['index', 'on', 'status']);
const files = readdirSync(`${root}src/main/session/apply`)
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => !helpers.has(name));

it('each is a message’s, and in the list', () => {
  const commands = new Set<string>(messages.map(({ cmd }) => cmd));
  expect(files.filter((name) => !commands.has(name))).toEqual([]);
  const list = readFileSync(`${root}src/main/session/apply/index.ts`, 'utf8');
  expect(files.filter((name) => !list.includes(`from './${name}';`))).toEqual([]);
});

it('each has a test', () => {
  const tests = new Set(readdirSync(`${root}test/unit/main/session/apply`));
  expect(files.filter((name) => !tests.has(`${name}.test.ts`))).toEqual([]);
});
