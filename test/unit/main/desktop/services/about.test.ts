import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../../../src/main/desktop/ipc/requests';
import {
  aboutService,
  chromiumLicencesOf,
  type AboutParts,
} from '../../../../../src/main/desktop/services/about';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();

function made(given: Partial<AboutParts> = {}) {
  const opened: string[] = [];
  const { requests } = aboutService({
    build: null,
    dataDirectory: '/data',
    licences: folder('licences.json'),
    chromiumLicences: [folder('LICENSES.chromium.html')],
    openFolder: (path) => {
      opened.push(path);
      return Promise.resolve('');
    },
    ...given,
  });
  return { requests, opened };
}
const from = { windowId: 1, screen: '', capture: null };
/** The error of the refusal. */
const refused = async (what: () => unknown): Promise<unknown> => {
  try {
    return await what();
  } catch (error) {
    return error instanceof Refusal ? error.error : error;
  }
};

describe('Crema’s facts about itself', () => {
  it('are its build, the versions of its runtime, and the place of its data', async () => {
    const build = {
      kind: 'release',
      version: '1.2.3',
      commit: 'abc',
      changed: true,
      committedAt: '2026-11-24T10:00:00+01:00',
      electron: '33.2.1',
    } as const;
    const about = await made({ build }).requests.about(undefined, from);
    expect(about).toMatchObject({
      commit: 'abc',
      changed: true,
      committedAt: Date.UTC(2026, 10, 24, 9),
      dataFolder: '/data',
      runtime: { node: process.versions.node },
    });
    expect(about.runtime.sqlite).toMatch(/^3\.\d+\.\d+$/);
  });
  it('name no build if it runs from its sources', async () => {
    const about = await made().requests.about(undefined, from);
    expect(about).toMatchObject({ commit: '', changed: false, committedAt: null, runtime: { electron: '' } });
  });
  it('opens the data folder, or reports why not', async () => {
    const { requests, opened } = made();
    await requests.openDataFolder(undefined, from);
    expect(opened).toEqual(['/data']);
    const { requests: others } = made({ openFolder: () => Promise.resolve('no file manager') });
    expect(await refused(() => others.openDataFolder(undefined, from))).toEqual({
      code: 'folderNotOpened',
      params: { folder: '/data', detail: 'no file manager' },
    });
  });
});

describe('licences', () => {
  it('are those that the build gathered', async () => {
    const licences = [{ name: 'zod', version: '4', licence: 'MIT', text: 'text' }];
    writeFileSync(folder('licences.json'), JSON.stringify(licences));
    expect(await made().requests.licences(undefined, from)).toEqual(licences);
  });
  it('are refused where nothing was built', async () => {
    expect(await refused(() => made().requests.licences(undefined, from))).toMatchObject({
      code: 'noLicences',
    });
  });
  it('of Chromium are opened from the runtime’s folder, which differs by system', async () => {
    const beside = folder('LICENSES.chromium.html');
    const { requests, opened } = made({ chromiumLicences: [folder('none'), beside] });
    expect(await refused(() => requests.openChromiumLicences(undefined, from))).toMatchObject({
      code: 'fileNotOpened',
      params: { detail: 'ENOENT' },
    });
    writeFileSync(beside, '');
    await requests.openChromiumLicences(undefined, from);
    expect(opened).toEqual([beside]);
    const app = '/Applications/Crema.app/Contents';
    expect(chromiumLicencesOf(`${app}/MacOS/Crema`, `${app}/Resources`)).toContain(
      join(app, 'Resources', 'LICENSES.chromium.html'),
    );
    expect(chromiumLicencesOf('/opt/crema/crema', '/opt/crema/resources')).toContain(
      join('/opt/crema', 'LICENSES.chromium.html'),
    );
  });
});
