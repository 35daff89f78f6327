/** Information about Crema: its build, runtime, data folder and the licences of all shipped software. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { arch, release, type } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Licence } from '#shared/model/about';
import { sqliteVersion } from '../../lib/files/sqliteVersion';
import { Refusal } from '../ipc/requests';
import type { Base } from './base';
import type { AppParts } from './parts';
import type { Service } from './service';

export type AboutParts = AppParts['about'] & Pick<AppParts, 'dataDirectory' | 'openFolder'>;

const schema = z.array(
  z.object({ name: z.string(), version: z.string(), licence: z.string(), text: z.string().nullable() }),
);

/** Electron puts Chromium's licences beside its program, or elsewhere in a macOS bundle or in Electron's own folder. */
export const chromiumLicencesOf = (executable: string, resources: string): readonly string[] =>
  [dirname(executable), resources, join(resources, '..', '..', '..')].map((folder) =>
    join(folder, 'LICENSES.chromium.html'),
  );

type AboutService = Service<'about' | 'licences' | 'openDataFolder' | 'openChromiumLicences'>;

export const about = (base: Base): AboutService => aboutService({ ...base, ...base.about });

export function aboutService({
  build,
  dataDirectory,
  licences,
  chromiumLicences,
  openFolder,
}: AboutParts): AboutService {
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
        const detail = await openFolder(dataDirectory);
        if (detail !== '') throw new Refusal('folderNotOpened', { folder: dataDirectory, detail });
        return null;
      },
      openChromiumLicences: async () => {
        const file = chromiumLicences.find((one) => existsSync(one));
        const detail = file === undefined ? 'ENOENT' : await openFolder(file);
        if (detail !== '')
          throw new Refusal('fileNotOpened', { file: file ?? chromiumLicences[0] ?? '', detail });
        return null;
      },
    },
  };
}
