/** Problems of a machine, from its row: one source for headline, list, status and diagnosis. */
import { connectionOf } from './connected';
import { linkTroubleOf, type LinkTrouble } from './linkTrouble';
import type { MachineRow, MachineStatus } from './machine';
import { isUnverified } from './verified';

export type Problem =
  | { readonly kind: 'connection'; readonly is: Exclude<ReturnType<typeof connectionOf>['is'], 'online'> }
  | { readonly kind: 'error'; readonly blocks: boolean }
  | { readonly kind: 'trouble'; readonly trouble: LinkTrouble; readonly since: number }
  | { readonly kind: 'unverified' | 'doorOpen' | 'cupBlocked' | 'closed' | 'locked' };

/**
 * Most severe first. A missing connection comes before everything else, because earlier reports are only the last known state. A machine
 * without problems is fine as far as it has reported.
 */
export function problemsOf(row: MachineRow, now: number): readonly Problem[] {
  const { worst, selling } = row;
  const problems: Problem[] = [];
  const { is } = connectionOf(row, now);
  if (is !== 'online') problems.push({ kind: 'connection', is });
  // All later reports may be another device's.
  if (isUnverified(row)) problems.push({ kind: 'unverified' });
  const blocks = selling === 'no' && worst?.severity === 'fatal' && isCertain(worst);
  if (blocks) problems.push({ kind: 'error', blocks });
  if (row.locked) problems.push({ kind: 'locked' });
  const trouble = linkTroubleOf(row, now);
  if (trouble !== null) problems.push({ kind: 'trouble', trouble: trouble.kind, since: trouble.since });
  if (row.doorOpen) problems.push({ kind: 'doorOpen' });
  if (worst !== null && !blocks) problems.push({ kind: 'error', blocks });
  if (row.cupBlocked) problems.push({ kind: 'cupBlocked' });
  if (row.closed !== null) problems.push({ kind: 'closed' });
  return problems;
}

const isCertain = ({ unconfirmed, madeAt }: NonNullable<MachineRow['worst']>): boolean =>
  !unconfirmed && madeAt === undefined;

/** The known problems that a diagnosis without findings must mention, so that it does not claim that everything is fine. */
export function knownBeside(row: MachineRow, now: number): 'errors' | 'others' | 'all' {
  const problems = problemsOf(row, now);
  if (problems.some(({ kind }) => kind === 'error')) return 'errors';
  return problems.length > 0 ? 'others' : 'all';
}

/** A machine's status, by its most severe problem. */
export function statusOf(row: MachineRow, now: number): MachineStatus {
  const [problem] = problemsOf(row, now);
  switch (problem?.kind) {
    case undefined:
      return 'online';
    case 'connection':
      return problem.is === 'silent' ? 'silence' : problem.is;
    case 'error':
      return problem.blocks ? 'fault' : 'warning';
    case 'locked':
      return 'fault';
    case 'unverified':
    case 'trouble':
    case 'cupBlocked':
      return 'warning';
    case 'doorOpen':
      return 'doorOpen';
    case 'closed':
      return row.selling === 'yes' ? 'online' : 'warning';
  }
}

/** Whether the machine needs attention: it has a problem, or had one when it was last connected. */
export const isInTrouble = (row: MachineRow, now: number): boolean =>
  problemsOf(row, now).some((problem) => {
    switch (problem.kind) {
      case 'connection':
        return problem.is === 'silent';
      case 'doorOpen':
        return false;
      case 'closed':
        return row.selling !== 'yes';
      default:
        return true;
    }
  });
