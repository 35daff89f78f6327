/** The commands that a person can give to a machine: one row each, in the order of the window. */
import { answerQr } from './answerQr';
import { lockProducts } from './lockProducts';
import { makeDrink } from './makeDrink';
import { openDoor } from './openDoor';
import { payResult } from './payResult';
import { querySupplies } from './querySupplies';
import { queryStatus } from './queryStatus';
import { reboot } from './reboot';
import { refill } from './refill';
import { restartPart } from './restartPart';
import { rinse } from './rinse';
import { setDiscount } from './setDiscount';
import { setPrices } from './setPrices';
import { fetchFile } from './fetchFile';
import { sync } from './sync';
import { unlockProducts } from './unlockProducts';
import { upgrade } from './upgrade';

export const commands = {
  openDoor,
  makeDrink,
  rinse,
  setPrices,
  reboot,
  upgrade,
  setDiscount,
  lockProducts,
  unlockProducts,
  refill,
  queryStatus,
  querySupplies,
  sync,
  fetchFile,
  restartPart,
  answerQr,
  payResult,
} as const;

type Commands = typeof commands;
export type CommandName = keyof Commands;
/** Steps of a single command. */
export type OwnStep<Name extends CommandName = CommandName> = {
  [N in Name]: keyof Commands[N]['steps'] & string;
}[Name];

export const commandNames = Object.keys(commands) as readonly CommandName[];
