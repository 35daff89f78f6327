/** The sites thread's interface for other threads. */
export type {
  JournalDamage,
  SiteDecision,
  SiteGrowth,
  SiteLink,
  SitesCalls,
  SitesData,
  SitesEvents,
} from './calls';
export type { TransferEnd } from './files/transfers';
export type { AskedCommand } from './commands/answering';
export { decideWithin, tokenFor } from './commands/limits';
