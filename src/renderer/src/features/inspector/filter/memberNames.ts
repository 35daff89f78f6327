import { messageRows } from '#shared/messages/lookup';

/** Every member of the catalogue by its usual spelling; members with varying names are left out. */
export const memberNames: readonly string[] = [
  ...new Set(
    messageRows.flatMap(({ fields }) =>
      fields.filter(({ pattern }) => pattern === undefined).map(({ names }) => names[0]),
    ),
  ),
].toSorted((a, b) => a.localeCompare(b));
