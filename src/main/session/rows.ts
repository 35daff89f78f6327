/** What lists show: one row per machine and per frame, small enough to send by the thousand. */
import { severityOf } from '#shared/catalog/errorCodes';
import type { FrameRow } from '#shared/model/frame';
import type { ErrorSeverity, MachineConfig, MachineRow, MachineState } from '#shared/model/machine';
import { latin1 } from './latin1';
import { cmdOf, type KeptEntry } from './recent';

/** Characters of a body that a list shows. */
const textShown = 240;
const rank: Readonly<Record<ErrorSeverity, number>> = { fatal: 3, fault: 2, warning: 1, info: 0 };

export function machineRow(machine: MachineState, config: MachineConfig, virtual: boolean): MachineRow {
  const platform = config.platform ?? machine.platform;
  let worst: MachineRow['worst'] = null;
  for (const error of machine.errors) {
    const severity = severityOf(error.code, error.isFatal, platform);
    if (worst === null || rank[severity] > rank[worst.severity]) {
      worst = { code: error.code, severity, since: error.since, unconfirmed: error.unconfirmed };
    }
  }
  const { link } = machine;
  return {
    vmcNo: machine.vmcNo,
    name: config.name,
    platform,
    version: machine.login?.version ?? null,
    online: link.status === 'online',
    address: link.status === 'online' ? link.peer.remoteAddress : null,
    since: link.since,
    lastHeard: machine.lastHeard,
    restarting: machine.restart !== null && link.status === 'offline' ? link.since : null,
    doorOpen: machine.door?.value === 'open',
    cupBlocked: machine.cupBlocked !== null,
    worst,
    errorCount: machine.errors.length,
    findingCount: Object.keys(machine.findings).length,
    virtual,
  };
}

export function frameRow(entry: KeptEntry): FrameRow {
  const { id, at, conn, vmcNo, findings } = entry;
  const base = { id, at, conn, vmcNo, findings, size: entry.bytes.length };
  if (entry.kind === 'junk') {
    const text = latin1(entry.bytes.subarray(0, textShown));
    return { ...base, kind: 'junk', dir: 'in', head: null, cmd: null, text };
  }
  return {
    ...base,
    kind: 'frame',
    dir: entry.dir,
    head: entry.head,
    cmd: cmdOf(entry),
    text: entry.text.slice(0, textShown),
  };
}
