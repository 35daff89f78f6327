/** Information about Crema: its build, runtime, data folder and the licences of all shipped software. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { arch, release, type } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Licence } from '#shared/model/about';
import type { BuildInfo } from '../../lib/launch/buildInfo';
import { sqliteVersion } from '../../lib/files/sqliteVersion';
import { Refusal } from '../ipc/requests';
import type { Service } from './service';

export interface AboutParts {
  readonly build: BuildInfo | null;
  readonly dataDirectory: string;
  /** Written by the build (scripts/lib/licences.mjs). */
  readonly licences: string;
  /** Possible places of Chromium's licences. */
  readonly chromiumLicences: readonly string[];
  /** Opens a folder or file with the system's default program; resolves to the error, or ''. */
  readonly open: (path: string) => Promise<string>;
}

const schema = z.array(
  z.object({ name: z.string(), version: z.string(), licence: z.string(), text: z.string().nullable() }),
);

/** Electron puts Chromium's licences beside its program, or elsewhere in a macOS bundle or in Electron's own folder. */
export const chromiumLicencesOf = (executable: string, resources: string): readonly string[] =>
  [dirname(executable), resources, join(resources, '..', '..', '..')].map((folder) =>
    join(folder, 'LICENSES.chromium.html'),
  );

export function aboutService({
  build,
  dataDirectory,
  licences,
  chromiumLicences,
  open,
}: AboutParts): Service<'about' | 'licences' | 'openDataFolder' | 'openChromiumLicences'> {
  const { electron = '', chrome = '', node } = process.versions as Partial<Record<string, string>>;
  const committedAt = Date.parse(build?.committedAt ?? '');
  return {
    live: {},
    requests: {
      about: () => ({
        commit: build?.commit ?? '',
        changed: build?.changed ?? false,
        committedAt: Number.isNaN(committedAt) ? null : committedAt,
        runtime: { electron, chromium: chrome, node: node ?? '', sqlite: sqliteVersion() },
        system: `${type()} ${release()} ${arch()}`,
        dataFolder: dataDirectory,
      }),
      licences: async (): Promise<readonly Licence[]> => {
        const text = await readFile(licences, 'utf8').catch(() => null);
        // `npm run dev` does not build the licences.
        if (text === null) throw new Refusal('noLicences');
        return schema.parse(JSON.parse(text));
      },
      openDataFolder: async () => {
        const detail = await open(dataDirectory);
        if (detail !== '') throw new Refusal('folderNotOpened', { folder: dataDirectory, detail });
        return null;
      },
      openChromiumLicences: async () => {
        const file = chromiumLicences.find((one) => existsSync(one));
        const detail = file === undefined ? 'ENOENT' : await open(file);
        if (detail !== '')
          throw new Refusal('fileNotOpened', { file: file ?? chromiumLicences[0] ?? '', detail });
        return null;
      },
    },
  };
}
