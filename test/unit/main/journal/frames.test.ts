/** A filter means the same in the live view and in the journal. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frameTest, type FrameFilter } from '#shared/filter/frames';
import { openJournal, type JournalStore } from '../../../../src/main/journal/store';
import { stored } from '../../../../src/main/keeping';
import { frameFacts } from '../../../../src/main/session/recent';
import { noon, playbook, World } from '../../../builders/playbook';

let directory: string;
let store: JournalStore;
const world = new World();

beforeAll(() => {
  const gb = Buffer.concat([
    Buffer.from('S00370000000000'.slice(0, 4)),
    Buffer.from('00000000{"cmd":"error","vmc_no":8,"x":"'),
    Buffer.from([0xbf, 0xa7, 0xb7, 0xc8]), // 咖啡
    Buffer.from('"}'),
  ]);
  playbook({}, world)
    .receives({ cmd: 'login', vmc_no: 7, version: '1.0', linuxDriverVersion: '1.3' })
    .receives({
      cmd: 'error',
      vmc_no: 7,
      error_code: 'EC_2',
      error_description: 'Tasse ÜBER 咖啡',
      isSet: true,
    })
    .receivesBytes(Buffer.from('\u0000junk ÿ EC_2'))
    .receives({ cmd: 'HB', vmc_no: 7 })
    .quiet();
  playbook({}, world).receives({ cmd: 'login', vmc_no: 8, io_version: '1' }).receivesBytes(gb).quiet();
  for (let n = 0; n < 700; n += 1) playbook({}, world).receives({ cmd: 'hb', vmc_no: 9, n });
  directory = mkdtempSync(join(tmpdir(), 'crema-frames-'));
  const result = openJournal(join(directory, 'journal.sqlite'));
  if (result.kind !== 'open') throw new Error('not opened');
  ({ store } = result);
  for (const mark of marks.values()) store.setMark(mark);
  store.append({ entries: world.entries.map(stored), faults: [], orders: [], commands: [], machines: [] });
});
afterAll(() => {
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

const now = noon + 3_600_000;
const marks = new Map([
  [3, { entry: 3, marked: true, note: '' }],
  [40, { entry: 40, marked: false, note: 'odd' }],
]);
const sayings = {
  nameOf: (vmcNo: number) => (vmcNo === 8 ? 'Lobby' : ''),
  markOf: (entry: number) => marks.get(entry) ?? null,
};

const words = [
  'ec_2',
  '咖啡',
  '咖',
  'über',
  '"\\"n\\":4"',
  '"%"',
  '_',
  'ÿ',
  'tasse',
  '"Tasse ÜBER"',
  'cmd:hb',
  'cmd:h*',
  'NOT cmd:hb',
  'vmc:7,8',
  'vmc:Lobby',
  'dir:out',
  'size>60',
  'size:10..50',
  'finding:*',
  'finding:text.gb18030',
  'kind:junk',
  'code:EC_2',
  'body.n>=650',
  'body.isSet:true',
  'time>=-61m',
  'time<-2h',
  'conn:2',
  'head:none',
  'fold:hb',
  'mark:*',
  'note:odd',
  'id:100..200',
  'text~"n.:6[0-9]"',
];
const text = fc
  .array(fc.tuple(fc.constantFrom('', 'OR ', '-'), fc.constantFrom(...words)), { maxLength: 4 })
  .map((terms) => terms.map(([how, word], i) => (i === 0 && how === 'OR ' ? word : how + word)).join(' '));

const filter: fc.Arbitrary<FrameFilter> = fc.record({
  vmcNo: fc.constantFrom(null, 7, 8, 9, 10),
  dir: fc.constantFrom(null, 'in', 'out'),
  cmd: fc.constantFrom(null, 'hb', 'Error', 'login_r', 'nothing'),
  text,
});

describe('lists of frames', () => {
  it('the journal finds what the live view lets through, page by page, back from an entry and on from one', () => {
    fc.assert(
      fc.property(filter, fc.integer({ min: 20, max: 400 }), fc.nat(700), (wanted, limit, start) => {
        const test = frameTest(wanted, now);
        if (!test.ok) throw new Error(`${wanted.text}: ${test.error.code}`);
        const { matches } = test;
        const expected = world.entries
          .filter((entry) => matches(frameFacts(entry, sayings)))
          .map(({ id }) => id)
          .toReversed();
        const found: number[] = [];
        const names = { 8: 'Lobby' };
        let before: number | null = null;
        for (let pages = 0; pages < 200; pages += 1) {
          const page = store.frames({ filter: wanted, place: { before }, limit, now, names });
          found.push(...page.entries.map(({ id }) => id));
          before = page.next;
          if (before === null) break;
        }
        expect(found).toEqual(expected);
        const newer: number[] = [];
        for (let after: number | null = start; after !== null;) {
          const page = store.frames({ filter: wanted, place: { after }, limit, now, names });
          newer.unshift(...page.entries.map(({ id }) => id));
          after = page.next;
        }
        expect(newer).toEqual(expected.filter((id) => id > start));
      }),
      { numRuns: 400 },
    );
  }, 30_000);
});
