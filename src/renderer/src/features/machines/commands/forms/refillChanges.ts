/** What is typed into the form of a refill. */
import { mostChange } from '#shared/commands/refill';

interface Read {
  readonly changes: Readonly<Record<string, number>>;
  /** Materials whose text is no change. */
  readonly wrong: ReadonlySet<string>;
}

/** Empty lines are left out; a plus is for whoever likes it. */
export function readChanges(typed: Readonly<Record<string, string>>): Read {
  const changes: Record<string, number> = {};
  const wrong = new Set<string>();
  for (const [material, text] of Object.entries(typed)) {
    const digits = text.trim().replace('−', '-');
    if (digits === '') continue;
    const by = /^[+-]?\d{1,6}$/.test(digits) ? Number(digits) : 0;
    if (by === 0 || Math.abs(by) > mostChange) wrong.add(material);
    else changes[material] = by;
  }
  return { changes, wrong };
}
