/** Relations of a frame: its answer, the response time, and its order. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Entry, FrameEntry } from '#shared/model/frame';
import type { JournalStore } from '../../../../../src/main/journal/store/journalStore';
import { connection, World } from '../../../../builders/connection';
import { lyingFrame } from '../../../../builders/frames';
import { batchOf, openStore } from '../../../../builders/journal';
import { useFolder } from '../../../../builders/useFolder';

const directory = useFolder();
let store: JournalStore;
beforeEach(() => {
  store = openStore(directory('journal.sqlite'));
});
afterEach(() => {
  store.close();
});

const keep = (entries: readonly Entry[]): void => {
  store.append(batchOf({ entries }));
};
const framesOf = ({ entries }: World, cmd: string): readonly FrameEntry[] =>
  entries.flatMap((entry) => (entry.kind === 'frame' && entry.message.body.cmd === cmd ? [entry] : []));

it('the response time runs from the last byte of the question, however late the frame is complete', () => {
  const world = new World();
  const body = '{"cmd":"qrcode","vmc_no":7,"qr_type":"wx_pub","product_id":1,"Amount":900,"order_no":"A1"}';
  // The head states more bytes, so only a pause shows that the frame is complete.
  const bytes = lyingFrame(body, 200);
  const link = connection({}, world).receivesBytes(bytes.subarray(0, 20)).after(40);
  link.receivesBytes(bytes.subarray(20)).quiet();
  keep(world.entries);
  const [asked, answered] = [framesOf(world, 'qrcode').at(0), framesOf(world, 'qrcode_r').at(0)];
  if (asked === undefined || answered === undefined) throw new Error('nothing was asked or answered');
  expect(store.relations(asked.id)).toMatchObject({ answer: { id: answered.id, at: answered.at } });
  expect(store.relations(answered.id)).toMatchObject({ question: { id: asked.id, at: asked.at } });
  expect(answered.at - asked.at).toBe(200);
});

it('each of two concurrent questions has the answer that names its order', () => {
  const world = new World();
  const link = connection({ config: { qrAnswers: 'hand' } }, world);
  const asks = (order_no: string) =>
    link.receives({ cmd: 'qrcode', vmc_no: 7, qr_type: 'wx_pub', product_id: 1, Amount: 900, order_no });
  asks('A1').after(10);
  asks('A2').after(1_000);
  for (const order_no of ['A2', 'A1']) {
    link.tells({ cmd: 'qrcode_r', vmc_no: 7, qr_type: 'wx_pub', qrcode: 'pay', order_no });
    link.after(500);
  }
  keep(world.entries);
  const [first, second] = framesOf(world, 'qrcode');
  const [late, early] = framesOf(world, 'qrcode_r').toReversed();
  expect(store.relations(first?.id ?? 0)?.answer).toEqual({ id: late?.id, at: late?.at });
  expect(store.relations(second?.id ?? 0)?.answer).toEqual({ id: early?.id, at: early?.at });
});

it('the previous frame has the same command and, if it has a status, the same status', () => {
  const world = new World();
  const link = connection({}, world);
  const sends = (status: string): void => {
    link.receives({ cmd: 'machinestatus', vmc_no: 7, status }).after(1_000);
  };
  for (const status of ['dooropen', 'doorclose', 'DoorOpen', 'doorclose', 'new']) sends(status);
  link.receives({ cmd: 'hb', vmc_no: 7 }).after(1_000).receives({ cmd: 'hb', vmc_no: 7 });
  keep(world.entries);
  const [open, , opened, closed, only] = framesOf(world, 'machinestatus');
  const previous = (entry: FrameEntry | undefined) => store.relations(entry?.id ?? 0)?.previous?.id;
  expect(previous(opened)).toBe(open?.id);
  expect(previous(closed)).toBe(framesOf(world, 'machinestatus')[1]?.id);
  expect(previous(only)).toBeUndefined();
  const [first, second] = framesOf(world, 'hb').filter(({ dir }) => dir === 'in');
  expect(previous(second)).toBe(first?.id);
});
