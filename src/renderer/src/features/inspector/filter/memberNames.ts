import { messages } from '#shared/catalog/messages';

/** Every member the catalogue knows, by its usual spelling; those whose names vary have none. */
export const memberNames: readonly string[] = [
  ...new Set(
    messages.flatMap(({ fields }) =>
      fields.filter(({ pattern }) => pattern === undefined).map(({ names }) => names[0]),
    ),
  ),
].toSorted((a, b) => a.localeCompare(b));
