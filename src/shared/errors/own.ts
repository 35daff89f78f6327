/**
 * A workshop's own entries about error codes (shared/model/ownErrors.ts). They take precedence over the catalogue wherever a code is shown
 * or judged. Each thread keeps one copy, because sentences, rows, commands and filters all need it. `errorKey` never depends on them,
 * so recorded codes keep their identity.
 */
import type { OwnError, OwnErrors } from '../model/ownErrors';

let known: ReadonlyMap<string, OwnError> = new Map();
let given: OwnErrors | null = null;

/** Call at the start of a thread, and after a person has changed the entries. */
export function setOwnErrors(errors: OwnErrors): void {
  if (errors === given) return;
  given = errors;
  known = new Map(Object.entries(errors));
}

/** `key`: result of `errorKey`. */
export const ownErrorOf = (key: string): OwnError | null => known.get(key) ?? null;
