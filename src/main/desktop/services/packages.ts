/** Upgrade packages in the running app: the library, the HTTP host for the machines, and the rows that both send to the window. */
import { MessageChannel } from 'node:worker_threads';
import type { packageRequests as rows } from '#shared/contract/requests/packages';
import type { Crowd, ListenerState } from '#shared/model/listener';
import type { Upload } from '#shared/model/fetched';
import type { FileDamage } from '#shared/model/fileDamage';
import {
  ratesOf,
  type FileError,
  type PackageSpace,
  type Rates,
  type Transfer,
  type UpgradePackage,
  type Visit,
} from '#shared/model/upgrade';
import { described, type ServerCalls, type ServerEvents } from '../../machines/api';
import {
  type Expected,
  type Hosted,
  PackageHostClient,
  PackageLibrary,
  SpoiltFiles,
  transferKey,
} from '../../packages/api';
import type { Callable } from '../../lib/threads/callable';
import type { StartProcess } from '../../lib/threads/process';
import type { Base } from './base';
import type { CrashesService, Died } from './crashes';
import type { FileDamageService } from './fileDamage';
import type { ServerService } from './server';
import { packageRequests, type PackageRequestsParts } from './packageRequests';
import type { Changed, Service } from './service';

/** Transfers in the window's list: all that run, and the latest that ended. */
const transfersKept = 200;

/** ms between two checks of the disk space, which other programs use too. */
const spaceEvery = 30_000;

/** ms without a rejected request after which a rejection is reported again. */
const quietAfterCrowd = 600_000;

export interface PackagesParts extends Omit<PackageRequestsParts, 'library' | 'saw'> {
  readonly directory: string;
  /** The built packages/library/thread.ts (a process) and packages/thread.ts (a thread). */
  readonly script: string;
  readonly startProcess: StartProcess;
  readonly hostWorker: string | URL;
  /** The folder for files that machines send. */
  readonly files: string;
  readonly onUpload: (upload: Upload) => void;
  readonly rates: () => Rates;
  /** A machine gets a command to fetch a package. */
  readonly onOffered: () => void;
  /** The address for machines' command notices has changed, or no longer exists. */
  readonly noticesMoved: () => void;
  readonly line: (line: string) => void;
  /** A file of the library is damaged. */
  readonly onDamage: (damage: FileDamage) => void;
  readonly died: Died;
  readonly changed: Changed;
  /** The server offers packages to machines only while this computer listens. */
  readonly reportToServer: (facts: {
    readonly packages?: readonly UpgradePackage[];
    readonly updates?: ListenerState;
  }) => unknown;
}

export interface PackagesService extends Service<
  keyof typeof rows | 'clearVisits',
  'packages' | 'spoiltPackages' | 'packageSpace' | 'staging' | 'transfers' | 'packageCrowd' | 'visits'
> {
  /** Imports a file. @throws Refusal */
  readonly add: (file: string, expected?: Partial<Expected>) => Promise<UpgradePackage>;
  readonly packages: () => readonly UpgradePackage[];
  /** The listener for downloads, or for android's command notices. */
  readonly listener: (which: Hosted) => ListenerState;
  readonly listen: (
    which: Hosted,
    host: string,
    port: number,
    avoid?: readonly number[],
    others?: readonly string[],
  ) => Promise<ListenerState>;
  readonly retryListen: (which: Hosted, avoid: readonly number[]) => Promise<ListenerState>;
  readonly stopListening: (which: Hosted) => Promise<ListenerState>;
  readonly testDownload: PackageHostClient['testDownload'];
  /** The rate limits were changed. */
  readonly ratesChanged: () => void;
  /** Connects the machines thread with the host, so that an offer never waits for the main thread. */
  readonly connectHost: (server: Callable<ServerCalls, ServerEvents>) => void;
}

export const packages = (
  base: Base,
  {
    crashes,
    fileDamage,
    server,
  }: {
    readonly crashes: CrashesService;
    readonly fileDamage: FileDamageService;
    readonly server: ServerService;
  },
): PackagesService => {
  const { events, ask } = base;
  const service = packagesService({
    ...base,
    directory: base.dataPath('packages'),
    script: base.thread('packageWorker'),
    hostWorker: base.thread('packageHostWorker'),
    files: base.dataPath('fetched'),
    rates: () => ratesOf(base.store.settings),
    onUpload: (upload) => events.emit('upload', upload),
    onOffered: () => events.emit('packageOffered'),
    noticesMoved: () => events.emit('noticesMoved'),
    line: base.log.from('packages').line,
    onDamage: fileDamage.report,
    died: crashes.died,
    askFile: ask.zip,
    askPlace: ask.place,
    reportToServer: server.learn,
    wanted: () => server.call('wantedPackages', undefined),
  });
  events.on('threadStarted', service.connectHost);
  return service;
};

export function packagesService(parts: PackagesParts): PackagesService {
  const { now, changed, reportToServer } = parts;
  const library = new PackageLibrary({
    directory: parts.directory,
    script: parts.script,
    startProcess: parts.startProcess,
    now,
  });
  let hosted = library.packages;
  library.onChange(() => {
    if (library.packages !== hosted) {
      hosted = library.packages;
      host.setPackages(hosted.map((pkg) => ({ pkg, file: library.fileOf(pkg.id) })));
      reportToServer({ packages: hosted });
      spoilt.keep(new Set(hosted.map(({ id }) => id)));
    }
    changed('packages');
    changed('staging');
    if (library.staging === null) void lookAtSpace();
  });
  let space: PackageSpace | null = null;
  const lookAtSpace = async (): Promise<void> => {
    space = await library.space();
    changed('packageSpace');
  };
  const spaceTimer = setInterval(() => void lookAtSpace(), spaceEvery);
  spaceTimer.unref();
  const transfers = new Map<string, Transfer>();
  const find = (id: string): UpgradePackage | undefined => library.packages.find((one) => one.id === id);
  let crowd: Crowd | null = null;
  let visits: readonly Visit[] = [];
  let server: Callable<ServerCalls, ServerEvents> | null = null;
  /** By upgrade: the last error status that its machine got. A machine may ask again every second. */
  const refusedWith = new Map<number, number>();
  const spoilt = new SpoiltFiles(now, () => changed('spoiltPackages'));
  /** A read has shown whether the stored file is the package. */
  const saw = (id: string, error: FileError | null, at: number): void => {
    if (find(id) !== undefined) spoilt.saw({ id, error, at });
  };
  const logRefused = ({ offer, vmcNo, what, status, complete }: Transfer): void => {
    if (complete === null) return;
    // The update.xml can be served without the package's file.
    if (status < 400) return void (status < 300 && what === 'package' && refusedWith.delete(offer));
    if (refusedWith.get(offer) === status) return;
    refusedWith.set(offer, status);
    parts.line(`packages: machine ${vmcNo} asked for the ${what} of its upgrade and was answered ${status}`);
  };
  const host = new PackageHostClient({
    workerFile: parts.hostWorker,
    now,
    rates: parts.rates,
    files: parts.files,
    onUpload: parts.onUpload,
    onTransfer: (transfer) => {
      const key = transferKey(transfer);
      transfers.delete(key);
      transfers.set(key, transfer);
      logRefused(transfer);
      for (const [old, { complete }] of transfers) {
        if (transfers.size <= transfersKept) break;
        if (complete !== null) transfers.delete(old);
      }
      changed('transfers');
    },
    onLooked: ({ id, error, at }) => saw(id, error, at),
    onCrowded: (next) => {
      if (crowd === null || next.at - crowd.at > quietAfterCrowd)
        parts.line(
          `updates: all ${next.places} connections were taken; some of ${next.address} gave way to newer ones`,
        );
      crowd = next;
      changed('packageCrowd');
    },
    onVisits: (next) => {
      visits = next;
      changed('visits');
    },
    onOffered: parts.onOffered,
    onDeath: ({ message }, isFinal) => {
      parts.line(`packages: their host stopped (${message})${isFinal ? '' : ' and is started again'}`);
      parts.died('packages', message, !isFinal);
    },
    onRestart: () => connect(),
  });
  const connect = (): void => {
    const { port1, port2 } = new MessageChannel();
    host.connect(port1);
    server?.notify('connectHost', port2, [port2]);
  };
  host.onState((which, state) => {
    if (state.status !== 'off') parts.line(`${which}: ${described(state)}`);
    if (which === 'updates') reportToServer({ updates: state });
    else parts.noticesMoved();
    changed('listeners');
  });

  const { requests, add } = packageRequests({ ...parts, library, saw });
  return {
    add,
    packages: () => library.packages,
    listener: (which) => host.state(which),
    listen: (which, address, port, avoid, others) => host.listen(which, address, port, avoid, others),
    retryListen: (which, avoid) => host.retry(which, avoid),
    stopListening: (which) => host.off(which),
    testDownload: (address) => host.testDownload(address),
    ratesChanged: () => host.ratesChanged(),
    connectHost: (next) => {
      server = next;
      connect();
    },
    start: async () => {
      try {
        const at = now();
        for (const [id, error] of await library.open(parts.onDamage)) saw(id, error, at);
      } catch (error) {
        parts.onDamage({ what: 'unread', file: 'packages', detail: detailOf(error) });
      }
    },
    stop: async () => {
      clearInterval(spaceTimer);
      await Promise.all([host.stop(), library.close()]);
    },
    live: {
      packages: () => library.packages,
      spoiltPackages: () => spoilt.all,
      packageSpace: () => space,
      staging: () => library.staging,
      transfers: () => [...transfers.values()],
      packageCrowd: () => crowd,
      visits: () => visits,
    },
    requests: {
      ...requests,
      clearVisits: () => {
        host.clearVisits();
        return null;
      },
    },
  };
}

const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
