/** A diagnosis of a machine: one row from its beginning to its end. Times are ms since 1970. */
import { allSeen, ruleNames, ruleOf, type RuleName } from '../diagnosis/index';
import type { Params } from '../messages/row';
import type { MachineConfig, MachineState, ShownDiagnosis } from './machine';
import { isShownOtherwise, severityOfRule } from './problems';

export interface Diagnosis {
  readonly id: number;
  readonly vmcNo: number;
  readonly rule: RuleName;
  readonly cause: string;
  readonly since: number;
  /** `null`: still true. */
  readonly until: number | null;
  /** The most recent evidence. */
  readonly evidence: readonly number[];
  readonly params: Params;
}

/** Diagnoses of one machine, newest first. */
export interface DiagnosisQuery {
  readonly vmcNo: number;
  readonly limit: number;
}

/** The diagnoses at the end of a capture. `end`: its last time; `null`: unknown. */
export function diagnosesAtEnd(
  machine: MachineState,
  config: MachineConfig,
  end: number | null,
): readonly Diagnosis[] {
  const now = end ?? machine.lastHeard ?? 0;
  const platform = config.platform ?? machine.platform;
  return allSeen({ now, machine, config, isHere: false, platform, updates: 'off', upgrade: null }).map(
    ({ rule, cause, evidence, params = {}, since = now }, id) => ({
      id,
      vmcNo: machine.vmcNo,
      rule,
      cause,
      since,
      until: null,
      evidence,
      params,
    }),
  );
}

export const shownAtEnd = (...args: Parameters<typeof diagnosesAtEnd>): ShownDiagnosis | null =>
  shownOf(diagnosesAtEnd(...args));

/** Whether the machine's row shows it, if no worse one is open. */
export const isInRow = (rule: RuleName): boolean =>
  ruleOf(rule).severity !== 'info' && !isShownOtherwise(rule);

/** The worst one for the machine's row, with the number of others; `null`: none that the row shows. */
export function shownOf(
  open: readonly Pick<Diagnosis, 'rule' | 'cause' | 'since' | 'params'>[],
): ShownDiagnosis | null {
  const shown = open
    .filter(({ rule }) => isInRow(rule))
    .toSorted((a, b) => ruleNames.indexOf(a.rule) - ruleNames.indexOf(b.rule));
  const [worst] = shown;
  if (worst === undefined) return null;
  const { rule, cause, since, params } = worst;
  return { rule, cause, severity: severityOfRule(rule), since, params, others: shown.length - 1 };
}
