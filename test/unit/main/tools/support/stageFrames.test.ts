import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Entry } from '#shared/model/frame';
import { importJsonl } from '../../../../../src/main/core/captures/in/importJsonl';
import type { FramesRequest } from '../../../../../src/main/tools/support/calls';
import { stageFrames } from '../../../../../src/main/tools/support/stageFrames';
import { writeZip } from '../../../../../src/main/tools/support/writeZip';
import { frame, rawFrame } from '../../../../builders/frames';
import { formOf, keyOf, standInOf } from '../../../../builders/masking';
import { privateBody } from '../../../../builders/privateBodies';
import { membersOf, recordedAs } from '../../../../builders/supportFiles';
import { newFolder } from '../../../../builders/folders';
import { writeJournal } from '../../../../builders/journal';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();
const never = new AbortController().signal;
const ignore = (): void => undefined;
const first = 1_764_000_000_000;

const asked = (journal: string, more: Partial<FramesRequest> = {}): FramesRequest => {
  const stage = newFolder(folder());
  return {
    journal,
    stage,
    limit: 50_000_000,
    key: keyOf(1),
    codes: [],
    taken: 0,
    since: first - 1,
    now: first + 3_600_000,
    machines: null,
    language: 'en',
    ...more,
  };
};

/** The ZIP of the frames only, and the entries that Crema reads from it. */
async function zipped(request: FramesRequest) {
  const { file, facts } = await stageFrames(request, never, ignore);
  const target = join(request.stage, 'file.zip');
  const { limit } = request;
  const bytes = await writeZip(
    { journal: request.journal ?? '', target, files: [file], manifest: { a: 1 }, limit },
    never,
    ignore,
  );
  const members = await membersOf(target);
  const jsonl = members.get('frames/frames.jsonl') ?? Buffer.alloc(0);
  const entries: Entry[] = [];
  if (jsonl.length > 0) for await (const page of importJsonl(inOne(jsonl))) entries.push(...page);
  return { facts, file, bytes, members, entries };
}
async function* inOne(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
}

it('for any bodies: no byte of any member, nor of the frames read from it, shows a private text', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(privateBody, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('in', 'out'),
      async (bodies, dir) => {
        const own = folder(String((run += 1)));
        mkdirSync(own);
        const recorded = recordedAs(
          bodies.map(({ bytes }) => rawFrame(bytes)),
          dir,
        );
        const { members, entries } = await zipped(asked(writeJournal(join(own, 'journal.sqlite'), recorded)));
        expect(entries).toHaveLength(recorded.length);
        const raw = entries.map((entry) =>
          'bytes' in entry ? Buffer.from(entry.bytes).toString('latin1') : '',
        );
        const all = [...[...members.values()].map((bytes) => bytes.toString('latin1')), ...raw];
        for (const { secret } of bodies) for (const text of all) expect(text).not.toContain(secret.inner);
      },
    ),
    { numRuns: 12 },
  );
});

const order = '594f803b380a41396ed63dca39503542';
const sale = (nr: number): Buffer =>
  frame({
    cmd: 'productdone',
    vmc_no: 33_232,
    ProductId: 8,
    isok: true,
    order_no: `${order}${nr}`,
    timestamp: '20260101101500',
  });

it('frames keep head, length, time and findings, and open again', async () => {
  const broken = rawFrame(`{"cmd":"productdone","order_no":"${order}`);
  const journal = writeJournal(folder('journal.sqlite'), recordedAs([sale(1), broken, sale(1)], 'in'));
  const { facts, entries } = await zipped(asked(journal));
  expect(facts).toEqual({ entries: 3, withheld: 1, from: first, to: first + 2_000, leftOut: 0 });
  expect(entries.map((entry) => entry.kind)).toEqual(['frame', 'frame', 'frame']);
  const [one, two, three] = entries.map((entry) => (entry.kind === 'frame' ? entry : null));
  expect(one?.head).toBe('decimal');
  expect(one?.bytes).toHaveLength(sale(1).length);
  expect(Buffer.from(one?.bytes ?? []).subarray(0, 12)).toEqual(sale(1).subarray(0, 12));
  expect(one?.message.body).toMatchObject({
    cmd: 'productdone',
    orderNo: expect.stringMatching(standInOf(33)) as string,
    isOk: true,
  });
  expect(three?.text).toBe(one?.text);
  expect(two?.text).toMatch(/^\[withheld\]x*$/);
  expect(two?.bytes).toHaveLength(broken.length);
  expect(two?.findings.map(({ code }) => code)).toContain('json.lenient');
  expect(entries[1]).toMatchObject({ mark: { note: expect.stringContaining('withheld') as string } });
});

it('contains only the requested hours and machines', async () => {
  const journal = writeJournal(folder('journal.sqlite'), recordedAs([sale(1), sale(2), sale(3)], 'in'));
  const late = await zipped(asked(journal, { since: first + 1_500 }));
  expect(late.facts.entries).toBe(1);
  const other = await zipped(asked(journal, { machines: [1, 2] }));
  expect(other.facts).toEqual({ entries: 0, withheld: 0, from: null, to: null, leftOut: 0 });
  const ours = await zipped(asked(journal, { machines: [1, 33_232] }));
  expect(ours.facts.entries).toBe(3);
});

it('with limited space it has the newest frames, and respects the size limit', async () => {
  const many = Array.from({ length: 1_200 }, (_, nr) => sale(nr));
  const journal = writeJournal(folder('journal.sqlite'), recordedAs(many, 'in'));
  const whole = await zipped(asked(journal));
  expect(whole.facts).toMatchObject({ entries: 1_200, leftOut: 0 });
  const limit = Math.floor(whole.bytes * 0.6);
  const request = asked(journal, { limit });
  const { facts, bytes, entries } = await zipped(request);
  expect(bytes).toBeLessThanOrEqual(limit);
  expect(facts.leftOut).toBeGreaterThan(0);
  expect(facts.leftOut + facts.entries).toBe(1_200);
  expect(entries[0]?.id).toBe(facts.leftOut + 1);
  expect(entries.at(-1)?.id).toBe(1_200);
  // Frames that did not fit do not fill the disk either.
  expect(readdirSync(request.stage)).toHaveLength(Math.ceil(facts.entries / 512) + 1);
});

it('a cancel ends it, and private texts are learnt before anything is written', async () => {
  const journal = writeJournal(
    folder('journal.sqlite'),
    recordedAs(
      [
        frame({
          cmd: 'productdone',
          vmc_no: 33_232,
          ProductId: 8,
          isok: false,
          order_no: '',
          failreason: `not ${order}1`,
        }),
        sale(1),
      ],
      'in',
    ),
  );
  const { members } = await zipped(asked(journal));
  expect(String(members.get('frames/frames.jsonl'))).toMatch(new RegExp(`not ${formOf(33)}`));
  await expect(stageFrames(asked(journal), AbortSignal.abort(), ignore)).rejects.toThrow(/aborted/i);
});

it('takes exactly the chosen machines, even too many for one filter', async () => {
  const own = folder('many');
  mkdirSync(own);
  const recorded = recordedAs([rawFrame('{"cmd":"hb","vmc_no":33232}')], 'in');
  const others = Array.from({ length: 499 }, (_, n) => 900_000_000_000_000 + n);
  const journal = writeJournal(join(own, 'journal.sqlite'), recorded);
  expect((await zipped(asked(journal, { machines: [33_232, ...others] }))).entries).toHaveLength(1);
  expect((await zipped(asked(journal, { machines: [1, ...others] }))).entries).toHaveLength(0);
});

it('a user’s note on a frame shows no private numbers', async () => {
  const own = folder('noted');
  mkdirSync(own);
  const recorded = recordedAs([rawFrame('{"cmd":"hb","vmc_no":33232}')], 'in');
  const journal = writeJournal(join(own, 'journal.sqlite'), recorded);
  const db = new DatabaseSync(journal);
  db.exec("INSERT INTO marks (entry, marked, note, checksum) VALUES (1, 1, 'customer 138 0013 8000', NULL)");
  db.close();
  const { members } = await zipped(asked(journal));
  const text = members.get('frames/frames.jsonl')?.toString() ?? '';
  expect(text).toContain('customer [withheld]');
  expect(text).not.toContain('8000');
});
