/** Problems of a machine, from its row: one source for headline, list, table, status, filters and counts. */
import { ruleOf, type RuleName } from '../diagnosis/index';
import { connectionOf } from './connected';
import { isLeft, isNotInstalled } from './leftCommand';
import { linkTroubles, type LinkTrouble } from './linkTrouble';
import type { ErrorSeverity, MachineRow, MachineStatus } from './machine';
import { severityOfFinding, worstFirst, type Rated } from './severity';
import { isUnverified } from './verified';

export type Problem = Rated &
  (
    | { readonly kind: 'error' | 'diagnosis' | 'closed' | 'command' | PlainProblem }
    | { readonly kind: 'trouble'; readonly trouble: LinkTrouble; readonly since: number }
  );

/** Problems that need no further facts. */
export type PlainProblem = 'unverified' | 'locked' | 'doorOpen' | 'cupBlocked' | 'failedDrink';

export const plainProblems: Readonly<Record<PlainProblem, Rated>> = {
  unverified: { severity: 'fault', selling: 'doubtful' },
  locked: { severity: 'fatal', selling: 'no' },
  // The vendor's document does not say whether the machine sells with an open door.
  doorOpen: { severity: 'warning', selling: 'doubtful' },
  cupBlocked: { severity: 'warning', selling: 'doubtful' },
  // A customer may have paid for it. Whether the next drink succeeds, only an error of the machine can say.
  failedDrink: { severity: 'warning', selling: 'yes' },
};

/** The machine itself may be fine: its other reports say whether it sells. */
export const ratedCommand: Rated = { severity: 'warning', selling: 'yes' };

/**
 * Whether the newest command is a problem. Without a connection, how to get the machine back comes first. A failed test drink is a problem
 * itself.
 */
export function hasLeftCommand(row: MachineRow, now: number): boolean {
  const { leftCommand, failedDrink } = row;
  if (leftCommand === undefined || connectionOf(row, now).is !== 'online') return false;
  if (failedDrink?.isTest === true && leftCommand.steps.at(-1)?.what === 'drinkFailed') return false;
  return isLeft(leftCommand, now) || isNotInstalled(leftCommand);
}

/** The diagnosis of each link problem. */
export const ruleOfTrouble = {
  shared: 'numberShared',
  refused: 'loginRefused',
  loop: 'reconnectLoop',
  noLogin: 'loginMissing',
  halfFrames: 'halfFrames',
  noBeat: 'heartbeatMissing',
} as const satisfies Readonly<Record<LinkTrouble, RuleName>>;

/** Diagnoses that the row shows by other members: link problems, and an error that says the same. */
const shownOtherwise: ReadonlySet<RuleName> = new Set([...Object.values(ruleOfTrouble), 'soldOut']);
export const isShownOtherwise = (rule: RuleName): boolean => shownOtherwise.has(rule);

/** Whether another problem of the machine has the same cause: a wrong sign makes it unverified, or its login was refused for it. */
export const repeatsAnother = (row: MachineRow, rule: string): boolean =>
  rule === 'signMismatch' && (isUnverified(row) || row.link.refused !== null);

/** Products with an empty material are sold out. No other diagnosis without a row member of its own limits sales. */
export const sellingOfRule = (rule: string): Rated['selling'] =>
  rule === 'materialEmpty' ? 'partly' : 'yes';

export const severityOfRule = (rule: RuleName): ErrorSeverity => severityOfFinding[ruleOf(rule).severity];

/** Link problems during which nothing shows that the machine sells. */
const doubtedBy: ReadonlySet<LinkTrouble> = new Set(['shared', 'refused', 'noLogin']);

export const ratedTrouble = (trouble: LinkTrouble): Rated => ({
  severity: severityOfRule(ruleOfTrouble[trouble]),
  selling: doubtedBy.has(trouble) ? 'doubtful' : 'yes',
});

/**
 * The worst first. The connection is not among them: without one they are the last known problems. A machine without problems is fine as
 * far as it has reported.
 */
export function problemsOf(row: MachineRow, now: number): readonly Problem[] {
  const { worst, closed } = row;
  const diagnosis =
    row.diagnosis !== undefined && repeatsAnother(row, row.diagnosis.rule) ? undefined : row.diagnosis;
  const plain = (kind: PlainProblem, is: boolean): readonly Problem[] =>
    is ? [{ kind, ...plainProblems[kind] }] : [];
  return [
    // All other reports may be those of another device.
    ...plain('unverified', isUnverified(row)),
    ...worstFirst([
      ...(worst === null ? [] : [rated('error', worst)]),
      ...plain('locked', row.locked),
      ...linkTroubles(row, now).map(({ kind, since }) => ofTrouble(kind, since)),
      ...(diagnosis === undefined
        ? []
        : [rated('diagnosis', { ...diagnosis, selling: sellingOfRule(diagnosis.rule) })]),
      ...plain('doorOpen', row.doorOpen),
      ...plain('cupBlocked', row.cupBlocked),
      ...plain('failedDrink', row.failedDrink !== undefined),
      ...(hasLeftCommand(row, now) ? [{ kind: 'command' as const, ...ratedCommand }] : []),
      ...(closed === null ? [] : [rated('closed', closed)]),
    ]),
  ];
}

const ofTrouble = (trouble: LinkTrouble, since: number): Problem => ({
  kind: 'trouble',
  trouble,
  since,
  ...ratedTrouble(trouble),
});

const rated = (kind: 'error' | 'diagnosis' | 'closed', { severity, selling }: Rated): Problem => ({
  kind,
  severity,
  selling,
});

/** The number of problems, including those that the row only counts. */
export const problemCount = (row: MachineRow, now: number): number =>
  problemsOf(row, now).length +
  Math.max(0, row.errorCount - 1) +
  (row.closed?.others ?? 0) +
  (row.diagnosis?.others ?? 0);

function statusOfProblem(problem: Problem | undefined): MachineStatus {
  if (problem === undefined || problem.severity === 'info') return 'online';
  if (problem.kind === 'doorOpen') return 'doorOpen';
  return statusOfSeverity[problem.severity];
}

/** The status and its shape follow the severity alone, as in the list of problems. */
const statusOfSeverity = { fatal: 'fault', fault: 'error', warning: 'warning' } as const;

/** A machine's status: its connection, otherwise its worst problem. */
export function statusOf(row: MachineRow, now: number): MachineStatus {
  const { is } = connectionOf(row, now);
  if (is !== 'online') return is === 'silent' ? 'silence' : is;
  return statusOfProblem(problemsOf(row, now)[0]);
}

/** The worst first: the order of lists, chips and groups. */
export const statusOrder = [
  'fault',
  'error',
  'offline',
  'silence',
  'doorOpen',
  'warning',
  'restarting',
  'unknown',
  'online',
] as const satisfies readonly MachineStatus[];

export const statusRank = Object.fromEntries(statusOrder.map((status, rank) => [status, rank])) as Readonly<
  Record<MachineStatus, number>
>;

/**
 * The one state by which lists, chips and counts know a machine: the worse of its connection and its worst problem. Without a connection
 * the problem is the last known one.
 */
export function stateOf(row: MachineRow, now: number): MachineStatus {
  const status = statusOf(row, now);
  const last = lastProblemOf(row, now);
  return last !== null && statusRank[last] < statusRank[status] ? last : status;
}

/** The status by the last known problem of a machine without a working connection; `null`: connected, or without a known problem. */
export function lastProblemOf(row: MachineRow, now: number): MachineStatus | null {
  if (connectionOf(row, now).is === 'online') return null;
  const status = statusOfProblem(problemsOf(row, now)[0]);
  return status === 'online' ? null : status;
}

const isFine: ReadonlySet<MachineStatus> = new Set(['restarting', 'unknown', 'online']);

/** Whether nobody waits for the machine: a stopped virtual machine, or a number that never logged in. */
const isUnexpected = ({ online, virtual, stranger }: MachineRow): boolean =>
  !online && (virtual || stranger === true);

/** Whether the machine needs attention. */
export const isInTrouble = (row: MachineRow, now: number): boolean =>
  !isFine.has(stateOf(row, now)) && !(stateOf(row, now) === 'offline' && isUnexpected(row));
