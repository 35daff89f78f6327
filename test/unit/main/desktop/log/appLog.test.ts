import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { expect, it } from 'vitest';
import { AppLog } from '../../../../../src/main/desktop/log/appLog';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();

function open(to: string | null = folder('logs')) {
  const clock = { now: 0 };
  const said: string[] = [];
  const wrong: string[] = [];
  const log = new AppLog({
    folder: to,
    now: () => clock.now,
    terminal: { line: (text) => void said.push(text), problem: (text) => void wrong.push(text) },
  });
  return { log, clock, said, wrong };
}
const text = (name = 'crema.log'): string => readFileSync(folder('logs', name), 'utf8');

it('has a line of each source with its level, as the terminal has', () => {
  const { log, said, wrong } = open();
  log.from('server').line('machines: listening on 127.0.0.1:4567');
  log.from('journal').problem('journal: it stopped');
  log.write('warn', 'window', 'command refused: unknownMachine');
  expect(text()).toBe(
    [
      '1970-01-01T00:00:00.000Z info server: machines: listening on 127.0.0.1:4567',
      '1970-01-01T00:00:00.000Z error journal: it stopped',
      '1970-01-01T00:00:00.000Z warn window: command refused: unknownMachine',
      '',
    ].join('\n'),
  );
  expect(said).toEqual(['machines: listening on 127.0.0.1:4567']);
  expect(wrong).toEqual(['journal: it stopped']);
});

it.skipIf(process.platform === 'win32')('nobody else on this computer reads it', () => {
  open().log.write('info', 'main', 'a line');
  expect(statSync(folder('logs', 'crema.log')).mode & 0o077).toBe(0);
});

it.skipIf(process.platform === 'win32')(
  'a link in its place is replaced, and the file elsewhere stays',
  () => {
    mkdirSync(folder('logs'));
    writeFileSync(folder('mine'), 'mine');
    symlinkSync(folder('mine'), folder('logs/crema.log'));
    open().log.write('info', 'main', 'a line');
    expect(readFileSync(folder('mine'), 'utf8')).toBe('mine');
    expect(text()).toBe('1970-01-01T00:00:00.000Z info main: a line\n');
  },
);

it('hides known codes, and quoted data of machines', () => {
  const { log } = open();
  log.hide(['a1b2c3d4', '']);
  log.from('main').problem('code a1b2c3d4 of order 594f803b380a41396ed63dca39503542');
  expect(text()).toContain('error main: code [code] of order [number]\n');
});

it('foreign text can’t pass for a line of its own', () => {
  const { log } = open();
  log.write('error', 'window', 'one\n1970-01-01T00:00:00.000Z info main: forged\u001B[2J');
  expect(
    text()
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('  ')),
  ).toHaveLength(1);
  expect(text()).not.toContain('\u001B');
});

it('starts a new file when one is full, and keeps four older ones', () => {
  const { log, clock } = open();
  const long = 'word '.repeat(1_500);
  // More than six full files.
  for (let n = 0; n < 1_000; n += 1) {
    clock.now += 1_000;
    log.write('info', 'main', `${n} ${long}`);
  }
  const files = readdirSync(folder('logs')).toSorted();
  expect(files).toEqual(['crema.1.log', 'crema.2.log', 'crema.3.log', 'crema.4.log', 'crema.log']);
  for (const file of files) expect(statSync(folder('logs', file)).size).toBeLessThan(1_100_000);
  // The newest file ends with the newest line, and each older file ends before the next begins.
  const numbers = files
    .toReversed()
    .flatMap((file) => [...text(file).matchAll(/ main: (\d+) /g)].map(([, nr]) => Number(nr)));
  expect(text()).toContain(' main: 999 ');
  const inOrder = ['crema.4.log', 'crema.3.log', 'crema.2.log', 'crema.1.log', 'crema.log'].flatMap((file) =>
    [...text(file).matchAll(/ main: (\d+) /g)].map(([, nr]) => Number(nr)),
  );
  expect(inOrder).toEqual(numbers.toSorted((a, b) => a - b));
  expect(inOrder.at(-1)).toBe(999);
});

it('a bug that repeats a line is limited, with a note', () => {
  const { log, clock } = open();
  for (let n = 0; n < 700; n += 1) log.write('error', 'server', String(n));
  expect(text().trimEnd().split('\n')).toHaveLength(600);
  clock.now = 60_000;
  log.write('error', 'server', 'again');
  expect(text().trimEnd().split('\n').slice(600)).toEqual([
    '1970-01-01T00:01:00.000Z warn main: 100 more lines were not written',
    '1970-01-01T00:01:00.000Z error server: again',
  ]);
});

it('thousands of lines do not fill the terminal, with a note', () => {
  const { log, clock, said, wrong } = open(null);
  const { line } = log.from('server');
  for (let n = 0; n < 20_000; n += 1) line(String(n));
  expect(said).toHaveLength(6_000);
  clock.now = 60_000;
  line('again');
  expect(said.slice(6_000)).toEqual(['again']);
  expect(wrong).toEqual(['14000 more lines were not shown']);
});

it('an unwritable folder costs only the log, and is reported once', () => {
  writeFileSync(folder('logs'), 'a file');
  const { log, wrong } = open();
  log.from('main').line('one');
  log.from('main').line('two');
  expect(wrong).toHaveLength(1);
  expect(wrong[0]).toMatch(/^the log can't be written: /);
  expect(log.tail).toHaveLength(2);
});

it('without a folder nothing is written, and the last lines are still available', () => {
  const { log, wrong } = open(null);
  for (let n = 0; n < 50; n += 1) log.write('info', 'main', String(n));
  expect(log.tail).toHaveLength(40);
  expect(log.tail.at(-1)).toMatch(/ main: 49$/);
  expect(log.earlier()).toEqual([]);
  expect(wrong).toEqual([]);
  expect(existsSync(folder('logs'))).toBe(false);
});

it('has the last lines of the launch before, separate from its own', () => {
  const first = open();
  for (let n = 0; n < 50; n += 1) first.log.write('info', 'main', `first ${n}`);
  const second = open();
  second.log.write('info', 'main', 'second');
  const earlier = second.log.earlier();
  expect(earlier).toHaveLength(40);
  expect(earlier.at(-1)).toMatch(/ main: first 49$/);
});
