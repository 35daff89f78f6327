/** A machine at a glance, from its row: its state, its worst problem, whether it can sell, and what to do next. */
import { comebackOf, connectionOf } from './connected';
import { closeReasons, type CloseReason } from './closeReasons';
import type { LinkTrouble } from './linkTrouble';
import type { MachineRow, MachineStatus, Platform } from './machine';
import { problemCount, problemsOf, statusOf, type PlainProblem, type Problem } from './problems';
import { isBlockedCup } from './selling';
import { isUnverified } from './verified';

/**
 * no: something prevents it. doubtful: something may prevent it. partly: a part fails, such as a payment device. pending: not known yet,
 * because errors may still be reported. yes: no such report. unknown: cannot be determined now.
 */
export type Selling = Problem['selling'] | 'pending' | 'unknown';

/** Why it is not known whether it can sell. */
export type SellingDoubt =
  | 'offline'
  | 'silent'
  | 'restarting'
  | 'unknown'
  | 'unconfirmed'
  | 'notFatal'
  | 'madeSince'
  | 'closed'
  | PlainProblem
  | LinkTrouble
  | 'diagnosis';

/** The reason for the answer `doubtful` or `unknown`; `null`: another answer. */
export function sellingDoubt(row: MachineRow, now: number): SellingDoubt | null {
  const { is } = connectionOf(row, now);
  if (is !== 'online') return is;
  if (isUnverified(row)) return 'unverified';
  if (sellingNow(row, now) !== 'doubtful') return null;
  const problem = problemsOf(row, now).find(({ selling }) => selling === 'doubtful');
  if (problem === undefined) return null;
  if (problem.kind === 'trouble') return problem.trouble;
  if (problem.kind === 'command') return null;
  if (problem.kind !== 'error') return problem.kind;
  if (row.worst !== null && isBlockedCup(row.worst.code)) return 'cupBlocked';
  if (row.worst?.madeAt !== undefined) return 'madeSince';
  return row.worst?.unconfirmed === true ? 'unconfirmed' : 'notFatal';
}

/** ms after a login in which a linux machine reports errors from before its start [field3]. */
const reportsWithin = 180_000;

/** Time until which the machine may still report errors from before its login; `null`: over, or not connected. An unknown program can be linux. */
export function reportsUntil({ platform, login, online }: MachineRow, now: number): number | null {
  if (!online || platform === 'android' || login === null) return null;
  const until = login.at + reportsWithin;
  return until > now ? until : null;
}

/** Whether it can sell now, by its reports. Unknown for an offline, silent or unverified machine. */
export function sellingNow(row: MachineRow, now: number): Selling {
  if (connectionOf(row, now).is !== 'online' || isUnverified(row)) return 'unknown';
  const answers = new Set(problemsOf(row, now).map(({ selling }) => selling));
  if (answers.has('no')) return 'no';
  if (answers.has('doubtful')) return 'doubtful';
  const isLoggedIn = row.link.noLogin === null;
  if (!isLoggedIn || reportsUntil(row, now) !== null) return 'pending';
  return answers.has('partly') ? 'partly' : 'yes';
}

/** How a machine without a working connection comes back. */
type WayBack =
  | 'connectFirst' // it has never connected
  | 'waitFirstLogin' // connected, not logged in yet
  | 'waitAnswer' // silent
  | 'waitRestart'
  | 'waitLogin' // Crema or this computer was down
  | 'waitReconnect' // Crema closed the connection; {who}
  | 'powerCycle' // it did not come back after a restart command
  | 'restartAtMachine' // linux switches its network off after a refused login
  | 'endDirectLink'
  | 'checkUpstream' // the relay's server
  | 'freePlaces'
  | 'startVirtual'
  | 'checkPower';

export type NextStep =
  | { readonly do: 'nothing' }
  | { readonly do: 'waitReports'; readonly until: number }
  /** The remedy for the error in the row. */
  | { readonly do: 'error' | 'diagnosis' | 'closed' | 'command' }
  | { readonly do: 'trouble'; readonly trouble: LinkTrouble }
  | { readonly do: PlainProblem }
  | { readonly do: Exclude<WayBack, 'waitReconnect'> }
  | { readonly do: 'waitReconnect'; readonly who: Platform | 'unknown' };

/** Ends of connections with their own way back. */
const waysBack: Partial<Readonly<Record<CloseReason, Exclude<WayBack, 'waitReconnect'>>>> = {
  reserved: 'endDirectLink',
  noUpstream: 'checkUpstream',
  crowded: 'freePlaces',
};

function wayBackOf(row: MachineRow, now: number): NextStep {
  const { is } = connectionOf(row, now);
  const { gone, platform, link, restarting } = row;
  if (is === 'silent') return { do: 'waitAnswer' };
  if (is === 'restarting') return { do: 'waitRestart' };
  if (row.virtual) return { do: 'startVirtual' };
  const own = gone === null ? undefined : waysBack[gone];
  if (own !== undefined) return { do: own };
  if (link.refused !== null && platform === 'linux') return { do: 'restartAtMachine' };
  const [problem] = problemsOf(row, now);
  if (problem?.kind === 'trouble' && problem.trouble !== 'refused')
    return { do: 'trouble', trouble: problem.trouble };
  const who = comebackOf(row, platform, now);
  if (who !== null && gone !== null && closeReasons[gone].leaves === 'working')
    return { do: 'waitReconnect', who };
  if (is === 'unknown') return { do: 'waitLogin' };
  if (restarting !== null) return { do: 'powerCycle' };
  return { do: gone === null && row.lastHeard === null ? 'connectFirst' : 'checkPower' };
}

/** The next step for a person. Without a working connection: how to get the machine back. */
export function nextStepOf(row: MachineRow, now: number): NextStep {
  if (connectionOf(row, now).is !== 'online') return wayBackOf(row, now);
  const [problem] = problemsOf(row, now);
  if (problem === undefined) {
    if (row.link.noLogin !== null) return { do: 'waitFirstLogin' };
    const until = reportsUntil(row, now);
    return until === null ? { do: 'nothing' } : { do: 'waitReports', until };
  }
  return problem.kind === 'trouble' ? { do: 'trouble', trouble: problem.trouble } : { do: problem.kind };
}

/** Whether nothing is wrong as far as it has reported, and errors may still be reported. */
export const isPending = (row: MachineRow, now: number): boolean =>
  statusOf(row, now) === 'online' && problemsOf(row, now).length === 0 && sellingNow(row, now) === 'pending';

export interface Glance {
  readonly status: MachineStatus;
  /** `null`: none. Without a connection: the last known one. */
  readonly worst: Problem | null;
  /** Number of other problems. */
  readonly others: number;
  readonly selling: Selling;
  readonly next: NextStep;
}

export function glanceOf(row: MachineRow, now: number): Glance {
  const [worst = null] = problemsOf(row, now);
  return {
    status: statusOf(row, now),
    worst,
    others: Math.max(0, problemCount(row, now) - 1),
    selling: sellingNow(row, now),
    next: nextStepOf(row, now),
  };
}
