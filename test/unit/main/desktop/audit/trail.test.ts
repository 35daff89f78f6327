import { mkdirSync, readFileSync, rmSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import type { AuditNote } from '#shared/contract/audit';
import type { AuditEntry, AuditFault, AuditFilter } from '#shared/model/audit';
import { sealed } from '../../../../../src/main/desktop/audit/chain';
import { AuditBook } from '../../../../../src/main/desktop/audit/book';
import { auditLines, filesOf } from '../../../../../src/main/desktop/audit/lines';
import { AuditTrail } from '../../../../../src/main/desktop/audit/trail';
import { useFolder } from '../../../../builders/useFolder';
import { everyLine } from '../../../../builders/rows';

const folder = useFolder();
let file: string;
const anchors = new Map<number, string>();
let book: AuditBook;
const problems: string[] = [];
let elsewhere: string | null = null;
beforeEach(() => {
  file = folder('audit.jsonl');
  problems.length = 0;
  elsewhere = null;
  anchors.clear();
  book = newBook();
});

const newBook = (): AuditBook =>
  new AuditBook(
    file,
    () => anchors,
    () => Promise.resolve(),
  );
const note = (vmcNo: number, over: Partial<AuditNote> = {}): AuditNote => ({
  screen: `/machines/${vmcNo}`,
  act: 'command',
  vmcNo,
  what: { id: vmcNo, name: 'reboot', input: {} },
  refused: null,
  ...over,
});

let clock = 0;
const trail = (): AuditTrail =>
  new AuditTrail({
    file,
    now: () => (clock += 1_000),
    who: () => ({ user: 'li', name: '李伟' }),
    anchors: () => anchors,
    written: (found, left) => book.written(found, left),
    changed: () => undefined,
    elsewhere: () => elsewhere,
    problem: (detail) => problems.push(detail),
  });

async function noted(...notes: readonly AuditNote[]): Promise<void> {
  const one = trail();
  for (const each of notes) one.note(each);
  await one.written();
}
const lines = (): string[] => readFileSync(file, 'utf8').split('\n').slice(0, -1);
const rewrite = (change: (lines: string[]) => readonly string[]): void =>
  writeFileSync(
    file,
    change(lines())
      .map((line) => `${line}\n`)
      .join(''),
  );

/**
 * Each line as its act and machine, or as its fault, oldest first.
 * The book that stayed open and a new book give the same lines.
 */
async function told(): Promise<readonly string[]> {
  const texts = async (one: AuditBook): Promise<readonly string[]> => {
    const { rows, lines: count, faults } = await one.page(everyLine, null, 1_000);
    expect([rows.length, rows.filter(({ fault }) => fault !== null).length]).toEqual([count, faults]);
    return rows
      .toReversed()
      .map(
        ({ entry, fault }) => fault ?? [entry?.act, entry?.vmcNo].filter((part) => part != null).join(' '),
      );
  };
  const found = await texts(book);
  expect(await texts(newBook())).toEqual(found);
  const faults: (AuditFault | null)[] = [];
  for await (const { fault } of auditLines(file, anchors)) faults.push(fault);
  expect(found.filter((one) => faults.includes(one as AuditFault))).toEqual(
    faults.filter((one) => one !== null),
  );
  return found;
}

it('records user, time, place and result, and continues after an earlier run', async () => {
  await noted(note(7), note(8, { refused: { code: 'machineOffline', params: { vmcNo: 8 } } }));
  await noted(note(9));
  expect(await told()).toEqual(['begun', 'command 7', 'command 8', 'command 9']);
  const { rows, faults, lines: count } = await book.page(everyLine, null, 10);
  expect([faults, count]).toEqual([0, 4]);
  expect(rows[1]).toMatchObject({
    line: 3,
    entry: {
      n: 3,
      user: 'li',
      name: '李伟',
      screen: '/machines/8',
      act: 'command',
      what: { name: 'reboot' },
      refused: { code: 'machineOffline' },
    },
  });
});

it('shows a line that was changed, also if its hash was made again', async () => {
  await noted(note(7), note(8), note(9));
  rewrite((before) => before.map((line) => line.replace('/machines/8', '/machines/5')));
  expect(await told()).toEqual(['begun', 'command 7', 'changed', 'command 9']);
  rewrite((before) =>
    before.map((line, index) => {
      if (index !== 2) return line;
      const { hash: _, ...entry } = JSON.parse(line) as AuditEntry & { readonly hash: string };
      return sealed(entry).line;
    }),
  );
  expect(await told()).toEqual(['begun', 'command 7', 'command 8', 'missing']);
});

it('shows where lines were removed, moved or inserted', async () => {
  await noted(note(7), note(8), note(9));
  const [begun = '', seven = '', eight = '', nine = ''] = lines();
  rewrite(() => [begun, eight, nine]);
  expect(await told()).toEqual(['begun', 'missing', 'command 9']);
  rewrite(() => [begun, eight, seven, nine]);
  expect(await told()).toEqual(['begun', 'missing', 'missing', 'missing']);
  rewrite(() => [begun, seven, seven, eight, nine]);
  expect(await told()).toEqual(['begun', 'command 7', 'missing', 'command 8', 'command 9']);
  rewrite(() => [begun, seven, 'nothing', eight, nine]);
  expect(await told()).toEqual(['begun', 'command 7', 'unreadable', 'command 8', 'command 9']);
});

it('shows where its end was cut off, for ever', async () => {
  await noted(note(7), note(8), note(9));
  rewrite((before) => before.slice(0, 2));
  expect(await told()).toEqual(['begun', 'command 7', 'endMissing']);
  await noted(note(10));
  expect(await told()).toEqual(['begun', 'command 7', 'missing']);
  rmSync(file);
  expect(await told()).toEqual(['endMissing']);
  await noted(note(11));
  expect(await told()).toEqual(['missing', 'command 11']);
});

it('shows by the journal’s marks that its end was cut off, or all of it was written again', async () => {
  await noted(note(7), note(8));
  const older = readFileSync(filesOf(file)[1]);
  await noted(note(9), note(10));
  const whole = lines();
  const kept = JSON.parse(whole[4] ?? '') as { readonly hash: string };
  anchors.set(5, kept.hash);
  book.forget();
  expect(await told()).toEqual(['begun', 'command 7', 'command 8', 'command 9', 'command 10']);
  // The trail reports that its end is missing.
  rewrite((before) => before.slice(0, 3));
  writeFileSync(filesOf(file)[1], older);
  expect(await told()).toEqual(['begun', 'command 7', 'command 8', 'endMissing']);
  await noted(note(11), note(12), note(13));
  expect(await told()).toEqual(['begun', 'command 7', 'command 8', 'missing', 'command 12', 'command 13']);
});

it('checks all of it again when another program has changed it, and otherwise only added lines', async () => {
  const one = trail();
  one.note(note(7));
  await one.written();
  expect(await told()).toEqual(['begun', 'command 7']);
  one.note(note(8));
  await one.written();
  expect(await told()).toEqual(['begun', 'command 7', 'command 8']);
  // The length is unchanged.
  rewrite((before) => before.map((line) => line.replace('/machines/7', '/machines/5')));
  one.note(note(9));
  await one.written();
  expect(await told()).toEqual(['begun', 'changed', 'command 8', 'command 9']);
  // The remembered lines show no other change.
  const page = await book.page({ ...everyLine, vmcNo: 9 }, null, 10);
  expect(page.rows.map(({ line }) => line)).toEqual([4, 2]);
});

it('reports a line that was cut off by the end of the computer, and continues', async () => {
  await noted(note(7), note(8));
  const older = readFileSync(filesOf(file)[1]);
  await noted(note(9));
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, -20));
  writeFileSync(filesOf(file)[1], older);
  await noted(note(10));
  expect(await told()).toEqual(['begun', 'command 7', 'command 8', 'unreadable', 'cut', 'command 10']);
});

/** Lines in Crema's format, by another program: the noted end does not change. */
function forge(...acts: readonly number[]): void {
  let { n, hash } = JSON.parse(lines().at(-1) ?? '') as { readonly n: number; readonly hash: string };
  for (const vmcNo of acts) {
    const whole = { ...note(vmcNo), n: n + 1, at: clock, user: 'li', name: '李伟', prev: hash };
    const { n: number, at, user, name, screen, act, what, refused, prev } = whole;
    const made = sealed({ n: number, at, user, name, screen, act, vmcNo, what, refused, prev });
    writeFileSync(file, `${readFileSync(file, 'utf8')}${made.line}\n`);
    ({ hash } = made);
    n += 1;
  }
}
const theirs = 'beyondEnd';

it('shows lines after its last known end as not proven, for ever, and continues after them', async () => {
  const one = trail();
  one.note(note(7));
  await one.written();
  forge(66, 77);
  expect(await told()).toEqual(['begun', 'command 7', theirs, theirs]);
  // The run that wrote the lines before continues, then another run writes.
  one.note(note(8));
  await one.written();
  expect(await told()).toEqual(['begun', 'command 7', theirs, theirs, 'unproven', 'command 8']);
  forge(88);
  await noted(note(9));
  expect((await told()).slice(4)).toEqual(['unproven', 'command 8', theirs, 'unproven', 'command 9']);
  const { rows } = await book.page({ ...everyLine, vmcNo: 9 }, null, 10);
  expect(rows.map(({ line, fault }) => [line, fault])).toEqual([
    [9, null],
    [7, theirs],
    [4, theirs],
    [3, theirs],
  ]);
  const ofTrail = (await book.page({ ...everyLine, text: 'unproven' }, null, 10)).rows;
  expect(ofTrail.filter(({ fault }) => fault === null).map(({ entry }) => entry)).toMatchObject([
    { user: '', vmcNo: null, what: { first: 7, last: 7 } },
    { user: '', vmcNo: null, what: { first: 3, last: 4 } },
  ]);
});

it('shows its own lines as not proven where Crema was killed before it noted their end', async () => {
  await noted(note(7));
  const older = readFileSync(filesOf(file)[1]);
  await noted(note(8), note(9));
  writeFileSync(filesOf(file)[1], older);
  expect(await told()).toEqual(['begun', 'command 7', theirs, theirs]);
  await noted(note(10));
  expect(await told()).toEqual(['begun', 'command 7', theirs, theirs, 'unproven', 'command 10']);
  // Killed during that write.
  writeFileSync(filesOf(file)[1], older);
  await noted(note(11));
  expect((await told()).slice(2)).toEqual([theirs, theirs, theirs, theirs, 'unproven', 'command 11']);
});

it('proves lines by the journal if the file with the end is missing, and others not', async () => {
  await noted(note(7), note(8));
  const kept = JSON.parse(lines()[1] ?? '') as { readonly hash: string };
  rmSync(filesOf(file)[1]);
  expect(await told()).toEqual([theirs, theirs, theirs]);
  anchors.set(2, kept.hash);
  expect(await told()).toEqual(['begun', 'command 7', theirs]);
  await noted(note(9));
  expect(await told()).toEqual(['begun', 'command 7', theirs, 'unproven', 'command 9']);
});

it('shows a last line that differs from the noted end', async () => {
  await noted(note(7), note(8));
  rewrite((before) => before.slice(0, 2));
  forge(66);
  expect(await told()).toEqual(['begun', 'command 7', theirs]);
  await noted(note(9));
  expect(await told()).toEqual(['begun', 'command 7', theirs, 'unproven', 'command 9']);
});

it('does not believe a line after the end that calls others unproven', async () => {
  await noted(note(7), note(8));
  const { n, hash } = JSON.parse(lines().at(-1) ?? '') as { readonly n: number; readonly hash: string };
  const what = { first: 1, last: 3 };
  const own = { n: n + 1, at: 1, user: '', name: '', screen: '', act: 'unproven', vmcNo: null };
  const { line } = sealed({ ...own, what, refused: null, prev: hash });
  writeFileSync(file, `${readFileSync(file, 'utf8')}${line}\n`);
  expect(await told()).toEqual(['begun', 'command 7', 'command 8', theirs]);
});

it('does not append to a half line of another program', async () => {
  const one = trail();
  one.note(note(7));
  await one.written();
  writeFileSync(file, `${readFileSync(file, 'utf8')}{"n":3`);
  one.note(note(8));
  await one.written();
  expect(await told()).toEqual(['begun', 'command 7', 'unreadable', 'cut', 'command 8']);
});

it('never shows a line as not proven because it is just being written', async () => {
  const one = trail();
  const looking = new AuditBook(
    file,
    () => anchors,
    () => one.written(),
  );
  for (let n = 0; n < 20; n += 1) {
    one.note(note(n));
    const { faults } = await looking.page(everyLine, null, 10);
    expect(faults).toBe(0);
  }
  await one.written();
});

it('keeps lines that the disk refuses, and writes them when it can', async () => {
  mkdirSync(file);
  const one = trail();
  one.note(note(7));
  one.note(note(8));
  await one.written();
  expect(one.state).toMatchObject({ written: 0, waiting: 2 });
  expect(one.state.problem).toContain('EISDIR');
  expect(problems).toHaveLength(1);
  rmdirSync(file);
  one.note(note(9));
  await one.written();
  expect(one.state).toEqual({ written: 3, waiting: 0, problem: null });
  await one.stop();
  expect(await told()).toEqual(['begun', 'command 7', 'command 8', 'command 9']);
});

it('reports unwritten lines at the end', async () => {
  mkdirSync(file);
  const one = trail();
  one.note(note(7));
  await one.stop();
  expect(problems.at(-1)).toContain('1 lines of the audit trail are lost');
});

it('writes lines that the disk refuses at the end to another place, if there is one, on the same chain', async () => {
  await noted(note(7));
  const one = trail();
  one.note(note(8));
  await one.written();
  rmSync(file);
  mkdirSync(file);
  one.note(note(9));
  elsewhere = folder('rescued');
  await one.stop();
  expect(problems.at(-1)).toContain('1 lines of the audit trail were written to');
  const line = JSON.parse(readFileSync(elsewhere, 'utf8')) as AuditEntry;
  expect([line.n, line.vmcNo]).toEqual([4, 9]);
});

it('is read in pages, by machine, text, act, result and time; breaks of the chain are in all of them', async () => {
  clock = 0;
  await noted(
    note(7),
    note(8, { act: 'disconnect', what: {} }),
    note(7, { refused: { code: 'commandRunning', params: {} } }),
    note(9, { what: { id: 9, name: 'openDoor', input: {} } }),
  );
  const found = async (over: Partial<AuditFilter>, before: number | null = null, limit = 10) => {
    const page = await book.page({ ...everyLine, ...over }, before, limit);
    return { lines: page.rows.map(({ line }) => line), hasMore: page.hasMore };
  };
  expect(await found({})).toEqual({ lines: [5, 4, 3, 2, 1], hasMore: false });
  expect(await found({}, null, 2)).toEqual({ lines: [5, 4], hasMore: true });
  expect(await found({}, 4, 2)).toEqual({ lines: [3, 2], hasMore: true });
  expect(await found({}, 2, 2)).toEqual({ lines: [1], hasMore: false });
  expect((await found({ vmcNo: 7 })).lines).toEqual([4, 2]);
  expect((await found({ text: 'OPENDOOR' })).lines).toEqual([5]);
  expect((await found({ text: '断开', acts: ['disconnect'] })).lines).toEqual([3]);
  expect((await found({ text: '远程开门', commands: ['openDoor'] })).lines).toEqual([5]);
  expect((await found({ result: 'refused' })).lines).toEqual([4]);
  expect((await found({ result: 'done', vmcNo: 7 })).lines).toEqual([2]);
  expect((await found({ from: 2_000, to: 4_000 })).lines).toEqual([4, 3]);
  rewrite((before) => before.filter((_, index) => index !== 2));
  expect((await found({ vmcNo: 9 })).lines).toEqual([4, 3]);
  expect((await book.page({ ...everyLine, vmcNo: 9 }, null, 10)).faults).toBe(1);
  expect(await found({ result: 'broken' })).toEqual({ lines: [3], hasMore: false });
});

it.skipIf(process.platform === 'win32')(
  'a link in place of the trail or of its end is replaced, and the file elsewhere stays',
  async () => {
    for (const name of ['audit.jsonl', 'audit.jsonl.end', 'audit.jsonl.end.part']) {
      writeFileSync(folder(`mine ${name}`), 'mine\n');
      symlinkSync(folder(`mine ${name}`), folder(name));
    }
    await noted(note(1));
    for (const name of ['audit.jsonl', 'audit.jsonl.end', 'audit.jsonl.end.part'])
      expect(readFileSync(folder(`mine ${name}`), 'utf8')).toBe('mine\n');
    expect(problems).toEqual([]);
    expect(lines().length).toBe(2);
  },
);
