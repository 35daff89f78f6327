/** `npm run journal` as a process: its input, its output and its end. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  createReadStream,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exportPcapng } from '../../src/main/core/captures/out/exportPcapng';
import { everyFrame } from '#shared/filter/frames';
import { setOwnErrors } from '#shared/errors/own';
import { nothingChosen } from '../../src/main/tools/captures/chosen';
import { failureMessage } from '../../src/main/tools/captures/cliMessages';
import { exportToFile, query as queryHere } from '../../src/main/tools/captures/cliReads';
import { exportFrames } from '../../src/main/tools/captures/exportJob';
import { importFile } from '../../src/main/tools/captures/importJob';
import { readArguments } from '../../src/main/tools/captures/switches';
import { openStore } from '../builders/journal';
import { manyEntries, peerOf } from '../builders/manyEntries';
import { makeManyInJournal } from '../builders/manyInJournal';
import { flags, pcap, TcpScript } from '../builders/packets';
import { withStandardError } from '../builders/standardError';
import { useFolder } from '../builders/useFolder';

const root = resolve(import.meta.dirname, '../..');
const cli = join(root, 'out/main/journalCli.js');
const at = useFolder('all');
const data = at('data');
/** Each started process reads these entries: few, but some of every kind. */
const frames = 300;
/** A journal with more lines than a pipe and both its ends hold. */
const long = at('long');
const longFrames = 1_000;
const made = new Set(['data', 'long', 'small.pcapng']);
const isWindows = process.platform === 'win32';

async function capture(name: string, size: number): Promise<void> {
  const file = openSync(at(name), 'w');
  const write = (chunk: Uint8Array): Promise<void> => Promise.resolve(void writeSync(file, chunk));
  await exportPcapng(manyEntries(size), write, { peerOf });
  closeSync(file);
}

async function importHere(file: string, folder: string): Promise<void> {
  const journal = join(at(folder), 'journal.sqlite');
  const quietly = { onProgress: () => undefined };
  await importFile({ file: at(file), journal }, new AbortController().signal, quietly);
}

beforeAll(async () => {
  mkdirSync(data);
  mkdirSync(long);
  await makeManyInJournal(join(long, 'journal.sqlite'), longFrames);
  await capture('small.pcapng', frames);
  await importHere('small.pcapng', 'data');
  const machines = { '33235': { name: 'Lobby 大堂', platform: 'linux' } };
  writeFileSync(join(data, 'settings.json'), JSON.stringify({ settings: {}, machines }));
}, 60_000);
/** Every try starts without files from other tests. */
beforeEach(() => {
  for (const name of readdirSync(at()))
    if (!made.has(name)) rmSync(at(name), { recursive: true, force: true });
});
afterAll(() => {
  setOwnErrors({});
});

const start = (...args: string[]) => spawn(process.execPath, [cli, ...args], { cwd: at() });

async function run(...args: string[]) {
  const child = start(...args);
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([buffer(child.stdout), text(child.stderr)]);
  const [code, signal] = (await closed) as [number | null, NodeJS.Signals | null];
  return { code, signal, stdout: stdout.toString('latin1'), stderr };
}
const query = (...args: string[]) => run('query', '--data-dir', data, ...args);
/** The same without a process: gives the printed text. */
async function readHere(...args: readonly string[]): Promise<string> {
  const command = readArguments(args, Date.now());
  if (
    typeof command === 'string' ||
    'problem' in command ||
    command.command === 'replay' ||
    command.command === 'compare'
  )
    throw new Error(JSON.stringify(command));
  const read = command.command === 'export' ? exportToFile : queryHere;
  const printed: Uint8Array[] = [];
  const print = (chunk: Uint8Array): Promise<void> => Promise.resolve(void printed.push(chunk));
  await read(command, { print, cancel: new AbortController().signal });
  return Buffer.concat(printed).toString('latin1');
}
/** The message of a process that ends with code 1. */
const refusal = (...args: readonly string[]): Promise<string> =>
  readHere(...args).then(String, failureMessage);
const countIn = async (folder: string, filter: string): Promise<number> =>
  Number(await readHere('query', '--data-dir', folder, '--filter', filter, '--count'));
const count = (filter: string): Promise<number> => countIn(data, filter);

describe('a filter', () => {
  it('knows machines by the names people gave them', async () => {
    const byNumber = await count('vmc:33235');
    expect(byNumber).toBeGreaterThan(0);
    expect(await count('vmc:Lobby')).toBe(byNumber);
    const named = await query('--filter', 'vmc:大堂 kind:frame', '--count');
    expect(named).toMatchObject({ code: 0, stdout: `${await count('vmc:33235 kind:frame')}\n`, stderr: '' });
  });

  it('uses the workshop’s severity of an error', async () => {
    const settings = (ownErrors: object): void =>
      writeFileSync(at('own/settings.json'), JSON.stringify({ settings: { ownErrors }, machines: {} }));
    const counted = (): Promise<number> => countIn(at('own'), 'severity:info');
    mkdirSync(at('own'));
    writeFileSync(at('own/journal.sqlite'), readFileSync(join(data, 'journal.sqlite')));
    settings({});
    expect(await counted()).toBe(0);
    settings({ EC_2: { severity: 'info' } });
    const known = await counted();
    expect(known).toBe(await count('code:EC_2'));
    expect(known).toBeGreaterThan(0);
  });

  it('may begin with a minus', async () => {
    const beats = await count('fold:hb');
    expect(beats).toBeGreaterThan(0);
    expect(await count('-fold:hb')).toBe((await count('')) - beats);
  });

  it('works without names if the settings can’t be read, and reports it', async () => {
    mkdirSync(at('torn'));
    writeFileSync(at('torn/journal.sqlite'), readFileSync(join(data, 'journal.sqlite')));
    writeFileSync(at('torn/settings.json'), '{"machines":');
    const told = await withStandardError(() => countIn(at('torn'), 'vmc:33235'));
    expect(told.stderr).toContain('settings.json');
    expect(told.value).toBe(await count('vmc:33235'));
  });
});

it('an export can be imported again, once', async () => {
  const filter = 'cmd:error dir:in';
  const exported = ['export', '--data-dir', data, '--out', at('out.pcapng')];
  expect((await withStandardError(() => readHere(...exported))).stderr).toContain('frames written to');
  mkdirSync(at('again'));
  await importHere('out.pcapng', 'again');
  expect(await countIn(at('again'), filter)).toBe(await count(filter));
  const twice = await run('import', '--data-dir', at('again'), '--in', 'out.pcapng');
  expect(twice.code).toBe(1);
  expect(twice.stderr).toContain('another folder');
  writeFileSync(at('cut.pcapng'), readFileSync(at('out.pcapng')).subarray(0, -21));
  const cut = await run('import', '--data-dir', at('cut'), '--in', 'cut.pcapng');
  expect(cut).toMatchObject({ code: 0, stdout: '' });
  expect(cut.stderr).toContain('its end is missing');
});

it.each([
  ['an older one', 'CREATE TABLE entries (id INTEGER); PRAGMA user_version = 7', 'is of version 0.7'],
  ['a newer one', 'PRAGMA application_id = 0x43726d61; PRAGMA user_version = 3', 'is of version 3'],
  ['of another program', 'CREATE TABLE notes (text)', 'is not a journal of Crema'],
])(
  'a journal of another version is refused in one sentence and left alone: %s',
  async (what, sql, sentence) => {
    const place = at(what);
    mkdirSync(place);
    const file = join(place, 'journal.sqlite');
    const db = new DatabaseSync(file);
    db.exec(sql);
    db.close();
    const before = readFileSync(file);
    const counting = ['query', '--data-dir', place, '--count'];
    for (const args of [counting, ['export', '--data-dir', place, '--out', 'never.jsonl']]) {
      const refused = await refusal(...args);
      expect(refused).toContain(sentence);
      expect(refused).toContain('the app offers to set the file aside');
      expect(refused).not.toContain('\n');
    }
    for (const args of what === 'a newer one' ? [counting] : [])
      expect(await run(...args)).toEqual({
        code: 1,
        signal: null,
        stdout: '',
        stderr: `${await refusal(...args)}\n`,
      });
    expect(existsSync(at('never.jsonl'))).toBe(false);
    expect(readFileSync(file)).toEqual(before);
  },
);

it('a query into a file writes the same as on the terminal, with marks', async () => {
  const store = openStore(join(data, 'journal.sqlite'));
  store.marks.set({ entry: 2, marked: false, note: 'seen "twice"' });
  store.close();
  const noted = ['query', '--data-dir', data, '--filter', 'note:twice'];
  const printed = await readHere(...noted);
  // The file had numbers for its frames, and none for the start of the connection before them.
  expect(JSON.parse(printed)).toMatchObject({ id: 1, mark: { note: 'seen "twice"' } });
  await readHere(...noted, '--out', at('q.jsonl'));
  expect(readFileSync(at('q.jsonl'), 'latin1')).toBe(printed);
  await readHere('query', '--data-dir', data, '--filter', '"nowhere at all"', '--out', at('q.jsonl'));
  expect(readFileSync(at('q.jsonl'), 'utf8')).toBe('');
});

describe('the standard output', () => {
  it('has the data and nothing else, and no file is called -', async () => {
    const lines = await query('--out', '-', '--limit', '3');
    expect(lines).toMatchObject({ code: 0, stderr: '' });
    expect(
      lines.stdout
        .trim()
        .split('\n')
        .map((line) => typeof JSON.parse(line)),
    ).toEqual(Array(3).fill('object'));
    const journal = join(long, 'journal.sqlite');
    const all = await countIn(long, '');
    expect(all).toBeGreaterThan(longFrames);
    for (const format of ['jsonl', 'csv', 'pcapng'] as const) {
      const file = at(`all.${format}`);
      const request = {
        filter: everyFrame,
        ids: null,
        now: 0,
        ...nothingChosen,
        journal,
        format,
        file,
        words: {},
      };
      await exportFrames(request, new AbortController().signal, () => undefined);
      const args = ['export', '--data-dir', long, '--format', format, '--out', '-'];
      const out = await withStandardError(() => readHere(...args));
      // With beginnings and ends of connections among them, entries are counted.
      const counted = format === 'pcapng' ? `${longFrames} frames` : `${all} entries`;
      expect(out.stderr).toBe(`${counted} written to the standard output\n`);
      expect(out.value).toBe(readFileSync(file, 'latin1'));
    }
    // Binary data passes through a process's pipe unchanged too.
    const piped = await run('export', '--data-dir', long, '--format', 'pcapng', '--out', '-');
    expect(piped).toMatchObject({ code: 0, stdout: readFileSync(at('all.pcapng'), 'latin1') });
    expect(existsSync(at('-'))).toBe(false);
  });

  it('may be closed before the end', async () => {
    const child = start('query', '--data-dir', long);
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await once(child, 'close')).toEqual([0, null]);
  });
});

it('reports the written file', async () => {
  const args = ['export', '--data-dir', data, '--filter', 'id:1', '--out', at('n.csv')];
  const { stderr } = await withStandardError(() => readHere(...args));
  expect(stderr).toBe(`1 entry written to ${at('n.csv')}\n`);
});

it('reports the skipped parts of a capture', async () => {
  const refused = new TcpScript().packet('machine', flags.syn).packet('server', flags.rst | flags.ack);
  writeFileSync(at('refused.pcap'), pcap(refused.packets));
  const read = await run('import', '--data-dir', at('refused'), '--in', 'refused.pcap');
  expect(read.stderr).toContain('passed over: connections without data, such as refused ones, 1');
});

it('never overwrites the journal, under any name', async () => {
  const before = readFileSync(join(data, 'journal.sqlite'));
  const names = [join(data, 'journal.sqlite'), join(data, '..', 'data', 'journal.sqlite')];
  if (!isWindows) {
    symlinkSync(join(data, 'journal.sqlite'), at('link.csv'));
    names.push(at('link.csv'));
  }
  for (const name of names)
    for (const args of [['query'], ['export', '--format', 'csv']] as const)
      expect(await refusal(...args, '--data-dir', data, '--out', name)).toContain(
        'The journal itself can’t be written over.',
      );
  expect(readFileSync(join(data, 'journal.sqlite')).equals(before)).toBe(true);
});

describe('an import from the standard input', () => {
  const importing = async (write: (into: Writable) => unknown) => {
    const child = start('import', '--data-dir', at('new/inner'), '--in', '-');
    const closed = once(child, 'close');
    const stderr = text(child.stderr);
    child.stdin.on('error', () => undefined);
    write(child.stdin);
    const [code] = (await closed) as [number | null];
    return { code, stderr: await stderr };
  };

  it('gives the same entries as the file, and leaves only the journal', async () => {
    const piped = await importing((into) => createReadStream(at('small.pcapng')).pipe(into));
    expect(piped.code).toBe(0);
    expect(readdirSync(at('new/inner')).filter((name) => !name.startsWith('journal.sqlite'))).toEqual([]);
    expect(await countIn(at('new/inner'), '')).toBe(await count(''));
  });

  it('that is no capture, or empty, leaves nothing', async () => {
    for (const input of ['this is no capture at all, however long one looks at it', '']) {
      expect((await importing((into) => into.end(input))).code).toBe(1);
      expect(existsSync(at('new'))).toBe(false);
    }
  });
});

describe('a failed command', () => {
  it('is reported with the given name, with code 1', async () => {
    const nowhere = await refusal('export', '--data-dir', data, '--out', at('no/such/x.csv'));
    expect(nowhere).toContain("no/such/x.csv'");
    expect(nowhere).not.toContain('.part');
    const none = await run('query', '--data-dir', at('nothing'));
    expect(none).toMatchObject({ code: 1, stdout: '' });
    expect(none.stderr).toContain('There is no journal in');
    mkdirSync(at('other'));
    writeFileSync(at('other/journal.sqlite'), 'This is not a journal, but a text.');
    expect(await refusal('query', '--data-dir', at('other'))).toMatch(/^This is not a journal\./);
  });

  it('and invalid switches have code 2; without any, the help is not a result', async () => {
    const wrong = await query('--filter', '机器:大堂 size>x');
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('“size” needs a number; “x” is not a number.');
    expect(await run()).toMatchObject({ code: 2, stdout: '' });
    const help = await run('--help');
    expect(help).toMatchObject({ code: 0, stderr: '' });
    for (const told of ['Exit codes', 'time zone', '- is the standard output'])
      expect(help.stdout).toContain(told);
  });

  it('a query without a row has code 3, so that scripts can ask', async () => {
    expect(await query('--filter', 'vmc:33235', '--out', at('q.jsonl'))).toMatchObject({ code: 0 });
    expect(await query('--filter', '"nowhere at all"')).toMatchObject({ code: 3, stdout: '', stderr: '' });
    expect(await query('--filter', '"nowhere at all"', '--count')).toMatchObject({ code: 3, stdout: '0\n' });
  });

  it('an import that fails leaves nothing', async () => {
    writeFileSync(at('no.pcap'), 'this is no capture at all, however long one looks at it');
    for (const file of ['no.pcap', 'missing.pcap', 'data']) {
      const failed = await run('import', '--data-dir', at('new/inner'), '--in', file);
      expect(failed.code).toBe(1);
      expect(failed.stderr).not.toContain('notACapture');
    }
    expect(existsSync(at('new'))).toBe(false);
  });
});

describe.skipIf(isWindows)('Ctrl-C', () => {
  it('ends an import as a shell expects, and removes the partial journal', async () => {
    await capture('large.pcapng', 6_000);
    // The signal comes as soon as the journal file exists, however slow this computer is.
    // The process sends it to itself, not one of its threads.
    writeFileSync(
      at('ctrl-c.cjs'),
      `if (require('node:worker_threads').isMainThread) {
         const look = () => require('node:fs').existsSync(${JSON.stringify(at('begun/inner/journal.sqlite'))});
         const timer = setInterval(() => look() && (clearInterval(timer), process.kill(process.pid, 'SIGINT')), 1);
         timer.unref();
       }`,
    );
    const args = ['import', '--data-dir', at('begun/inner'), '--in', 'large.pcapng'];
    const child = spawn(process.execPath, ['--require', at('ctrl-c.cjs'), cli, ...args], {
      cwd: at(),
    });
    const told = text(child.stderr);
    expect(await once(child, 'close')).toEqual([null, 'SIGINT']);
    expect(await told).toBe('cancelled\n');
    expect(existsSync(at('begun'))).toBe(false);
  }, 60_000);

  /** Waits until the process has the journal open: by then it handles signals, however slow the start. */
  async function readsJournal(pid: number): Promise<void> {
    if (process.platform !== 'linux') {
      await new Promise((done) => setTimeout(done, 2_000));
      return;
    }
    const fds = `/proc/${pid}/fd`;
    const isOpen = (): boolean =>
      readdirSync(fds).some((fd) => {
        try {
          return readlinkSync(join(fds, fd)).endsWith('journal.sqlite');
        } catch {
          // The descriptor was closed meanwhile.
          return false;
        }
      });
    while (!isOpen()) await new Promise((done) => setTimeout(done, 20));
  }

  it('ends a process that waits for a reader', async () => {
    execFileSync('mkfifo', [at('pipe.csv')]);
    for (const args of [
      ['export', '--data-dir', data, '--out', 'pipe.csv'],
      ['query', '--data-dir', long],
    ]) {
      // Its output is not read.
      const child = start(...args);
      const told = text(child.stderr);
      await readsJournal(child.pid ?? 0);
      expect(child.exitCode).toBeNull();
      child.kill('SIGINT');
      expect(await once(child, 'exit')).toEqual([null, 'SIGINT']);
      child.stdout.destroy();
      expect(await told).toBe('cancelled\n');
    }
    expect(lstatSync(at('pipe.csv')).isFIFO()).toBe(true);
    expect(readdirSync(at()).filter((name) => name.endsWith('.part'))).toEqual([]);
  }, 30_000);
});

/** Debian's `script` runs it on a terminal. */
const hasTerminal = process.platform === 'linux' && existsSync('/usr/bin/script');
describe.skipIf(!hasTerminal)('on a terminal', () => {
  const onTerminal = (...args: string[]): string => {
    const command = [process.execPath, cli, ...args].map((arg) => `'${arg}'`).join(' ');
    return execFileSync('script', ['-qec', `${command}; echo code $?`, at('typescript')], {
      cwd: at(),
      encoding: 'utf8',
    });
  };

  it('reports its progress', () => {
    const read = onTerminal('import', '--data-dir', at('watched'), '--in', 'small.pcapng');
    expect(read).toMatch(/\r\d+ %/);
    expect(read).toContain('\r100 %');
    expect(read).toContain('code 0');
    expect(onTerminal('export', '--data-dir', data, '--out', 'watched.csv')).toContain('\r100 %');
  });

  it('gets no pcapng', () => {
    const refused = onTerminal('export', '--data-dir', data, '--format', 'pcapng', '--out', '-');
    expect(refused).toContain('nothing for a terminal');
    expect(refused).toContain('code 1');
  });
});
