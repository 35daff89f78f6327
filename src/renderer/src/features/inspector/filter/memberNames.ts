import { messageRows } from '#shared/messages/lookup';

/** Every member the catalogue knows, by its usual spelling; those whose names vary have none. */
export const memberNames: readonly string[] = [
  ...new Set(
    messageRows.flatMap(({ fields }) =>
      fields.filter(({ pattern }) => pattern === undefined).map(({ names }) => names[0]),
    ),
  ),
].toSorted((a, b) => a.localeCompare(b));
