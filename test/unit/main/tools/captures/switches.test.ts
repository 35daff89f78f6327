/** Parsing of the switches of `npm run journal`. */
import { describe, expect, it } from 'vitest';
import { readArguments, usage, type Command } from '../../../../../src/main/tools/captures/switches';

const now = Date.UTC(2026, 10, 24, 10);
const read = (...args: string[]) => readArguments(args, now);
function command(...args: string[]): Command {
  const asked = read(...args);
  if (asked === 'help' || 'problem' in asked || asked.command === 'replay' || asked.command === 'compare')
    throw new Error(JSON.stringify(asked));
  return asked;
}
function problem(...args: string[]): string {
  const asked = read(...args);
  if (asked === 'help' || !('problem' in asked)) throw new Error('no problem');
  return asked.problem;
}
const query = ['query', '--data-dir', 'd'];

describe('a filter', () => {
  it.each(['-fold:hb dir:in size>200', '-(cmd:hb OR cmd:login)', '-note:*'])(
    'may begin with a minus: %s',
    (text) => {
      expect(command(...query, '--filter', text).filter.text).toBe(text);
      expect(command(...query, `--filter=${text}`).filter.text).toBe(text);
    },
  );

  it('that is missing does not take another switch as its value', () => {
    expect(problem(...query, '--filter', '--count')).toMatch(/--filter/);
    expect(problem(...query, '--filter')).toMatch(/--filter/);
  });

  it('that can’t be parsed is reported in a sentence', () => {
    expect(problem(...query, '--filter', 'cmdd:hb')).toBe(
      "The filter can't be read. There is no field “cmdd”: did you mean cmd?\n  cmdd:hb\n  ^^^^",
    );
  });

  it('is marked by terminal columns, not by characters', () => {
    const [, shown, pointer] = problem(...query, '--filter', '机器:大堂 e\u0301\t型号:x').split('\n');
    expect(shown).toBe('  机器:大堂 e\u0301 型号:x');
    //                   机 器 :大 堂   e   型 号
    expect(pointer).toBe('            ^^^^'.slice(0, 2) + ' '.repeat(4 + 1 + 4 + 1 + 1 + 1) + '^^^^');
  });

  it('is given at most once', () => {
    expect(problem(...query, '--filter', 'a', '--filter', 'b')).toMatch(/^--filter is given twice\. .*OR/);
    expect(problem(...query, '--out', 'a', '--out=b')).toMatch(/^--out is given twice\.$/);
  });
});

describe('the standard output', () => {
  it('is -, and the destination of a query without a file', () => {
    expect(command(...query).out).toBe('-');
    expect(command(...query, '--out', '-').out).toBe('-');
    expect(command('export', '--data-dir', 'd', '--out', '-')).toMatchObject({ out: '-', format: 'jsonl' });
    expect(command('export', '--data-dir', 'd', '--out=-', '--format', 'pcapng').format).toBe('pcapng');
  });

  it('is not accepted as a source', () => {});
});

it('names the wrong switch', () => {
  expect(problem('quary', '--data-dir', 'd')).toContain('no command quary');
  expect(problem('--data-dir', 'd')).toContain('Use one of: export, query, import');
  expect(problem(...query, 'cmd:hb')).toContain('cmd:hb');
  for (const limit of ['0', '-1', '1.5', '1e3', '0x10', '', '9'.repeat(20)])
    expect(problem(...query, `--limit=${limit}`)).toMatch(/^--limit is a whole number above 0, not /);
  expect(problem('export', '--data-dir', 'd')).toContain('--out is missing');
  expect(problem('export', '--data-dir', 'd', '--out', 'a.txt')).toContain('not txt');
  expect(problem('export', '--data-dir', 'd', '--out', '')).toContain('--out is empty');
  expect(problem('export', '--data-dir', 'd', '--out', 'a.csv', '--count')).toContain('takes no --count');
});

describe('the help', () => {
  it.each(['--help', '-h', 'help'])('is there for %s', (word) => {
    expect(read(word)).toBe('help');
    expect(read('query', '--data-dir', 'd', word === 'help' ? '-h' : word)).toBe('help');
  });

  it('shows examples that work unchanged', () => {
    const examples = [...usage.matchAll(/^ {2}npm run -s journal -- (.*?)(?: \| .*)?$/gm)].map(
      ([, line = '']) =>
        [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''),
    );
    expect(examples.length).toBeGreaterThanOrEqual(3);
    for (const args of examples) expect(read(...args)).not.toHaveProperty('problem');
  });
});

describe('a replay', () => {
  const replay = (...args: string[]) => read('replay', 'day.pcap', '--to', '10.0.0.1:4567', ...args);

  it('has a file or a journal, a server, and recorded values as defaults', () => {
    expect(replay()).toMatchObject({
      command: 'replay',
      source: { file: 'day.pcap' },
      to: { server: { host: '10.0.0.1', port: 4567 } },
      yes: false,
      pace: 1,
      vmcNo: null,
      rules: new Set(['numbers', 'orders', 'times', 'heads']),
    });
    const changed = replay(
      '--speed',
      '10',
      '--vmc',
      '40001',
      '--keep',
      'orders,times',
      '--filter',
      '-fold:hb',
    );
    expect(changed).toMatchObject({ pace: 10, vmcNo: 40_001, rules: new Set(['numbers', 'heads']) });
    expect(replay('--step')).toMatchObject({ pace: 'step' });
    const ofJournal = read('replay', '--data-dir', 'd', '--to', '[::1]:4567');
    expect(ofJournal).toMatchObject({
      source: { dataDir: 'd' },
      to: { server: { host: '::1', port: 4567 } },
    });
    const toMachine = read('replay', 'day.pcap', '--listen', '0.0.0.0:4567', '--yes');
    expect(toMachine).toMatchObject({ to: { listen: { host: '0.0.0.0', port: 4567 } }, yes: true });
  });

  it.each([
    [['replay', '--to', '10.0.0.1:1'], /Name either a capture/],
    [['replay', 'a', '--data-dir', 'd', '--to', '10.0.0.1:1'], /Name either a capture/],
    [['replay', 'a', 'b', '--to', '10.0.0.1:1'], /not also b/],
    [['replay', 'a'], /Say to whom/],
    [['replay', 'a', '--to', '10.0.0.1:1', '--listen', '10.0.0.1:1'], /not both/],
    [['replay', 'a', '--listen', 'x'], /--listen is HOST:PORT/],
    [['replay', 'a', '--to', '10.0.0.1'], /--to is HOST:PORT/],
    [['replay', 'a', '--to', '10.0.0.1:0'], /--to is HOST:PORT/],
    [['replay', 'a', '--to', '10.0.0.1:1', '--speed', '0'], /--speed/],
    [['replay', 'a', '--to', '10.0.0.1:1', '--speed', '2', '--step'], /exclude each other/],
    [['replay', 'a', '--to', '10.0.0.1:1', '--vmc', 'x'], /--vmc/],
    [['replay', 'a', '--to', '10.0.0.1:1', '--keep', 'signs'], /not signs/],
    [['replay', 'a', '--to', '10.0.0.1:1', '--limit', '2'], /takes no --limit/],
  ])('%s is invalid', (args, says) => {
    expect(problem(...args)).toMatch(says);
  });
});
