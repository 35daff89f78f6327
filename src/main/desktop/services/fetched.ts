/** Files that machines uploaded on request: listed, shown, saved, and recipes stored in the package library as backups. */
import { createReadStream, rmSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { rowOf } from '#shared/commands/kit/rows';
import { askedFileOf, type FetchedFile, type FetchType, type Upload } from '#shared/model/fetched';
import type { FileDamage } from '#shared/model/fileDamage';
import type { AskedProducts } from '#shared/model/knownProducts';
import type { UpgradePackage } from '#shared/model/upgrade';
import {
  type Asked,
  endUnfinished,
  uploadError,
  fetchedPath,
  hashFile,
  keptFiles,
  mostFetched,
} from '../../packages/api';
import { removeKept } from '../../lib/files/writeKept';
import { Refusal } from '../ipc/requests';
import { writeWholeFile } from '../../lib/files/writeWholeFile';
import type { Write } from '../../core/captures/types';
import { TooMuch } from '../../tools/readers/api';
import type { Base } from './base';
import type { FileDamageService } from './fileDamage';
import type { PackagesService } from './packages';
import type { ServerService } from './server';
import type { Changed, Service } from './service';
import type { ReaderService } from './listFile';

const hash = async (file: string): Promise<string> => (await hashFile(file, ['sha256'])).sha256;

/** File types that can contain a product list. */
const withProducts: ReadonlySet<FetchType> = new Set(['product', 'recipe']);

export interface FetchedParts {
  readonly reader: Pick<ReaderService, 'read'>;
  readonly folder: string;
  /** A folder for files of this launch. */
  readonly session: string;
  readonly askPlace: (windowId: number, name: string) => Promise<string | null>;
  /** Stores a machine's file in the package library. @throws Refusal */
  readonly addPackage: (file: string, vmcNo: number) => Promise<UpgradePackage>;
  /** Receives the tables of an uploaded product list. */
  readonly onProducts: (vmcNo: number, file: AskedProducts) => void;
  /** The request of an earlier command; `null`: not on record. */
  readonly asked: (id: number) => Promise<Asked | null>;
  readonly onDamage: (damage: FileDamage) => void;
  readonly changed: Changed;
  readonly line: (line: string) => void;
}

export interface FetchedService extends Service<
  'fetchedContent' | 'saveFetched' | 'backUpFetched' | 'removeFetched',
  'fetched'
> {
  /** Receives an upload of a machine. */
  readonly take: (upload: Upload) => void;
}

export const fetched = (
  base: Base,
  {
    fileDamage,
    server,
    reader,
    packages,
  }: {
    readonly fileDamage: FileDamageService;
    readonly server: ServerService;
    readonly reader: ReaderService;
    readonly packages: PackagesService;
  },
): FetchedService => {
  const service = fetchedService({
    ...base,
    reader,
    folder: base.dataPath('fetched'),
    session: base.sessionDirectory,
    askPlace: base.ask.place,
    addPackage: (file, vmcNo) => {
      const model = base.feed.row('machines', vmcNo)?.model ?? '';
      return packages.add(file, { origin: { vmcNo, model } });
    },
    onProducts: (vmcNo, file) => server.notify('productsFetched', { vmcNo, file }),
    asked: async (id) => {
      const query = { vmcNo: null, before: id + 1, limit: 1 };
      const [command] = (await server.journal()?.query('commands', query)) ?? [];
      if (command?.id !== id || rowOf(command.name).needs !== 'address') return null;
      return { ...askedFileOf(command.input), askedAt: command.sentAt ?? command.createdAt };
    },
    onDamage: fileDamage.report,
    line: base.log.from('packages').line,
  });
  base.events.on('upload', service.take);
  return service;
};

export function fetchedService(parts: FetchedParts): FetchedService {
  let files: readonly FetchedFile[] = [];
  const copies = join(parts.session, 'fetched-copies');
  // Files of a killed launch are not used any more.
  rmSync(copies, { recursive: true, force: true });
  const set = (next: readonly FetchedFile[]): void => {
    files = next.slice(0, mostFetched);
    parts.changed('fetched');
  };
  const find = (id: number): FetchedFile => {
    const found = files.find((file) => file.id === id);
    if (found === undefined) throw new Refusal('unknownFile', { id });
    return found;
  };
  let isStopping = false;
  let checking = Promise.resolve();
  const check = async (file: FetchedFile): Promise<void> => {
    const error = await uploadError(parts.folder, file, hash);
    if (error !== null) parts.onDamage({ ...error, file: `fetched/${file.vmcNo}/${file.id}` });
  };
  /** Checks the files one by one, while machines are already served. */
  const checkAll = async (all: readonly FetchedFile[]): Promise<void> => {
    for (const file of all) {
      if (isStopping) return;
      await check(file);
    }
  };
  const pathOf = (file: FetchedFile): string => fetchedPath(parts.folder, file);
  const refusalOf = (code: 'fileNotOpened' | 'unwritable', file: FetchedFile, error: unknown): Refusal => {
    const detail = error instanceof Error ? error.message : String(error);
    return new Refusal(code, code === 'unwritable' ? { detail } : { file: nameOf(file), detail });
  };
  /** A folder for a copy under its own name: the library takes a package's name from its file. */
  const ownFolder = async (): Promise<string> => {
    await mkdir(copies, { recursive: true });
    return mkdtemp(join(copies, 'of-'));
  };
  const reportProducts = async (file: FetchedFile): Promise<void> => {
    const { vmcNo, askedAt, at } = file;
    try {
      const { tables } = await parts.reader.read('content', { file: pathOf(file) });
      parts.onProducts(vmcNo, { askedAt, at, tables });
    } catch (error) {
      parts.line(`fetched: products of machine ${vmcNo} can't be read (${String(error)})`);
    }
  };
  return {
    live: { fetched: () => files },
    start: async () => {
      const { folder, asked } = parts;
      for (const name of await endUnfinished({ folder, hash }))
        parts.line(`${name} is removed: Crema ended while its machine was sending it`);
      set(await keptFiles({ folder, asked, hash, onDamage: parts.onDamage }));
      checking = checkAll(files);
    },
    stop: async () => {
      isStopping = true;
      await checking;
    },
    take: (upload) => {
      if (upload.ok) {
        const { vmcNo, type, bytes, sha256 } = upload.file;
        parts.line(`fetched: ${type} of machine ${vmcNo}, ${bytes} bytes, SHA-256 ${sha256}`);
        set([upload.file, ...files.filter(({ id }) => id !== upload.file.id)]);
        if (withProducts.has(type)) void reportProducts(upload.file);
      } else {
        const { vmcNo, remoteAddress, bytes, why, detail } = upload;
        parts.line(
          `fetched: a file of machine ${vmcNo} from ${remoteAddress} was not taken after ${bytes} bytes: ${why} ${detail}`,
        );
      }
    },
    requests: {
      fetchedContent: async ({ id }) => {
        const file = find(id);
        await check(file);
        try {
          return await parts.reader.read('content', { file: pathOf(file) });
        } catch (error) {
          if (error instanceof TooMuch) throw new Refusal('fileTooMuch', { file: nameOf(file) });
          throw refusalOf('fileNotOpened', file, error);
        }
      },
      saveFetched: async ({ id }, { windowId }) => {
        const file = find(id);
        const target = await parts.askPlace(windowId, nameOf(file));
        if (target === null) return null;
        await check(file);
        try {
          await writeWholeFile(target, (write) => copyTo(write, pathOf(file)), new AbortController().signal);
        } catch (error) {
          throw refusalOf('unwritable', file, error);
        }
        return basename(target);
      },
      backUpFetched: async ({ id }) => {
        const file = find(id);
        const folder = await ownFolder().catch((error: unknown) => {
          throw refusalOf('unwritable', file, error);
        });
        try {
          const named = join(folder, nameOf(file));
          await copyFile(pathOf(file), named).catch((error: unknown) => {
            throw refusalOf('fileNotOpened', file, error);
          });
          return await parts.addPackage(named, file.vmcNo);
        } finally {
          await rm(folder, { recursive: true, force: true });
        }
      },
      removeFetched: async ({ id }) => {
        const file = find(id);
        try {
          await removeKept(`${pathOf(file)}.json`);
          await rm(pathOf(file), { force: true });
        } catch (error) {
          throw refusalOf('unwritable', file, error);
        }
        set(files.filter((one) => one !== file));
        return null;
      },
    },
  };
}

async function copyTo(write: Write, file: string): Promise<void> {
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) await write(chunk);
}

/** The file name outside Crema: machine, content and date. Of the machine's own file name, only the extension is used. */
function nameOf({ vmcNo, type, day, at, fileName }: FetchedFile): string {
  const when = day ?? new Date(at).toLocaleDateString('sv');
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(fileName)?.[0] ?? '';
  return `${vmcNo}-${type}-${when}${ending.toLowerCase()}`;
}
