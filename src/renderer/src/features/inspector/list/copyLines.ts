import type { FrameRow } from '#shared/model/frame';
import { tabbedCell } from '#shared/visible';
import { request } from '../../../bridge/request';

/** Frames copied with their whole body; beyond the limit, the text of the list is copied. */
const whole = 500;

/** Lines for the clipboard: time, direction, machine, command, and the body as received. */
export async function copyLines(rows: readonly FrameRow[]): Promise<string> {
  const lines: string[] = [];
  for (const [n, row] of rows.entries()) {
    const reply = n < whole ? await request('frame', { id: row.id }) : null;
    const { at, dir, vmcNo, cmd, kind, peer, reason } = row;
    const text = reply?.ok === true ? reply.value.fullText : row.text;
    const other = peer === undefined ? (reason ?? text) : `${peer.remoteAddress} ${peer.remotePort}`;
    const way = dir === null ? '-' : dir === 'in' ? '>' : '<';
    lines.push(
      [new Date(at).toISOString(), way, vmcNo ?? '?', tabbedCell(cmd ?? kind), tabbedCell(other)].join('\t'),
    );
  }
  return lines.join('\n');
}
