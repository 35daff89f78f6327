/** Every problem of one machine, for its page. The first is the one in its headline (problems.ts). */
import { ruleNames } from '../diagnosis/index';
import type { Diagnosis } from './diagnosis';
import type { LeftCommand } from './leftCommand';
import { linkTroubles, type LinkTrouble } from './linkTrouble';
import type { MachineRow, MachineState, Platform } from './machine';
import {
  hasLeftCommand,
  isShownOtherwise,
  ratedCommand,
  repeatsAnother,
  plainProblems,
  ratedTrouble,
  ruleOfTrouble,
  sellingOfRule,
  severityOfRule,
  type PlainProblem,
} from './problems';
import { errorsInOrder, ratedClosed, ratedError } from './selling';
import { worstFirst, type Rated } from './severity';
import { isUnverified } from './verified';
import type { ActiveFault, ClosedFault } from './activeFault';

interface Listed {
  /** Unique in the list, and the same as long as the problem lasts. */
  readonly key: string;
  readonly since: number;
  /** The entries that show it. */
  readonly evidence: readonly number[];
}

export type ListedProblem = Rated &
  Listed &
  (
    | { readonly kind: 'error'; readonly error: ActiveFault }
    | { readonly kind: 'closed'; readonly error: ClosedFault }
    | { readonly kind: 'diagnosis'; readonly diagnosis: Diagnosis }
    /** `diagnosis`: its cause; `null`: not diagnosed yet. */
    | { readonly kind: 'trouble'; readonly trouble: LinkTrouble; readonly diagnosis: Diagnosis | null }
    /** `diagnosis`: the mismatch that explains it; `null`: there is none. */
    | { readonly kind: 'unverified'; readonly diagnosis: Diagnosis | null }
    | { readonly kind: 'command'; readonly command: LeftCommand }
    | { readonly kind: Exclude<PlainProblem, 'unverified'> }
  );

interface Seen {
  readonly at: number;
  readonly entry: number;
}

const ofPlain = (kind: Exclude<PlainProblem, 'unverified'>, seen: Seen | null): readonly ListedProblem[] => {
  if (seen === null) return [];
  const evidence = seen.entry > 0 ? [seen.entry] : [];
  return [{ kind, key: kind, since: seen.at, evidence, ...plainProblems[kind] }];
};

const ofUnverified = (since: number, diagnoses: readonly Diagnosis[]): ListedProblem => {
  const diagnosis = diagnoses.find(({ rule }) => rule === 'signMismatch') ?? null;
  const evidence = diagnosis?.evidence ?? [];
  return { kind: 'unverified', key: 'unverified', since, evidence, diagnosis, ...plainProblems.unverified };
};

const ofError = (error: ActiveFault, platform: Platform | null): ListedProblem => ({
  kind: 'error',
  key: `error ${error.code}`,
  since: error.since,
  evidence: [error.entry],
  error,
  ...ratedError(error, platform),
});

const ofClosed = (error: ClosedFault, platform: Platform | null): ListedProblem => ({
  kind: 'closed',
  key: `closed ${error.code}`,
  since: error.closed.at,
  evidence: [error.entry],
  error,
  ...ratedClosed(error, platform),
});

const ofCommand = (command: LeftCommand): ListedProblem => ({
  kind: 'command',
  key: `command ${command.id}`,
  since: command.endedAt ?? command.steps.at(-1)?.at ?? 0,
  evidence: command.steps.flatMap(({ entry }) => (entry === null ? [] : [entry])).slice(-1),
  command,
  ...ratedCommand,
});

const ofTrouble = (trouble: LinkTrouble, since: number, diagnoses: readonly Diagnosis[]): ListedProblem => {
  const diagnosis = diagnoses.find(({ rule }) => rule === ruleOfTrouble[trouble]) ?? null;
  const evidence = diagnosis?.evidence ?? [];
  return { kind: 'trouble', key: trouble, since, evidence, trouble, diagnosis, ...ratedTrouble(trouble) };
};

const ofDiagnosis = (diagnosis: Diagnosis): ListedProblem => {
  const { rule, since, evidence } = diagnosis;
  const severity = severityOfRule(rule);
  return { kind: 'diagnosis', key: rule, since, evidence, diagnosis, severity, selling: sellingOfRule(rule) };
};

/** The worst first. `diagnoses`: the current ones of this machine. */
export function problemList(
  row: MachineRow,
  { errors, closed, door, cupBlocked, locked, lastDrink }: MachineState,
  diagnoses: readonly Diagnosis[],
  now: number,
): readonly ListedProblem[] {
  const { platform } = row;
  const others = diagnoses
    .filter(({ rule }) => !isShownOtherwise(rule) && !repeatsAnother(row, rule))
    .toSorted((a, b) => ruleNames.indexOf(a.rule) - ruleNames.indexOf(b.rule));
  return [
    ...(isUnverified(row) ? [ofUnverified(row.since, diagnoses)] : []),
    ...worstFirst([
      ...errorsInOrder(errors, platform).map((error) => ofError(error, platform)),
      ...ofPlain('locked', locked?.value === true ? locked : null),
      ...linkTroubles(row, now).map(({ kind, since }) => ofTrouble(kind, since, diagnoses)),
      ...others.map(ofDiagnosis),
      ...ofPlain('doorOpen', door?.value === 'open' ? door : null),
      ...ofPlain('cupBlocked', cupBlocked),
      ...ofPlain('failedDrink', lastDrink?.value.state === 'failed' ? lastDrink : null),
      ...(row.leftCommand !== undefined && hasLeftCommand(row, now) ? [ofCommand(row.leftCommand)] : []),
      ...errorsInOrder(closed, platform).map((error) => ofClosed(error, platform)),
    ]),
  ];
}

/** Whether it counts as a problem. Information that only Crema has found does not. */
export const isCounted = ({ kind, severity }: ListedProblem): boolean =>
  kind !== 'diagnosis' || severity !== 'info';
