/** Calls and events of the sites thread. Crema owns both sides, so these types are the whole contract. */
import type { MessagePort } from 'node:worker_threads';
import type { Capture } from '#shared/model/capture';
import type { Mark, MarkChange, Retention } from '#shared/model/journal';
import type { SiteFileList } from '#shared/model/siteFiles';
import type { SiteFields, SiteProgress, SiteTestResult } from '#shared/model/sites';
import type { AppError } from '#shared/contract/errors';
import type { Command } from '#shared/model/command';
import type { BrokerAccess } from './broker/connect';
import type { AskedCommand } from './commands/answering';
import type { DeskWish } from './commands/desk';
import type { FetchWish, SendWish, TransferEnd, TransferProgress } from './files/transfers';
import type { SiteAnswer } from './wire/command';

/** A site with everything that the thread needs. */
export interface SiteLink extends BrokerAccess, Pick<SiteFields, 'isMasked'> {
  readonly id: string;
  /** Secret of this computer from which the replacements of private texts are computed; 32 bytes as hex. */
  readonly maskKey: string;
  /** Verification codes, which are replaced too. */
  readonly codes: readonly string[];
}

/** A journal of a site as far as it was read, and the machines that changed since the last report. */
export interface SiteGrowth {
  readonly site: string;
  /** Its name, which is also its file's. */
  readonly journal: string;
  readonly file: string;
  readonly facts: Pick<Capture, 'entries' | 'machines' | 'from' | 'to'>;
  /** Grows with each change of a command that a person here gave. */
  readonly commands: number;
  /** Machine states as JSON. */
  readonly machines: readonly { readonly vmcNo: number; readonly state: string }[];
}

/** Damage that a window's reader found: single entries, or the file, which SQLite can't read. */
export type JournalDamage = 'entries' | 'file';

/** A journal of the site `id`. */
interface NamedJournal {
  readonly id: string;
  readonly journal: string;
}

/** A site's decision about a question. The thread adds the journal's name. */
export type SiteDecision =
  | Exclude<SiteAnswer, { state: 'given' }>
  | { readonly state: 'given'; readonly command: Command };

export interface SitesCalls {
  /** Replaces all links. Links without a change stay connected. */
  configure: { args: { readonly links: readonly SiteLink[]; readonly retention: Retention }; result: null };
  /** A port to the journal thread, for the entries to send. */
  connectJournal: { args: { readonly port: MessagePort }; result: null };
  /** Changes nothing at the broker. */
  test: { args: SiteLink; result: readonly SiteTestResult[] };
  /** Gives a command to a machine of the site `id`. Resolves when the site has given it, or with the reason why not. */
  giveCommand: { args: { readonly id: string; readonly wish: DeskWish }; result: Command | AppError };
  /** Takes back a request that nobody at the site has allowed yet. */
  withdrawCommand: { args: { readonly request: string }; result: null };
  repairJournal: { args: NamedJournal & { readonly what: JournalDamage }; result: null };
  changeMark: { args: NamedJournal & { readonly change: MarkChange }; result: Mark };
  /** The answer to `replacing`: nobody else has the file open. */
  released: { args: { readonly key: number }; result: null };
  /** The files in the stream of the site `id`. */
  listFiles: { args: { readonly id: string }; result: SiteFileList | AppError };
  /** Resolves when the broker has the whole file. It waits while the broker is away. */
  sendFile: { args: SendWish; result: TransferEnd };
  /** Resolves when the whole file is at its place. It waits while the broker is away. */
  fetchFile: { args: FetchWish; result: TransferEnd };
  cancelFile: { args: { readonly key: string }; result: null };
  removeFile: { args: { readonly id: string; readonly file: string }; result: null | AppError };
  /** The decision about the question `key`; `null`: none can be made now. */
  decided: { args: { readonly key: number; readonly decision: SiteDecision | null }; result: null };
}

export interface SitesEvents {
  /** Of a file on its way. */
  readonly moved: TransferProgress;
  readonly progress: { readonly id: string; readonly progress: SiteProgress };
  readonly grown: SiteGrowth;
  /** Support asks about a command to a machine of this computer; `decided` answers. */
  readonly asked: { readonly key: number; readonly site: string; readonly asked: AskedCommand };
  /** A journal's file is about to be replaced; `released` answers. Then `replaced` comes, also after a failure. */
  readonly replacing: { readonly key: number; readonly file: string };
  readonly replaced: { readonly file: string };
  /** For the log. */
  readonly problem: string;
}

/** Data of the thread at its start. */
export interface SitesData {
  /** The folder with one folder for each site. */
  readonly directory: string;
  /** The script of the thread that folds. */
  readonly foldWorker: string;
}
