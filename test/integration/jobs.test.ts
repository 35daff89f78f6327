/** Export of frames from a journal, and import into it. */
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DatabaseSync } from '@photostructure/sqlite';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import { everyFrame } from '#shared/filter/frames';
import type { ExportFormat } from '#shared/model/capture';
import { exportFrames, type ExportRequest } from '../../src/main/tools/captures/exportJob';
import type { Growth } from '../../src/main/tools/captures/importer';
import { importFile } from '../../src/main/tools/captures/importJob';
import type { StoredEntry } from '#shared/model/frame';
import { Fleet as VirtualFleet } from '../../src/main/tools/simulator/fleet';
import { fleetOptions } from '../../src/main/tools/simulator/options';
import { batchOf, openStore } from '../builders/journal';
import { startServer } from '../builders/server';
import { useFolder } from '../builders/useFolder';

const at = useFolder('all');
const live = at('journal.sqlite');
const never = new AbortController().signal;
const ignore = (): void => undefined;

/** Every try starts without files from other tests. */
beforeEach(() => {
  for (const name of readdirSync(at()))
    if (!name.startsWith('journal.sqlite')) rmSync(at(name), { recursive: true, force: true });
});

/** A run of virtual machines that also misbehave. */
beforeAll(async () => {
  const server = await startServer();
  const options = { host: '127.0.0.1', port: server.port, count: 6, platform: 'mixed', pace: 300 } as const;
  const machines = new VirtualFleet(fleetOptions.parse(options));
  for (const fault of ['junkBefore', 'jsonTrailingComma', 'textGb18030', 'headLengthWrong'] as const) {
    machines.setMisbehaviour(null, fault, true);
    await new Promise((done) => setTimeout(done, 400));
    machines.setMisbehaviour(null, fault, false);
  }
  await machines.stop();
  await new Promise((done) => setTimeout(done, 300));
  await server.stop();
  const store = openStore(live);
  store.append(batchOf({ entries: server.entries }));
  store.close();
});

const request = (format: ExportFormat, name: string, text = ''): ExportRequest => ({
  journal: live,
  format,
  file: at(name),
  filter: { ...everyFrame, text },
  ids: null,
  now: Date.now(),
  names: {},
  words: {},
});

function entriesOf(journal: string): readonly StoredEntry[] {
  const store = openStore(journal);
  const entries = store.entriesAfter(0, 1_000_000);
  store.close();
  return entries;
}

/** The messages of both sides on each connection, in order, with connection numbers removed. */
function talk(entries: readonly StoredEntry[]): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  const ports = new Map<number, number>();
  for (const entry of entries) {
    if (entry.kind === 'opened') ports.set(entry.conn, entry.peer.remotePort);
    if (entry.kind !== 'frame' && entry.kind !== 'junk') continue;
    const key = `${ports.get(entry.conn)} ${entry.kind === 'frame' ? entry.dir : 'in'}`;
    said.set(key, (said.get(key) ?? '') + Buffer.from(entry.bytes).toString('latin1'));
  }
  return said;
}

describe.each(['pcapng', 'jsonl'] as const)('a whole journal as %s', (format) => {
  it('is imported with the same messages, machines and histories', async () => {
    const file = `whole.${format}`;
    const exported = await exportFrames(request(format, file), never, ignore);
    const before = entriesOf(live);
    const frames = before.filter(({ kind }) => kind === 'frame' || kind === 'junk').length;
    expect(exported).toEqual({ entries: before.length, frames });
    const journal = at(`${format}.sqlite`);
    const imported = await importFile({ file: at(file), journal }, never, { onProgress: ignore });
    expect(imported).toMatchObject({ machines: 6, passedOver: {}, isCutOff: false, isDamaged: false });
    expect(talk(entriesOf(journal))).toEqual(talk(before));
    const store = openStore(journal);
    expect(store.machines().length).toBe(6);
    expect(store.history.orders({ vmcNo: null, before: null, limit: 10 }).length).toBeGreaterThan(0);
    store.close();
  });
});

describe('a selection as JSONL', () => {
  it('keeps its machines, though no login is among its entries', async () => {
    await exportFrames(request('jsonl', 'some.jsonl', 'cmd:hb dir:in'), never, ignore);
    const journal = at('some.sqlite');
    const read = { file: at('some.jsonl'), journal };
    const { machines, connections } = await importFile(read, never, { onProgress: ignore });
    const entries = entriesOf(journal);
    expect(new Set(entries.map(({ kind }) => kind))).toEqual(new Set(['opened', 'frame']));
    expect(machines).toBe(new Set(entries.flatMap(({ vmcNo }) => vmcNo ?? [])).size);
    expect(machines).toBeGreaterThan(1);
    expect(entries.filter(({ kind }) => kind === 'opened')).toHaveLength(connections);
  });
});

describe('JSONL packed with gzip', () => {
  it('is recognised, also when its end is missing', async () => {
    await exportFrames(request('jsonl', 'plain.jsonl'), never, ignore);
    const packed = gzipSync(readFileSync(at('plain.jsonl')));
    writeFileSync(at('packed.jsonl.gz'), packed);
    writeFileSync(at('cut.jsonl.gz'), packed.subarray(0, packed.length / 2));
    const listeners = { onProgress: ignore };
    const whole = { file: at('packed.jsonl.gz'), journal: at('packed.sqlite') };
    const imported = await importFile(whole, never, listeners);
    expect(imported).toMatchObject({ entries: entriesOf(live).length, isCutOff: false });
    const cut = await importFile({ file: at('cut.jsonl.gz'), journal: at('cut.sqlite') }, never, listeners);
    expect(cut.isCutOff).toBe(true);
    expect(cut.entries).toBeGreaterThan(0);
    expect(cut.entries).toBeLessThan(imported.entries);
  });
});

describe('a file whose read never ends', () => {
  it.skipIf(process.platform === 'win32')('can be cancelled', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    const cancel = new AbortController();
    const read = { file: at('pipe'), journal: at('pipe.sqlite') };
    const reading = importFile(read, cancel.signal, { onProgress: ignore });
    setTimeout(() => cancel.abort(), 200);
    await expect(reading).rejects.toThrow(/abort/i);
    // Releases the threads of the reads.
    closeSync(openSync(at('pipe'), constants.O_RDWR | constants.O_NONBLOCK));
  });
});

describe('a file that changes while it is read', () => {
  /** The file is changed after its first piece was read. */
  const importing = async (format: 'jsonl' | 'pcapng', name: string, change: (file: string) => void) => {
    const file = `${name}.${format}`;
    await exportFrames(request(format, file), never, ignore);
    let isChanged = false;
    const journal = at(`${name}.sqlite`);
    const onProgress = (): void => {
      if (!isChanged) change(at(file));
      isChanged = true;
    };
    return importFile({ file: at(file), journal }, never, { onProgress });
  };
  const another = (file: string): void => {
    writeFileSync(`${file}.new`, readFileSync(file, 'utf8').replaceAll('"machine":', '"machine":1'));
    renameSync(`${file}.new`, file);
  };

  it('is read to its end if another one gets its name, or if it is deleted or grows', async () => {
    const { length } = entriesOf(live);
    expect(await importing('jsonl', 'replaced', another)).toMatchObject({ entries: length, machines: 6 });
    const deleted = await importing('pcapng', 'deleted', (file) => rmSync(file));
    expect(deleted).toMatchObject({ entries: length, isCutOff: false });
    const more = '{"hello": 1}\n';
    const grown = await importing('jsonl', 'grown', (file) => appendFileSync(file, more));
    expect(grown).toMatchObject({ entries: length, passedOver: { badLine: 1 } });
  });

  it('is reported if it became shorter, also at the end of a line, and if it was written over', async () => {
    const changed = { code: 'changed' };
    const cutAtLine = (file: string): void =>
      truncateSync(file, readFileSync(file).indexOf('\n', 70_000) + 1);
    await expect(importing('jsonl', 'cutAtLine', cutAtLine)).rejects.toMatchObject(changed);
    // The part that was read stays.
    expect(entriesOf(at('cutAtLine.sqlite')).length).toBeGreaterThan(0);
    await expect(importing('pcapng', 'empty', (file) => truncateSync(file))).rejects.toMatchObject(changed);
    const writtenOver = (file: string): void =>
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"machine":', '"machine":1'));
    await expect(importing('jsonl', 'over', writtenOver)).rejects.toMatchObject(changed);
  });
});

describe('a pcapng file without its end', () => {
  it('is read up to its end, and reported as cut off', async () => {
    await exportFrames(request('pcapng', 'cut.pcapng'), never, ignore);
    const whole = readFileSync(at('cut.pcapng'));
    writeFileSync(at('cut.pcapng'), whole.subarray(0, -30));
    const read = { file: at('cut.pcapng'), journal: at('cutPackets.sqlite') };
    const { isCutOff, entries } = await importFile(read, never, { onProgress: ignore });
    expect([isCutOff, entries > entriesOf(live).length / 2]).toEqual([true, true]);
  });
});

describe('the remarks of an opened capture', () => {
  it('are those of the live session about the same talk', async () => {
    await exportFrames(request('pcapng', 'remarks.pcapng'), never, ignore);
    const journal = at('remarks.sqlite');
    await importFile({ file: at('remarks.pcapng'), journal }, never, { onProgress: ignore });
    const remarked = (entries: readonly StoredEntry[]): string[] =>
      entries.flatMap((entry) =>
        entry.kind === 'frame' && entry.dir === 'in'
          ? entry.findings.map(({ code, params }) => `${code} ${JSON.stringify(params ?? {})}`)
          : [],
      );
    const before = remarked(entriesOf(live));
    expect(before.length).toBeGreaterThan(20);
    expect(remarked(entriesOf(journal)).toSorted()).toEqual(before.toSorted());
  });

  it('do not mention entries that were left out on purpose', async () => {
    const some = request('pcapng', 'some.pcapng', 'NOT cmd:login NOT cmd:hb');
    await exportFrames(some, never, ignore);
    const journal = at('some.sqlite');
    await importFile({ file: at('some.pcapng'), journal }, never, { onProgress: ignore });
    const codes = entriesOf(journal).flatMap((entry) =>
      'findings' in entry ? entry.findings.map(({ code }) => code) : [],
    );
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.filter((code) => code === 'login.missing' || code.startsWith('seq.'))).toEqual([]);
  });
});

describe('a capture while it is read', () => {
  it('exists from its first entries on, and grows until the end', async () => {
    await exportFrames(request('pcapng', 'grows.pcapng'), never, ignore);
    const journal = at('grows.sqlite');
    const grown: Growth[] = [];
    let first = 0;
    const imported = await importFile({ file: at('grows.pcapng'), journal }, never, {
      onProgress: ignore,
      onGrowth: (growth) => {
        // A window that opens the capture now finds the announced entries.
        if (grown.length === 0) first = entriesOf(journal).length - growth.facts.entries;
        grown.push(growth);
      },
    });
    expect(first).toBe(0);
    expect(grown.at(-1)?.facts).toMatchObject({ entries: imported.entries, machines: 6 });
    const states = new Map(
      grown.flatMap(({ machines }) => machines.map(({ vmcNo, state }) => [vmcNo, state])),
    );
    const store = openStore(journal);
    expect(new Map(store.machines().map(({ vmcNo, state }) => [vmcNo, state]))).toEqual(states);
    store.close();
  });

  it('keeps the entries read before a cancel, with machines and histories', async () => {
    const one = at('cancel.jsonl');
    await exportFrames(request('jsonl', 'cancel.jsonl'), never, ignore);
    const piece = readFileSync(one);
    // More than one read of the file.
    const times = Math.ceil(3_000_000 / piece.length);
    writeFileSync(one, Buffer.concat(Array.from({ length: times }, () => piece)));
    const journal = at('cancel.sqlite');
    const cancel = new AbortController();
    const grown: Growth[] = [];
    await expect(
      importFile({ file: one, journal }, cancel.signal, {
        onProgress: ignore,
        onGrowth: (growth) => {
          grown.push(growth);
          cancel.abort();
        },
      }),
    ).rejects.toThrow(/abort/i);
    const entries = entriesOf(journal);
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.length).toBeLessThan(times * entriesOf(live).length);
    expect(grown.at(-1)?.facts.entries).toBe(entries.length);
    const store = openStore(journal);
    expect(store.machines()).toHaveLength(6);
    store.close();
  });
});

describe('marks and notes', () => {
  it('are exported in every format, and imported from JSONL', async () => {
    const [first, second] = entriesOf(live).filter(({ kind }) => kind === 'frame');
    const store = openStore(live);
    if (first === undefined || second === undefined) throw new Error('no entries');
    const marks = [
      { entry: first.id, marked: true, note: '' },
      { entry: second.id, marked: false, note: 'the second, "twice"' },
    ];
    for (const mark of marks) store.marks.set(mark);
    store.close();
    const words = { mark: 'remarkable' };
    const wanted = (format: ExportFormat): ExportRequest => ({
      ...request(format, `marked.${format}`, 'mark:* OR note:*'),
      words,
    });
    for (const format of ['jsonl', 'csv', 'pcapng'] as const)
      expect(await exportFrames(wanted(format), never, ignore)).toEqual({ entries: 2, frames: 2 });
    const rows = readFileSync(at('marked.csv'), 'utf8').split('\r\n');
    expect([rows.length, rows.at(-1)]).toEqual([4, '']);
    expect(rows[1]).toContain(',remarkable,');
    expect(readFileSync(at('marked.csv'), 'utf8')).toContain(',"the second, ""twice"""\r\n');
    for (const text of ['remarkable', 'the second, "twice"'])
      expect(readFileSync(at('marked.pcapng')).includes(text)).toBe(true);
    const journal = at('marks.sqlite');
    await importFile({ file: at('marked.jsonl'), journal }, never, { onProgress: ignore });
    const frames = entriesOf(journal).filter(({ kind }) => kind === 'frame');
    const back = [
      { entry: frames[0]?.id, marked: true, note: '' },
      { entry: frames[1]?.id, marked: false, note: 'the second, "twice"' },
    ];
    const imported = openStore(journal);
    expect(imported.marks.all()).toEqual(back);
    imported.close();
  });
});

describe('a full disk', () => {
  const disk = useFolder();
  const small = (context: TestContext, size = '800k'): string => {
    const place = disk();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', place], { stdio: 'ignore' });
    } catch {
      context.skip('a small disk can be mounted by root on Linux only');
    }
    onTestFinished(() => void execFileSync('umount', [place]));
    return place;
  };

  it('takes no part of an export: the old file stays, no partial file is left', async (context) => {
    const place = small(context);
    const file = join(place, 'out.jsonl');
    writeFileSync(file, 'old');
    // Fills the last block too: the final writes have no room either.
    const ballast = openSync(join(place, 'ballast'), 'w');
    try {
      for (;;) writeSync(ballast, Buffer.alloc(4_096));
    } catch {
      closeSync(ballast);
    }
    const wanted = { ...request('jsonl', ''), file };
    await expect(exportFrames(wanted, never, ignore)).rejects.toMatchObject({ code: 'ENOSPC' });
    const few = { ...wanted, filter: { ...everyFrame, text: 'cmd:login dir:in' } };
    await expect(exportFrames(few, never, ignore)).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(readdirSync(place).toSorted()).toEqual(['ballast', 'out.jsonl']);
    expect(readFileSync(file, 'utf8')).toBe('old');
  });

  // With the larger file, a batch fails while data is left to read. With the other file, all data is read by then.
  it.for([
    ['while it is read', '800k', 15_000],
    ['once it is read', '2m', 12_000],
  ] as const)(
    'ends an import with the entries that fitted; the missing rest is known %s',
    async ([, size, entries], context) => {
      const place = small(context, size);
      const one = at('large.jsonl');
      await exportFrames(request('jsonl', 'large.jsonl'), never, ignore);
      const piece = readFileSync(one);
      const times = Math.ceil(entries / piece.toString().trim().split('\n').length);
      writeFileSync(one, Buffer.concat(Array.from({ length: times }, () => piece)));
      const grown: Growth[] = [];
      const listeners = { onProgress: ignore, onGrowth: (growth: Growth) => void grown.push(growth) };
      await expect(
        importFile({ file: one, journal: join(place, 'j.sqlite') }, never, listeners),
      ).rejects.toMatchObject({ sqliteCodeName: 'SQLITE_FULL' });
      // The journal's tables fit, and the first entries.
      const db = new DatabaseSync(join(place, 'j.sqlite'), { readOnly: true });
      const { there } = db.prepare('SELECT count(*) AS there FROM entries').get() as { there: number };
      db.close();
      expect(there).toBe(grown.at(-1)?.facts.entries);
      expect(there).toBeGreaterThan(0);
    },
  );
});

describe('a part of it', () => {
  it('has the entries that match the filter, or the chosen ones', async () => {
    const wanted = request('jsonl', 'logins.jsonl', 'cmd:login dir:in');
    const { frames } = await exportFrames(wanted, never, ignore);
    const lines = readFileSync(at('logins.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('{"kind":"opened"'));
    expect(lines.length).toBe(frames);
    expect(frames).toBeGreaterThan(0);
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({ kind: 'frame', body: { cmd: 'login' } });
    const ids = lines.slice(0, 2).map((line) => (JSON.parse(line) as { id: number }).id);
    const two = await exportFrames({ ...request('csv', 'two.csv'), ids }, never, ignore);
    expect(two.frames).toBe(2);
    expect(readFileSync(at('two.csv'), 'utf8').trim().split('\r\n').length).toBe(3);
  });

  it('a cancelled export keeps the old file; the journal is never overwritten; a failed write is reported', async () => {
    const cancel = new AbortController();
    await expect(
      exportFrames(request('jsonl', 'never.jsonl'), cancel.signal, () => cancel.abort()),
    ).rejects.toThrow(/abort/i);
    expect(existsSync(at('never.jsonl'))).toBe(false);
    writeFileSync(at('old.jsonl'), 'old');
    const again = new AbortController();
    await expect(
      exportFrames(request('jsonl', 'old.jsonl'), again.signal, () => again.abort()),
    ).rejects.toThrow(/abort/i);
    expect(readFileSync(at('old.jsonl'), 'utf8')).toBe('old');
    expect(readdirSync(at()).filter((name) => name.endsWith('.part'))).toEqual([]);
    await expect(exportFrames(request('jsonl', 'journal.sqlite'), never, ignore)).rejects.toMatchObject({
      code: 'EEXIST',
    });
    await expect(exportFrames(request('jsonl', 'nowhere/x.jsonl'), never, ignore)).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });

  it('a file that is not a capture is refused', async () => {
    writeFileSync(at('no.pcap'), 'this is no capture at all, however long one looks at it');
    await expect(
      importFile({ file: at('no.pcap'), journal: at('no.sqlite') }, never, { onProgress: ignore }),
    ).rejects.toMatchObject({
      code: 'notACapture',
    });
    writeFileSync(at('notes.jsonl'), '{"hello": 1}\n');
    const notes = { file: at('notes.jsonl'), journal: at('notes.sqlite') };
    await expect(importFile(notes, never, { onProgress: ignore })).rejects.toMatchObject({
      code: 'notJsonl',
    });
  });
});
