/**
 * The diagnoses of each machine, by the rules of `shared/diagnosis`. A rule runs when a state member that it reads has changed, and a rule
 * that depends on time also once per round. Frames alone never run a rule. A turn begins once a second and runs in steps.
 * No IO and no clock: callers pass the time.
 */
import { ruleNames, ruleOf, type RuleName } from '#shared/diagnosis/index';
import type { DiagnosisFacts, Seen } from '#shared/diagnosis/kit/rule';
import { shownOf, type Diagnosis } from '#shared/model/diagnosis';
import type { ShownDiagnosis } from '#shared/model/machine';

/** Machines checked per step. The answers of machines may have to wait for a step: 0.3 ms, or twice that on the first check. */
export const slice = 20;
/** Number of turns in which each machine is checked once because time passes. */
export const round = 10;
/** ms between two updates of a diagnosis when only its evidence is newer. */
export const renewInterval = 10_000;

export interface DiagnosesParts {
  /** `null`: the machine is no longer known. */
  readonly facts: (vmcNo: number, now: number) => DiagnosisFacts | null;
  readonly machines: () => Iterable<number>;
  /** Receives rows that began, changed or ended. */
  readonly changed: (rows: readonly Diagnosis[]) => void;
  /** The highest diagnosis number used so far. */
  readonly last: number;
}

interface Checked {
  facts: DiagnosisFacts | null;
  readonly open: Map<RuleName, { readonly row: Diagnosis; readonly reportedAt: number }>;
}

export class Diagnoses {
  readonly #parts: DiagnosesParts;
  readonly #machines = new Map<number, Checked>();
  readonly #touched = new Set<number>();
  /** Machines that remain in this turn, and whether they are due because time passes. */
  #turn: { readonly vmcNo: number; readonly timePasses: boolean }[] = [];
  /** Machines that remain in this round, and their number per turn. */
  #round: number[] = [];
  #perTurn = 1;
  #lastId: number;

  constructor(parts: DiagnosesParts) {
    this.#parts = parts;
    this.#lastId = parts.last;
  }

  /** The newest id. */
  get lastId(): number {
    return this.#lastId;
  }

  /** Restores the diagnoses of the last launch. Each continues, or ends at the next check of its machine. */
  restore(rows: readonly Diagnosis[]): void {
    for (const row of rows) {
      this.#of(row.vmcNo).open.set(row.rule, { row, reportedAt: row.since });
      this.#touched.add(row.vmcNo);
    }
  }

  /** The machine's state or its settings changed. */
  touched(vmcNo: number): void {
    this.#touched.add(vmcNo);
  }

  /** The open diagnoses, grouped by machine. */
  get open(): readonly Diagnosis[] {
    return [...this.#machines.values()].flatMap(({ open }) => [...open.values()].map(({ row }) => row));
  }

  /** The diagnosis in the machine's row; `null`: none. */
  shown(vmcNo: number): ShownDiagnosis | null {
    const open = this.#machines.get(vmcNo)?.open;
    return open === undefined || open.size === 0 ? null : shownOf([...open.values()].map(({ row }) => row));
  }

  /** Begins a turn, unless the last one is still running. */
  begin(): void {
    if (this.#turn.length > 0) return;
    if (this.#round.length === 0) {
      this.#round = [...this.#parts.machines()];
      this.#perTurn = Math.max(1, Math.ceil(this.#round.length / round));
    }
    const due = this.#round.splice(-this.#perTurn).map((vmcNo) => ({ vmcNo, timePasses: true }));
    const changed = [...this.#touched].map((vmcNo) => ({ vmcNo, timePasses: false }));
    this.#touched.clear();
    // `step` takes machines from the end.
    this.#turn = [...due, ...changed];
  }

  /** Runs one step of the turn. Returns whether more remains. */
  step(now: number): boolean {
    const rows: Diagnosis[] = [];
    for (const { vmcNo, timePasses } of this.#turn.splice(-slice)) this.#check(vmcNo, now, timePasses, rows);
    if (rows.length > 0) this.#parts.changed(rows);
    return this.#turn.length > 0;
  }

  /** The machine was removed from the list. */
  forget(vmcNo: number, now: number): void {
    const rows = [...(this.#machines.get(vmcNo)?.open.values() ?? [])].map(({ row }) => ended(row, now));
    this.#machines.delete(vmcNo);
    this.#touched.delete(vmcNo);
    if (rows.length > 0) this.#parts.changed(rows);
  }

  #of(vmcNo: number): Checked {
    const known = this.#machines.get(vmcNo) ?? { facts: null, open: new Map() };
    this.#machines.set(vmcNo, known);
    return known;
  }

  #check(vmcNo: number, now: number, timePasses: boolean, rows: Diagnosis[]): void {
    const facts = this.#parts.facts(vmcNo, now);
    if (facts === null) return this.#gone(vmcNo, now, rows);
    const checked = this.#of(vmcNo);
    for (const name of ruleNames) {
      if (!isToBeAsked(name, checked.facts, facts, timePasses)) continue;
      const row = this.#after(checked.open.get(name), name, ruleOf(name).when(facts), facts);
      if (row === null) continue;
      if (row.until === null) checked.open.set(name, { row, reportedAt: now });
      else checked.open.delete(name);
      rows.push(row);
    }
    checked.facts = facts;
  }

  #gone(vmcNo: number, now: number, rows: Diagnosis[]): void {
    for (const { row } of this.#machines.get(vmcNo)?.open.values() ?? []) rows.push(ended(row, now));
    this.#machines.delete(vmcNo);
  }

  /** The row to report; `null`: unchanged since the last report. */
  #after(
    known: { readonly row: Diagnosis; readonly reportedAt: number } | undefined,
    rule: RuleName,
    seen: Seen | null,
    { machine: { vmcNo }, now }: DiagnosisFacts,
  ): Diagnosis | null {
    if (seen === null) return known === undefined ? null : ended(known.row, now);
    const { cause, evidence, params = {}, since = now } = seen;
    if (known === undefined) {
      this.#lastId += 1;
      return { id: this.#lastId, vmcNo, rule, cause, since, until: null, evidence, params };
    }
    const { row, reportedAt } = known;
    const isSame = row.cause === cause && JSON.stringify(row.params) === JSON.stringify(params);
    // A clock that was set back must not delay the report.
    const isRecent = Math.abs(now - reportedAt) < renewInterval;
    if (isSame && (isRecent || String(row.evidence) === String(evidence))) return null;
    return { ...row, cause, evidence, params };
  }
}

const ended = (row: Diagnosis, now: number): Diagnosis => ({ ...row, until: Math.max(row.since, now) });

function isToBeAsked(
  name: RuleName,
  before: DiagnosisFacts | null,
  now: DiagnosisFacts,
  timePasses: boolean,
): boolean {
  if (before === null) return true;
  const { byTime, reads } = ruleOf(name);
  if (timePasses && byTime) return true;
  if (
    before.config !== now.config ||
    before.platform !== now.platform ||
    before.updates !== now.updates ||
    before.upgrade !== now.upgrade
  )
    return true;
  for (const member of reads) if (before.machine[member] !== now.machine[member]) return true;
  return false;
}
