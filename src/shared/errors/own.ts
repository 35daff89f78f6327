/**
 * What a workshop says of error codes itself (shared/model/ownErrors.ts): it goes before the catalogue wherever a code is shown or judged.
 * Each thread keeps it once, as codes are judged in sentences, rows, commands and filters alike. Which codes are one (`errorKey`) never
 * follows from it: what was recorded stays what it was.
 */
import type { OwnError, OwnErrors } from '../model/ownErrors';

let known: ReadonlyMap<string, OwnError> = new Map();
let given: OwnErrors | null = null;

/** At the start of a thread, and whenever a person has changed it. */
export function setOwnErrors(errors: OwnErrors): void {
  if (errors === given) return;
  given = errors;
  known = new Map(Object.entries(errors));
}

/** `key`: as `errorKey` gives it. */
export const ownErrorOf = (key: string): OwnError | null => known.get(key) ?? null;
