import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toText } from '#shared/messages/field';
import type { JsonObject } from '#shared/model/frame';
import { ReplayFailure } from '../../../../../src/main/tools/replay/link';
import { ended, played, said, type Answering, type Played } from '../../../../builders/replayed';

const login = { cmd: 'login', vmc_no: 33_232, timestamp: '20250318', version: '1.2' };
const loginAnswer = { cmd: 'login_r', vmc_no: 33_232, date_time: '2025-03-18 16:54:00', ret: 0 };
const start = new Date('2025-03-18T16:54:00').getTime();
const hb = { cmd: 'hb', vmc_no: 33_232 };
const day = [
  said('in', login, { id: 1, at: start }),
  said('out', loginAnswer, { id: 2, at: start + 20 }),
  said('in', hb, { id: 3, at: start + 10_000 }),
  said('out', hb, { id: 4, at: start + 10_030 }),
  said('in', hb, { id: 5, at: start + 30_000 }),
  said('out', hb, { id: 6, at: start + 30_010 }),
];

/** A server that answers at once, like the recorded one. */
const asRecorded: Answering = ({ cmd, vmc_no }) =>
  cmd === 'login'
    ? [{ body: { ...loginAnswer, vmc_no: vmc_no ?? null }, after: 5 }]
    : [{ body: { cmd: 'hb', vmc_no: vmc_no ?? null }, after: 5 }];

/** The same, `ms` later. */
const within =
  (after: number): Answering =>
  (body) =>
    asRecorded(body).map((answer) => ({ body: answer.body, after }));

const pauses = ({ sent }: Played): readonly number[] =>
  sent.slice(1).map(({ at }, index) => at - (sent[index]?.at ?? 0));
const outcomes = ({ rows }: Played): readonly string[] =>
  [...rows.values()].filter(({ kind }) => kind === 'answer').map(({ cmd, outcome }) => `${cmd} ${outcome}`);

describe('the pace', () => {
  it('is the recorded one, or a multiple of it', async () => {
    const one = played(day, asRecorded);
    const end = await one.timing.through(one.run.run());
    expect(end).toMatchObject({ status: 'done', sent: 3, counts: { same: 3, missing: 0, extra: 0 } });
    expect(pauses(one)).toEqual([10_000, 20_000]);
    const ten = played(day, asRecorded, { pace: 10 });
    await ten.timing.through(ten.run.run());
    expect(pauses(ten)).toEqual([1_000, 2_000]);
  });

  it('waits for an answer at most 5 s longer than recorded', async () => {
    const late = played(day, within(2_000), { pace: 60 });
    await late.timing.through(late.run.run());
    expect(pauses(late)).toEqual([2_000, 2_000]);
    const silent = played(day, () => [], { pace: 60 });
    const end = await silent.timing.through(silent.run.run());
    expect(pauses(silent)).toEqual([5_020, 5_030]);
    expect(end.counts).toMatchObject({ missing: 3 });
  });

  it('continues if a timer fires early and the time passes during the check', async () => {
    const one = played([...day, ended(9, start + 40_000)], asRecorded);
    one.timing.drift = { perLook: 0.4, early: 1 };
    expect(await one.timing.through(one.run.run())).toMatchObject({ status: 'done', sent: 3 });
  });

  it('is set by the user in single steps', async () => {
    const one = played(day, asRecorded, { pace: 'step' });
    const over = one.run.run();
    for (let step = 0; step < 3; step += 1) {
      await new Promise((done) => setTimeout(done, 0));
      expect(one.sent).toHaveLength(step);
      expect(one.run.progress.next).toMatchObject({ waitsFor: 'person', entry: 1 + 2 * step });
      one.run.sendNext();
    }
    expect(await one.timing.through(over)).toMatchObject({ status: 'done', sent: 3 });
  });

  it('pauses and continues', async () => {
    const one = played(day, asRecorded);
    one.run.pause(true);
    const over = one.run.run();
    await new Promise((done) => setTimeout(done, 0));
    expect(one.run.progress).toMatchObject({ status: 'paused', sent: 0 });
    one.run.pause(false);
    expect(await one.timing.through(over)).toMatchObject({ status: 'done', sent: 3 });
  });

  it('does not affect the result, nor does the time of the answers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(1, 2, 10, 60),
        fc.array(fc.integer({ min: 0, max: 4_900 }), { minLength: 3, maxLength: 3 }),
        async (pace, delays) => {
          let at = 0;
          const one = played(day, (body) => within(delays[at++] ?? 0)(body), { pace });
          await one.timing.through(one.run.run());
          expect(outcomes(one).map((text) => text.replace('explained', 'same'))).toEqual([
            'login_r same',
            'hb same',
            'hb same',
          ]);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('a received answer', () => {
  const order = (order_no: string): JsonObject => ({
    cmd: 'qrcode',
    vmc_no: 33_232,
    qr_type: 'all',
    order_no,
  });
  const code = (order_no: string, qr_type: string): JsonObject => ({
    cmd: 'qrcode_r',
    vmc_no: 33_232,
    qr_type,
    qrcode: `pay ${order_no}`,
    order_no,
  });
  const sale = [
    said('in', order('1732579200000000001'), { id: 1, at: start }),
    said('in', order('1732579200000000002'), { id: 2, at: start + 10 }),
    said('out', code('1732579200000000001', 'wx_pub'), { id: 3, at: start + 20 }),
    said('out', code('1732579200000000001', 'alipay'), { id: 4, at: start + 30 }),
    said('out', code('1732579200000000002', 'wx_pub'), { id: 5, at: start + 40 }),
  ];

  it('is matched to its recorded answer by order and kind, in any sequence', async () => {
    const one = played(sale, ({ order_no }) => [
      { body: code(toText(order_no) ?? '', 'alipay'), after: 1 },
      { body: code(toText(order_no) ?? '', 'wx_pub'), after: 2 },
    ]);
    const { counts } = await one.timing.through(one.run.run());
    expect(counts).toMatchObject({ explained: 3, extra: 1, differs: 0, missing: 0 });
    const rows = [...one.rows.values()].filter(({ entry }) => entry !== null && entry >= 3);
    for (const { recorded, now } of rows) {
      const [was, is] = [recorded, now].map((side) => JSON.parse(side?.text ?? '') as JsonObject);
      expect(is?.['qr_type']).toBe(was?.['qr_type']);
    }
  });

  it('is classified: differs, missing, extra', async () => {
    const one = played(day, ({ cmd }) =>
      cmd === 'login'
        ? [
            { body: { ...loginAnswer, ret: 1 }, after: 1 },
            { body: { cmd: 'reboot', vmc_no: 33_232 }, after: 2 },
          ]
        : [],
    );
    const { counts } = await one.timing.through(one.run.run());
    expect(counts).toMatchObject({ differs: 1, missing: 2, extra: 1 });
    expect(outcomes(one).toSorted()).toEqual(['hb missing', 'hb missing', 'login_r differs', 'reboot extra']);
  });

  it('that arrives late is no longer missing', async () => {
    const one = played(day, within(7_000));
    const { counts } = await one.timing.through(one.run.run());
    // The last one is given up at the end of the replay.
    expect(counts).toMatchObject({ same: 2, missing: 1, extra: 0 });
  });

  it('is expected only for the chosen frames', async () => {
    const chosen = day.map((entry) => ({ entry, isChosen: entry.id === 3 }));
    const one = played(chosen, asRecorded);
    const end = await one.timing.through(one.run.run());
    expect(end).toMatchObject({ sent: 1, counts: { same: 1, missing: 0, extra: 0 } });
  });
});

it('a sent frame lists the rules applied to it, including its sign', async () => {
  const sign = createHash('md5').update('20250318abcd1234').digest('hex');
  const one = played([said('in', { ...login, sign }, { id: 1, at: start })], () => [], {
    vmcNo: 40_001,
    codeOf: () => 'abcd1234',
  });
  await one.timing.through(one.run.run());
  const [row] = [...one.rows.values()];
  expect(row).toMatchObject({ kind: 'sent', outcome: 'explained', notes: [] });
  expect(row?.differences.map(({ name, by }) => `${name} ${by}`)).toEqual([
    'vmc_no numbers',
    'timestamp times',
    'sign numbers',
  ]);
});

describe('connections', () => {
  it('are those of the recording, with the recorded ends', async () => {
    const two = [
      said('in', hb, { id: 1, at: start, conn: 1 }),
      said('in', hb, { id: 2, at: start + 10, conn: 2 }),
      ended(3, start + 20, 1),
      said('in', hb, { id: 4, at: start + 30, conn: 2 }),
    ];
    const one = played(two, () => []);
    await one.timing.through(one.run.run());
    expect(one.sent.map(({ conn }) => conn)).toEqual([1, 2, 2]);
    expect(one.links.map(({ isEnded }) => isEnded)).toEqual([true, true]);
  });

  it('count their own frames', async () => {
    const counted = [7, 8, 20].map((sequence, index) =>
      said('in', hb, { id: index + 1, at: start + index, head: 'le48', sequence }),
    );
    const one = played(counted, () => []);
    await one.timing.through(one.run.run());
    expect(one.sent.map(({ sequence }) => sequence)).toEqual([7, 8, 9]);
  });

  it('that are refused end the replay with that reason', async () => {
    const problem = { code: 'unreachable', detail: '127.0.0.1:1: ECONNREFUSED' } as const;
    const one = played(day, () => [], { open: () => Promise.reject(new ReplayFailure(problem)) });
    expect(await one.timing.through(one.run.run())).toMatchObject({ status: 'failed', sent: 0, problem });
  });

  it('that the other side closes early end the replay there', async () => {
    const one: Played = played(day, (body) => {
      if (body['cmd'] !== 'hb') return asRecorded(body);
      one.links[0]?.hears.closed('ECONNRESET');
      return [];
    });
    const end = await one.timing.through(one.run.run());
    expect(end).toMatchObject({
      status: 'failed',
      sent: 2,
      problem: { code: 'closed', detail: 'ECONNRESET' },
      counts: { missing: 1 },
    });
  });

  it('end on a cancel, and nothing more is sent', async () => {
    const one = played(day, asRecorded);
    const over = one.run.run();
    await new Promise((done) => setTimeout(done, 0));
    one.run.cancel();
    expect(await one.timing.through(over)).toMatchObject({ status: 'cancelled', sent: 1, problem: null });
    expect(one.links.map(({ isEnded }) => isEnded)).toEqual([true]);
  });
});

describe('as the server', () => {
  it('sends the frames that answer nothing, on one connection, and expects the recorded replies', async () => {
    const recorded = [
      said('in', login, { id: 1, at: start }),
      said('out', loginAnswer, { id: 2, at: start + 20 }),
      said('out', { cmd: 'statusquery', vmc_no: 33_232 }, { id: 3, at: start + 1_000 }),
      said('in', { cmd: 'statusquery_r', vmc_no: 33_232, status: 'doorclose' }, { id: 4, at: start + 1_100 }),
      said('in', hb, { id: 5, at: start + 1_200 }),
      said('out', hb, { id: 6, at: start + 1_210 }),
      said('out', { cmd: 'opendoor', vmc_no: 33_232 }, { id: 7, at: start + 2_000, conn: 2 }),
      said(
        'in',
        { cmd: 'machinestatus', vmc_no: 33_232, status: 'dooropen' },
        { id: 8, at: start + 2_500, conn: 2 },
      ),
    ];
    const one = played(
      recorded,
      ({ cmd, vmc_no }) => [
        { body: { cmd: 'hb', vmc_no: vmc_no ?? null }, after: 1 },
        cmd === 'statusquery'
          ? { body: { cmd: 'statusquery_r', vmc_no: vmc_no ?? null, status: 'dooropen' }, after: 20 }
          : { body: { cmd: 'machinestatus', vmc_no: vmc_no ?? null, status: 'dooropen' }, after: 20 },
      ],
      { role: 'server', vmcNo: 40_001 },
    );
    const end = await one.timing.through(one.run.run());
    expect(one.sent.map(({ body }) => body)).toEqual([
      { cmd: 'statusquery', vmc_no: 40_001 },
      { cmd: 'opendoor', vmc_no: 40_001 },
    ]);
    expect(one.links).toHaveLength(1);
    expect(end.counts).toMatchObject({ differs: 1, explained: 1, missing: 0, extra: 0 });
  });

  it('ends if Crema refuses to send', async () => {
    const error = { code: 'commandGoesFirst', params: { vmcNo: 1, behind: 'upgrade' } } as const;
    const one = played([said('out', { cmd: 'reboot' })], () => [], {
      role: 'server',
      open: () => Promise.resolve({ send: () => Promise.resolve(error), end: () => undefined }),
    });
    expect(await one.timing.through(one.run.run())).toMatchObject({
      status: 'failed',
      problem: { code: 'refused', error },
    });
  });
});
