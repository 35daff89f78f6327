/** Traffic of a thousand machines (or another number) in any number of frames, which are never all in memory. */
import type { Entry, Peer } from '#shared/model/frame';
import { FrameDecoder } from '../../src/main/core/protocol/frame';
import { readMessage } from '#shared/messages/read';
import { frame, trafficMix } from './frames';

const pageSize = 5000;

export async function* manyEntries(
  frames: number,
  firstAt = 1_700_000_000_000,
  machines = 1000,
): AsyncGenerator<readonly Entry[]> {
  const mix = trafficMix(Math.min(frames, 10_000), machines).map((body) => {
    const [decoded] = new FrameDecoder().push(frame(body));
    if (decoded?.kind !== 'frame') throw new Error('not a good frame');
    const { head, sequence, bytes, bodyStart, text, json } = decoded;
    return { head, sequence, bytes, bodyStart, text, message: readMessage(json, 'in').message };
  });
  for (let from = 0; from < frames; from += pageSize) {
    await Promise.resolve();
    const page: Entry[] = [];
    for (let i = from; i < Math.min(from + pageSize, frames); i += 1) {
      const one = mix[i % mix.length];
      if (one === undefined) continue;
      const { head, sequence, bytes, bodyStart, text, message } = one;
      const base = {
        id: i + 1,
        at: firstAt + i,
        conn: 1 + (i % machines),
        vmcNo: 33_232 + (i % machines),
      };
      const wire = { head, sequence, bytes, bodyStart, text, findings: [] };
      page.push({ kind: 'frame', ...base, dir: 'in', ...wire, message: { from: 'machine', body: message } });
    }
    yield page;
  }
}

export const peerOf = (conn: number): Peer => ({
  remoteAddress: `10.1.${conn >> 8}.${conn & 255}`,
  remotePort: 40_000,
  localAddress: '10.0.0.1',
  localPort: 9700,
});
