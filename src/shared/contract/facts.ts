/** Facts that main adds to a question of the journal, if the row of the request names them. They depend on the shown source. */
import type { Platform } from '../model/machineSettings';
import type { OwnErrors } from '../model/ownErrors';

export interface Facts {
  /** The source's clock, ms since 1970: a capture's is the time of its last entry. */
  readonly now: number;
  /** Whether Crema itself may have confirmed a reported payment. A capture does not show who confirmed it. */
  readonly rehearses: boolean;
  /** Machine names by number, as users set them. */
  readonly names: Readonly<Record<number, string>>;
  /** The workshop's own error texts and severities. */
  readonly ownErrors: OwnErrors;
  /** Machine platforms, as far as known. */
  readonly platforms: Readonly<Record<number, Platform>>;
  /** Currencies of machines that have their own, and the currency of all others. */
  readonly currencies: Readonly<Record<number, string>>;
  readonly currency: string;
}
export type FactName = keyof Facts;
