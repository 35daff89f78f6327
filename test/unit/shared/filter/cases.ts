/** Entries to be judged. */
import type { FilterFacts } from '#shared/filter/language/facts';
import type { JsonObject } from '#shared/model/frame';
import { now } from './arbitraries';

const hour = 3_600_000;
export const base: FilterFacts = {
  id: 500,
  at: now - hour,
  conn: 7,
  vmcNo: 33232,
  vmcName: '大厅 Lobby',
  kind: 'frame',
  dir: 'in',
  head: 'le48',
  sequence: 41,
  cmd: 'login',
  size: 200,
  text: '{"cmd":"login"}',
  findings: [],
  body: () => null,
  mark: null,
  note: null,
};
export const facts = (some: Partial<FilterFacts>): FilterFacts => ({ ...base, ...some });
export const said = (json: JsonObject, some: Partial<FilterFacts> = {}): FilterFacts =>
  facts({ text: JSON.stringify(json), body: () => json, ...some });

/** [what is judged, filters that say yes, filters that say no] */
export type Case = readonly [what: string, facts: FilterFacts, yes: readonly string[], no: readonly string[]];
