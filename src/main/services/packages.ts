/** Upgrades in the running app: the package library, the HTTP host machines fetch from, and what both tell the window. */
import { commands } from '#shared/catalog/commands';
import type { AppError } from '#shared/contract/errors';
import type { JsonObject } from '#shared/model/frame';
import type { Platform } from '#shared/model/machine';
import { isSeenAtLogin, type ControlNotice, type Transfer, type UpgradePackage } from '#shared/model/upgrade';
import type { PackagesService } from '../ipc/services';
import type { Offer } from '../session/commandQueue';
import { offerAddress, originOf } from '../upgrade/address';
import { transferKey, UpdateHostClient } from '../upgrade/hostClient';
import { PackageLibrary } from '../upgrade/library';

/** Transfers the window is told of: all that run, and the latest that ended. */
const transfersKept = 200;

interface Wanted {
  /** Of the upgrade command. */
  readonly id: number;
  readonly vmcNo: number;
  readonly packageId: string;
}

/** What commands need of it. */
export interface UpgradesPart {
  readonly offer: (
    wanted: Wanted & { readonly host: string | null; readonly platform: Platform | null },
  ) => Offer | AppError;
  /** Goes on offering what an earlier run offered. */
  readonly renew: (wanted: Wanted) => void;
  /** What an upgrade command must remember of its package. */
  readonly factsFor: (
    input: JsonObject,
    platform: Platform | null,
  ) => { readonly facts: JsonObject } | AppError;
}

export interface Upgrades extends UpgradesPart {
  readonly service: PackagesService;
  readonly host: UpdateHostClient;
  readonly open: () => Promise<void>;
}

export interface UpgradesParts {
  readonly directory: string;
  /** The built upgrade/worker.ts and upgrade/hostWorker.ts. */
  readonly workerFile: string;
  readonly hostWorkerFile: string;
  readonly now: () => number;
  readonly say: (line: string) => void;
  /** Asks the person for a file, in front of that window. */
  readonly askFile: (windowId: number) => Promise<string | null>;
  /** Whether a command waits that needs this package. */
  readonly isWanted: (packageId: string) => boolean;
  readonly onChange: (part: 'packages' | 'staging' | 'transfers') => void;
  readonly onTransfer: (transfer: Transfer) => void;
  readonly onNotice: (notice: ControlNotice) => void;
}

export function makeUpgrades(parts: UpgradesParts): Upgrades {
  const { now, onChange } = parts;
  const library = new PackageLibrary({ directory: parts.directory, workerFile: parts.workerFile, now });
  let hosted: readonly UpgradePackage[] = [];
  library.onChange(() => {
    if (library.packages !== hosted) {
      hosted = library.packages;
      host.setPackages(hosted.map((pkg) => ({ pkg, file: library.fileOf(pkg.id) })));
    }
    onChange('packages');
    onChange('staging');
  });
  const transfers = new Map<string, Transfer>();
  const find = (id: string): UpgradePackage | undefined => library.packages.find((one) => one.id === id);
  const host = new UpdateHostClient({
    workerFile: parts.hostWorkerFile,
    now,
    onTransfer: (transfer) => {
      const key = transferKey(transfer);
      transfers.delete(key);
      transfers.set(key, transfer);
      for (const [old, { complete }] of transfers) {
        if (transfers.size <= transfersKept) break;
        if (complete !== null) transfers.delete(old);
      }
      onChange('transfers');
      parts.onTransfer(transfer);
    },
    onNotice: parts.onNotice,
    onDeath: ({ message }, isFinal) =>
      parts.say(`packages: their host stopped (${message})${isFinal ? '' : ' and is started again'}`),
  });

  return {
    host,
    open: async () => {
      await library.open();
      const { damagedCopy, missing } = library;
      if (damagedCopy !== null) parts.say(`packages: their list was damaged; it is kept as ${damagedCopy}`);
      for (const { fileName } of missing) parts.say(`packages: ${fileName} is gone from the data directory`);
    },
    renew: (wanted) => host.offer(wanted),
    factsFor: (input, platform) => {
      const parsed = commands.upgrade.input.safeParse(input);
      const pkg = parsed.success ? find(parsed.data.packageId) : undefined;
      if (pkg === undefined) return { code: 'unknownPackage', params: {} };
      const seenAtLogin = isSeenAtLogin(pkg);
      if (pkg.version === '' && seenAtLogin) return { code: 'packageNoVersion', params: {} };
      if (pkg.platform === null) return { code: 'packageNoPlatform', params: {} };
      if (platform !== null && platform !== pkg.platform)
        return { code: 'packageWrongPlatform', params: { platform } };
      return { facts: { version: pkg.version, fileName: pkg.fileName, seenAtLogin } };
    },
    offer: ({ id, vmcNo, packageId, host: address, platform }) => {
      const pkg = find(packageId);
      if (pkg === undefined) return { code: 'unknownPackage', params: {} };
      const { state } = host;
      if (state.status !== 'listening') return { code: 'updatesOff', params: {} };
      if (address === null || !reaches(state.host, address))
        return { code: 'updatesUnreachable', params: { host: address ?? '', listens: state.host } };
      const wanted = { id, vmcNo, packageId };
      host.offer(wanted);
      const dir = offerAddress(wanted, pkg.fileName, originOf(address, state.port), platform ?? 'linux');
      return { dir, type: pkg.androidType };
    },
    service: {
      get packages() {
        return library.packages;
      },
      get staging() {
        return library.staging;
      },
      get transfers() {
        return [...transfers.values()];
      },
      choose: async (windowId) => {
        if (library.staging !== null) return { code: 'packageBusy', params: {} };
        const file = await parts.askFile(windowId);
        if (file === null) return null;
        const added = await library.add(file);
        if (added.ok) return added.package;
        const { reason, params } = added.refusal;
        return { code: 'packageRefused', params: { reason, detail: Object.values(params)[0] ?? '' } };
      },
      cancel: () => library.cancel(),
      change: (id, patch) => {
        if (find(id) === undefined) return { code: 'unknownPackage', params: {} };
        library.change(id, patch);
        return null;
      },
      remove: async (id) => {
        if (find(id) === undefined) return { code: 'unknownPackage', params: {} };
        if (parts.isWanted(id)) return { code: 'packageOffered', params: {} };
        await library.remove(id);
        return null;
      },
    },
  };
}

/** Whether what listens on `host` is reached by whoever talks to `address` of this computer. */
function reaches(host: string, address: string): boolean {
  return host === address || host === '::' || (host === '0.0.0.0' && !address.includes(':'));
}
