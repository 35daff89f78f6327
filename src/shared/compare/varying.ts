/** Values that differ between two recordings of the same action: machine numbers, order numbers and times. */
import type { Path } from '../body/positions';
import { wireMoment } from '../messages/common';
import { fold } from '../messages/field';
import { fieldOf, secrecyOf, type FieldRow } from '../messages/lookup';
import type { JsonValue } from '../model/json';
import type { Direction } from '../model/wire';

/** `numbers`: the machine's number. `orders`: an order number. `times`: a date or a second. */
export type NamedVariation = 'numbers' | 'orders' | 'times';

/** Why the values of a member differ by their nature; `null`: they do not. */
export function namedVariation(path: Path, cmd: string | null, dir: Direction): NamedVariation | null {
  const name = path.findLast((step) => typeof step === 'string');
  if (typeof name !== 'string') return null;
  if (fold(name) === 'vmcno') return 'numbers';
  if (secrecyOf(name) === 'order') return 'orders';
  const field = path.length === 1 ? fieldOf(cmd, name, dir) : null;
  return field !== null && isMoment(field) ? 'times' : null;
}

/** An error's time is a date or a second; a rinse's own number contains its second. */
const isMoment = ({ unit, means }: FieldRow): boolean =>
  unit === 'yyyyMMdd' ||
  unit === 'yyyyMMddHHmmss' ||
  unit === 'dateTime' ||
  means === 'errorTime' ||
  means === 'recordId';

/** ms by which two clocks that show the same moment may differ. */
const clockTolerance = 5_000;

/** A value and the time of its frame, ms since 1970. */
export interface Dated {
  readonly value: JsonValue | undefined;
  readonly at: number;
}

/** Whether both values are moments at the same distance from the time of their own frame. */
export function isOwnClock(one: Dated, other: Dated): boolean {
  const [was, is] = [momentOf(one.value), momentOf(other.value)];
  return was !== null && is !== null && Math.abs(is - other.at - (was - one.at)) <= clockTolerance;
}

const momentOf = (value: JsonValue | undefined): number | null =>
  typeof value === 'string' || typeof value === 'number' ? wireMoment(String(value)) : null;
