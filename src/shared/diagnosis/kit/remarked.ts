/** Rules based on existing findings of frames and links. They make no findings themselves. */
import type { FindingCode } from '../../findings';
import type { Params, Severity } from '../../messages/row';
import { rule, type DiagnosisAction, type DiagnosisFacts, type Rule } from './rule';

/** [ours] ms for which a single finding counts as current. */
export const lately = 3_600_000;

interface Remark {
  readonly code: FindingCode;
  readonly last: number;
  readonly entry: number;
  readonly params: Params;
}

/** The newest current finding with one of these codes. */
export function remarkOf(
  { machine, now }: Pick<DiagnosisFacts, 'machine' | 'now'>,
  codes: readonly FindingCode[],
): Remark | null {
  let newest: Remark | null = null;
  for (const code of codes) {
    const found = machine.findings[code];
    if (found === undefined || now - found.last >= lately) continue;
    if (newest === null || found.last > newest.last)
      newest = { code, last: found.last, entry: found.entry, params: found.params };
  }
  return newest;
}

interface Remarked<Cause extends string> {
  readonly severity: Severity;
  readonly codes: readonly FindingCode[];
  readonly causes: Readonly<Record<Cause, DiagnosisAction | null>>;
  /** `null`: not relevant. */
  readonly cause: (remark: Remark, facts: DiagnosisFacts) => Cause | null;
  /** The finding's parameters used in the texts. */
  readonly names?: readonly string[];
}

/** A rule that applies while one of these findings is current. */
export const remarked = <Cause extends string>({
  severity,
  codes,
  causes,
  cause: causeOf,
  names = [],
}: Remarked<Cause>): Rule<Cause> =>
  rule({
    severity,
    reads: ['findings'],
    byTime: true,
    causes,
    when: (facts) => {
      const remark = remarkOf(facts, codes);
      const cause = remark === null ? null : causeOf(remark, facts);
      if (remark === null || cause === null) return null;
      const params = Object.fromEntries(names.map((name) => [name, remark.params[name] ?? '?']));
      return { cause, evidence: [remark.entry], params };
    },
  });
