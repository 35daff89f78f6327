/** Requests about packages. Only main can start the processes that read package files. */
import { access, constants } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import { readChecksum, type Checksum } from '#shared/checksum';
import type { packageRequests as rows } from '#shared/contract/requests/packages';
import type { FileError, UpgradePackage } from '#shared/model/upgrade';
import { Refusal, type Requests } from '../ipc/requests';
import {
  type Expected,
  fileErrorOf,
  originOf,
  type PackageLibrary,
  type Refusal as NotAdded,
  updateXml,
} from '../../packages/api';

export interface PackageRequestsParts {
  readonly library: PackageLibrary;
  readonly now: () => number;
  /** Asks the person for a file, in front of that window. */
  readonly askFile: (windowId: number) => Promise<string | null>;
  /** Asks the person for a place to write to. */
  readonly askPlace: (windowId: number, name: string) => Promise<string | null>;
  /** Packages that a command waits for. */
  readonly wanted: () => Promise<ReadonlySet<string>>;
  /** A read has shown whether the stored file is the package. */
  readonly saw: (id: string, error: FileError | null, at: number) => void;
}

interface PackageRequests {
  readonly requests: Requests<keyof typeof rows>;
  /** Imports a file. @throws Refusal */
  readonly add: (file: string, expected?: Partial<Expected>) => Promise<UpgradePackage>;
}

export function packageRequests({
  library,
  now,
  askFile,
  askPlace,
  wanted,
  saw,
}: PackageRequestsParts): PackageRequests {
  /** A package on offer to a machine must not change. */
  const notOffered = async (id: string): Promise<void> => {
    if ((await wanted()).has(id)) throw new Refusal('packageOffered');
  };

  /** A write error of the disk is not a bug: it becomes a refusal. */
  const written = async <T>(change: () => T | Promise<T>): Promise<T> => {
    try {
      return await change();
    } catch (error) {
      throw new Refusal('packagesNotKept', { detail: detailOf(error) });
    }
  };

  const notBusy = (): void => {
    if (library.staging !== null) throw new Refusal('packageBusy');
  };
  const refused = ({ reason, params }: NotAdded): Refusal =>
    new Refusal('packageRefused', { reason, ...params, detail: Object.values(params)[0] ?? '' });
  const known = (id: string): UpgradePackage => {
    const pkg = library.packages.find((one) => one.id === id);
    if (pkg === undefined) throw new Refusal('unknownPackage');
    return pkg;
  };

  const add = async (
    file: string,
    { checksum = null, origin = null }: Partial<Expected> = {},
  ): Promise<UpgradePackage> => {
    notBusy();
    const added = await library.add(file, { checksum, origin });
    if (added.ok) {
      saw(added.package.id, null, now());
      return added.package;
    }
    throw refused(added.refusal);
  };

  /** `null`: an empty text. */
  const typed = (text: string): Checksum | null => {
    if (text.trim() === '') return null;
    const checksum = readChecksum(text);
    if (checksum === null) throw new Refusal('checksumOdd');
    return checksum;
  };

  /** Checks the stored file, to distinguish its error from an error of its content or of the target. */
  const isThere = (id: string, at: number): Promise<void> =>
    access(library.fileOf(id), constants.R_OK).catch((error: unknown) => saw(id, fileErrorOf(error), at));

  /** Reads from the stored file of that package, which may be gone. */
  const read = async <T>(id: string, of: Promise<T>): Promise<T> => {
    const at = now();
    try {
      return await of;
    } catch (error) {
      await isThere(id, at);
      throw new Refusal('packageRefused', { reason: 'unreadable', detail: detailOf(error) });
    }
  };

  return {
    add,
    requests: {
      choosePackage: async ({ expected }, { windowId }) => {
        notBusy();
        const checksum = typed(expected);
        const file = await askFile(windowId);
        return file === null ? null : add(file, { checksum });
      },
      takePackage: async ({ path, expected }) => {
        if (!isAbsolute(path)) throw new Refusal('packageRefused', { reason: 'unreadable', detail: path });
        return add(path, { checksum: typed(expected) });
      },
      cancelStaging: () => {
        library.cancel();
        return null;
      },
      changePackage: async ({ id, patch }) => {
        // A label or note does not affect machines.
        const { label: _label, notes: _notes, ...ofMachines } = patch;
        if (Object.keys(ofMachines).length > 0) await notOffered(id);
        if ((await written(() => library.change(id, patch))) === null) throw new Refusal('unknownPackage');
        return null;
      },
      checkPackage: async ({ id, expected }) => {
        const checksum = typed(expected);
        if (checksum === null) throw new Refusal('checksumOdd');
        const { by, value } = checksum;
        const at = now();
        const hashes = await read(id, library.hashes(known(id).id));
        saw(id, hashes.sha256 === id ? null : 'changed', at);
        if (hashes.sha256 !== id) throw refused({ reason: 'spoilt', params: {} });
        const actual = hashes[by];
        if (actual !== value) throw new Refusal('checksumDiffers', { expected: value, actual });
        await written(() => library.matched(id, checksum));
        return null;
      },
      removePackage: async ({ id }) => {
        known(id);
        notBusy();
        await notOffered(id);
        await written(() => library.remove(id));
        return null;
      },
      exportPackage: async ({ id }, { windowId }) => {
        notBusy();
        const { fileName } = known(id);
        const target = await askPlace(windowId, fileName);
        if (target === null) return null;
        const at = now();
        const refusal = await library.export(id, target);
        if (refusal === null) saw(id, null, at);
        else if (refusal.reason === 'spoilt') saw(id, 'changed', at);
        else await isThere(id, at);
        if (refusal !== null) throw refused(refusal);
        return basename(target);
      },
      packageContents: ({ id, text }) => read(id, library.contents(known(id).id, text)),
      packageTables: ({ id }) => read(id, library.tables(known(id).id)),
      packageUpdateXml: ({ id, vmcNo, host: address, port }) =>
        updateXml(known(id), originOf(address, port), { id: 1, vmcNo, packageId: id }),
    },
  };
}

const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
