import type { CommandName } from '#shared/commands/index';

/** The commands that a technician uses most, offered in each line. The machine's page has all. */
export const rowCommands = [
  'openDoor',
  'rinse',
  'makeDrink',
  'setPrices',
  'upgrade',
] as const satisfies readonly CommandName[];
export type RowCommand = (typeof rowCommands)[number];
