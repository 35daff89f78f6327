/** A released frame keeps its bytes; at most its number changes. */
import { expect, it } from 'vitest';
import { FrameDecoder } from '../../../../../src/main/core/protocol/frame';
import type { DecodedFrame } from '../../../../../src/main/core/protocol/decoded';
import { Leg } from '../../../../../src/main/core/connection/leg';
import { passedOn, releasedFrame } from '../../../../../src/main/core/connection/relayedFrame';
import type { Written } from '../../../../../src/main/core/connection/written';
import { bodyOfTotal, frame, lyingFrame, rawFrame } from '../../../../builders/frames';

function decoded(bytes: Uint8Array): DecodedFrame {
  const decoder = new FrameDecoder({ preferred: 'le48' });
  const [item] = [...decoder.push(bytes), ...decoder.end()];
  if (item?.kind !== 'frame') throw new Error('no frame');
  return item;
}

function passed(bytes: Uint8Array, next: number): Written {
  const held = { key: 1, leg: 'machine', rule: 1, frame: decoded(bytes), at: 0 } as const;
  const written = releasedFrame(held, { type: 'pass' }, 'in', next);
  if ('tooLong' in written) throw new Error(`too long: ${written.tooLong}`);
  return written;
}

/** A name in GB18030. */
const chinese = Buffer.from([
  ...Buffer.from('{"cmd":"hb","n":"'),
  0xbf,
  0xa7,
  0xb7,
  0xc8,
  ...Buffer.from('"}'),
]);
const long = Buffer.from(bodyOfTotal(20_000));

it.each([
  ['in GB18030', (sequence: number) => rawFrame(chinese, 'le48', sequence)],
  ['with a wrong length', (sequence: number) => lyingFrame('{"cmd":"hb"}', 26, 'le48', sequence)],
  ['longer than Crema’s own frames', (sequence: number) => rawFrame(long, 'le48', sequence)],
])('a body %s keeps its bytes and its length', (_, numbered) => {
  const written = passed(numbered(5), 7);
  expect(numbered(7).equals(written.bytes)).toBe(true);
  expect(written).toMatchObject({ head: 'le48', sequence: 7, findings: [{ code: 'relay.released' }] });
  // A frame that keeps its number keeps all its bytes.
  expect(numbered(7).equals(passed(numbered(7), 7).bytes)).toBe(true);
});

it('nothing changes without a readable number, or in a decimal head', () => {
  const unnumbered = frame({ cmd: 'hb' }, 'le48', 0);
  unnumbered.fill(0x2f, 4, 12);
  for (const bytes of [unnumbered, frame({ cmd: 'hb' })]) {
    const written = passed(bytes, 7);
    expect(Buffer.from(written.bytes)).toEqual(bytes);
    expect(written.sequence).toBeNull();
  }
});

it('a frame passed on at once under another number may be longer than any head can state', () => {
  const bytes = lyingFrame(bodyOfTotal(60_000), 26, 'le48', 5);
  const leg = new Leg('server', false, 0);
  leg.shift = 2;
  const { bytes: sent } = passedOn(decoded(bytes), leg, false);
  expect(lyingFrame(bodyOfTotal(60_000), 26, 'le48', 7).equals(sent)).toBe(true);
});
