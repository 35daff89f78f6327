import { messages } from '#shared/catalog/messages';

/** Every member the catalogue knows, by its usual spelling. */
export const memberNames: readonly string[] = [
  ...new Set(messages.flatMap(({ fields }) => fields.map(({ names }) => names[0]))),
].toSorted((a, b) => a.localeCompare(b));
