/**
 * What is wrong with each machine, by the rules of `shared/diagnosis`. A rule is asked when a member of the state that it reads has changed, those that
 * depend on the time once a round; never for a frame by itself. A turn begins once a second and is done in steps. No IO, no clock: they are given the time.
 */
import { ruleNames, ruleOf, type RuleName } from '#shared/diagnosis/index';
import type { DiagnosisFacts, Seen } from '#shared/diagnosis/kit/rule';
import type { Diagnosis } from '#shared/model/diagnosis';

/** Machines looked at in one step, which machines' answers may have to wait for: 0.3 ms, twice that of machines seen first. */
export const slice = 20;
/** Turns in which each machine is looked at once because time passes. */
export const round = 10;
/** ms between two rows of the same diagnosis in which only the evidence is newer. */
export const renewInterval = 10_000;

export interface DiagnosesParts {
  /** `null`: it is not known any more. */
  readonly facts: (vmcNo: number, now: number) => DiagnosisFacts | null;
  readonly machines: () => Iterable<number>;
  /** Rows that began, changed or ended. */
  readonly changed: (rows: readonly Diagnosis[]) => void;
  /** The newest number that was ever given. */
  readonly last: number;
}

interface Looked {
  facts: DiagnosisFacts | null;
  readonly open: Map<RuleName, { readonly row: Diagnosis; readonly toldAt: number }>;
}

export class Diagnoses {
  readonly #parts: DiagnosesParts;
  readonly #machines = new Map<number, Looked>();
  readonly #touched = new Set<number>();
  /** Of this turn, those that are still to be looked at, and whether because time passes. */
  #turn: { readonly vmcNo: number; readonly timePasses: boolean }[] = [];
  /** The same of this round, and how many of them in a turn. */
  #round: number[] = [];
  #perTurn = 1;
  #lastId: number;

  constructor(parts: DiagnosesParts) {
    this.#parts = parts;
    this.#lastId = parts.last;
  }

  /** What was true when the last run ended. It goes on, or ends when its machine is looked at. */
  restore(rows: readonly Diagnosis[]): void {
    for (const row of rows) {
      this.#of(row.vmcNo).open.set(row.rule, { row, toldAt: row.since });
      this.#touched.add(row.vmcNo);
    }
  }

  /** Something is another about it: its state, or what was chosen for it. */
  touched(vmcNo: number): void {
    this.#touched.add(vmcNo);
  }

  /** Those that are true, worst first of each machine. */
  get open(): readonly Diagnosis[] {
    return [...this.#machines.values()].flatMap(({ open }) => [...open.values()].map(({ row }) => row));
  }

  /** A turn begins, unless the last one is not over. */
  begin(): void {
    if (this.#turn.length > 0) return;
    if (this.#round.length === 0) {
      this.#round = [...this.#parts.machines()];
      this.#perTurn = Math.max(1, Math.ceil(this.#round.length / round));
    }
    const due = this.#round.splice(-this.#perTurn).map((vmcNo) => ({ vmcNo, timePasses: true }));
    const changed = [...this.#touched].map((vmcNo) => ({ vmcNo, timePasses: false }));
    this.#touched.clear();
    // They are taken from the end.
    this.#turn = [...due, ...changed];
  }

  /** A part of it; whether more is left. */
  step(now: number): boolean {
    const rows: Diagnosis[] = [];
    for (const { vmcNo, timePasses } of this.#turn.splice(-slice)) this.#look(vmcNo, now, timePasses, rows);
    if (rows.length > 0) this.#parts.changed(rows);
    return this.#turn.length > 0;
  }

  /** It was taken off the list. */
  forget(vmcNo: number, now: number): void {
    const rows = [...(this.#machines.get(vmcNo)?.open.values() ?? [])].map(({ row }) => ended(row, now));
    this.#machines.delete(vmcNo);
    this.#touched.delete(vmcNo);
    if (rows.length > 0) this.#parts.changed(rows);
  }

  #of(vmcNo: number): Looked {
    const known = this.#machines.get(vmcNo) ?? { facts: null, open: new Map() };
    this.#machines.set(vmcNo, known);
    return known;
  }

  #look(vmcNo: number, now: number, timePasses: boolean, rows: Diagnosis[]): void {
    const facts = this.#parts.facts(vmcNo, now);
    if (facts === null) return this.#gone(vmcNo, now, rows);
    const looked = this.#of(vmcNo);
    for (const name of ruleNames) {
      if (!isToBeAsked(name, looked.facts, facts, timePasses)) continue;
      const row = this.#after(looked.open.get(name), name, ruleOf(name).when(facts), facts);
      if (row === null) continue;
      if (row.until === null) looked.open.set(name, { row, toldAt: now });
      else looked.open.delete(name);
      rows.push(row);
    }
    looked.facts = facts;
  }

  #gone(vmcNo: number, now: number, rows: Diagnosis[]): void {
    for (const { row } of this.#machines.get(vmcNo)?.open.values() ?? []) rows.push(ended(row, now));
    this.#machines.delete(vmcNo);
  }

  /** The row as it is to be told; `null`: as it was told. */
  #after(
    known: { readonly row: Diagnosis; readonly toldAt: number } | undefined,
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
    const { row, toldAt } = known;
    const says = row.cause === cause && JSON.stringify(row.params) === JSON.stringify(params);
    // A clock that is set back must not hold it.
    const isRecent = Math.abs(now - toldAt) < renewInterval;
    if (says && (isRecent || String(row.evidence) === String(evidence))) return null;
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
