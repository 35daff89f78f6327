/** Rows for lists, one per machine and one per frame, small enough to send by the thousand. */
import { severityOf } from '#shared/errors/codes';
import { directionOf, machineOf, type Entry, type FrameRow } from '#shared/model/frame';
import { heardOf, linkFacts } from '#shared/model/linkFacts';
import { goesWithinOf } from '#shared/commands/kit/rows';
import { isRestarting } from '#shared/model/restarts';
import {
  isConfirmed,
  type ErrorSeverity,
  type MachineConfig,
  type MachineRow,
  type MachineState,
} from '#shared/model/machine';
import { latin1 } from './latin1';
import { cmdOf } from './recentFrames';

/** Characters of a body that a list shows. */
const textShown = 240;
const rank: Readonly<Record<ErrorSeverity, number>> = { fatal: 3, fault: 2, warning: 1, info: 0 };

export function machineRow(machine: MachineState, config: MachineConfig, virtual: boolean): MachineRow {
  const platform = config.platform ?? machine.platform;
  let worst: MachineRow['worst'] = null;
  for (const error of machine.errors) {
    const { code, since } = error;
    const severity = severityOf(code, error.isFatal, platform);
    const unconfirmed = !isConfirmed(error);
    const isWorse =
      worst === null ||
      rank[severity] > rank[worst.severity] ||
      (severity === worst.severity && worst.unconfirmed && !unconfirmed);
    if (isWorse) worst = { code, severity, since, unconfirmed };
  }
  const { link } = machine;
  return {
    vmcNo: machine.vmcNo,
    name: config.name,
    place: config.place,
    model: config.model || (machine.login?.model ?? ''),
    platform,
    version: machine.login?.version ?? null,
    ioVersion: machine.login?.ioVersion ?? null,
    online: link.status === 'online',
    address: link.status === 'online' ? link.peer.remoteAddress : null,
    since: link.since,
    gone: link.status === 'offline' ? link.reason : null,
    ...heardOf(machine),
    link: linkFacts(machine),
    restarting: link.status === 'offline' && isRestarting(machine, goesWithinOf) ? link.since : null,
    doorOpen: machine.door?.value === 'open',
    cupBlocked: machine.cupBlocked !== null,
    worst,
    errorCount: machine.errors.length,
    findingCount: Object.keys(machine.findings).length,
    virtual,
    ...(link.status === 'online' && link.peer.relay !== undefined && { relay: link.peer.relay.is }),
  };
}

export function frameRow(entry: Entry): FrameRow {
  const { id, at, conn, kind } = entry;
  const vmcNo = machineOf(entry);
  const base = {
    id,
    at,
    conn,
    vmcNo,
    kind,
    dir: null,
    head: null,
    cmd: null,
    size: 0,
    text: '',
    findings: [],
  };
  switch (entry.kind) {
    case 'opened':
      return { ...base, peer: entry.peer };
    case 'closed':
      return { ...base, reason: entry.reason };
    case 'finding':
      return { ...base, findings: [entry.finding] };
    case 'junk': {
      const { bytes, findings } = entry;
      const text = latin1(bytes.subarray(0, textShown));
      return { ...base, dir: directionOf(entry), size: bytes.length, text, findings };
    }
    case 'frame': {
      const { dir, head, bytes, findings } = entry;
      const text = entry.text.slice(0, textShown);
      return { ...base, dir, head, cmd: cmdOf(entry), size: bytes.length, text, findings };
    }
  }
}
