/** Findings of a capture: those of the live session, without those that a capture cannot show. */
import { describe, expect, it } from 'vitest';
import type { NewEntry } from '#shared/model/frame';
import { messageOf } from '#shared/messages/read';
import { readJson } from '../../../../../src/main/core/protocol/json';
import { Fleet } from '../../../../../src/main/core/state/fleet';
import { EntryLog } from '../../../../../src/main/core/state/entryLog';
import { CaptureFindings } from '../../../../../src/main/core/state/captureFindings';

const peer = { remoteAddress: '10.0.0.5', remotePort: 40_000, localAddress: '10.0.0.1', localPort: 9700 };
const start = Date.UTC(2026, 10, 24, 10);

interface RecordedOptions {
  readonly conn?: number;
  readonly at?: number;
  readonly dir?: 'in' | 'out';
  readonly vmcNo?: number | null;
  readonly sequence?: number | null;
}
const recorded = (
  body: object,
  { conn = 1, at = start, dir = 'in', vmcNo = 5, sequence = null }: RecordedOptions = {},
): NewEntry => {
  const text = JSON.stringify(body);
  const bytes = Buffer.from(`            ${text}`);
  const wire = { head: 'le48', sequence, bytes, bodyStart: 12, text } as const;
  const { message } = messageOf(readJson(text).json, dir);
  return { kind: 'frame', at, conn, vmcNo, dir, ...wire, message, findings: [] };
};
const opened = (conn = 1, remoteAddress = peer.remoteAddress): NewEntry => ({
  kind: 'opened',
  at: start,
  conn,
  vmcNo: null,
  peer: { ...peer, remoteAddress },
});
const midStream = (conn = 1): NewEntry => ({
  kind: 'finding',
  at: start,
  conn,
  vmcNo: null,
  finding: { code: 'capture.midStream' },
});

/** The codes of all results, one entry each. */
function heard(entries: readonly NewEntry[]): string[] {
  const fleet = new Fleet();
  const entryLog = new EntryLog(fleet);
  const findings = new CaptureFindings(
    (vmcNo, message) => fleet.machineBefore(vmcNo, message),
    (conn) => fleet.connections.get(conn),
  );
  const codes: string[] = [];
  for (const entry of entries) {
    for (const each of findings.add(entry)) {
      entryLog.record(each);
      if (each.kind === 'finding') codes.push(`+${each.finding.code}`);
      else if (each.kind === 'frame') codes.push(each.findings.map(({ code }) => code).join());
    }
  }
  return codes;
}
const login = { cmd: 'login', vmc_no: 5, timestamp: '20261124' };
const beat = { cmd: 'hb', vmc_no: 5 };
const made = { cmd: 'productdone', vmc_no: 5, order_no: '8741', isok: true };
const broken = { cmd: 'error', vmc_no: 5, error_code: 'EC_2', isSet: true };

describe('a capture', () => {
  it('has the findings about sequence numbers, repeated orders and errors, and strange dates', () => {
    const entries = [
      opened(),
      recorded({ ...login, timestamp: '20150624' }, { sequence: 1 }),
      recorded(beat, { sequence: 4 }),
      recorded(made, { sequence: 5 }),
      recorded(made, { sequence: 6 }),
      recorded(broken, { sequence: 7 }),
      recorded(broken, { sequence: 0 }),
    ];
    expect(heard(entries)).toEqual([
      'clock.wrong',
      'seq.gap',
      '',
      'order.repeated',
      '',
      'seq.restart,error.repeated',
    ]);
  });

  it('reports a restarted counter on a new connection as a return, not as a restart', () => {
    const entries = [
      opened(),
      recorded(login, { sequence: 40 }),
      recorded(beat, { sequence: 41 }),
      opened(2),
      recorded(login, { sequence: 0, conn: 2 }),
      recorded(beat, { sequence: 1, conn: 2 }),
    ];
    expect(heard(entries).filter((codes) => codes.includes('seq'))).toEqual([]);
  });

  it('reports a missing login, but not on a connection without its beginning', () => {
    expect(heard([opened(), recorded(beat), recorded(beat)])).toEqual(['login.missing', '']);
    expect(heard([opened(), midStream(), recorded(beat)])).toEqual(['+capture.midStream', '']);
    // Known from a message to it.
    expect(
      heard([
        opened(),
        midStream(),
        recorded({ cmd: 'hb', vmc_no: 5 }, { dir: 'out' }),
        recorded({ ...beat, vmc_no: 6 }),
      ]),
    ).toEqual(['+capture.midStream', '', 'vmcNo.changed']);
  });

  it('reports a number taken by a newer connection, and one shared by two machines', () => {
    expect(heard([opened(), recorded(login), opened(2), recorded(login, { conn: 2 })])).toEqual([
      '',
      '',
      '+number.replaced',
    ]);
    const swaps = [1, 2, 3, 4, 5].flatMap((conn) => [
      opened(conn, `10.0.0.${conn}`),
      recorded(login, { conn }),
    ]);
    expect(heard(swaps).filter((code) => code === '+number.shared')).toHaveLength(1);
    const closed: NewEntry = { kind: 'closed', at: start, conn: 1, vmcNo: 5, reason: 'reset' };
    expect(heard([opened(), recorded(login), closed, opened(2), recorded(login, { conn: 2 })])).toEqual([
      '',
      '',
    ]);
  });

  it('answers nothing, and has no findings about Crema’s own frames', () => {
    const answer = recorded({ cmd: 'login_r', vmc_no: 5, ret: 0 }, { dir: 'out', sequence: 0 });
    const again = recorded({ cmd: 'hb' }, { dir: 'out', sequence: 9 });
    expect(heard([opened(), recorded(login), answer, again])).toEqual(['', '', '']);
  });
});
