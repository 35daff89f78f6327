/** Settings files that a bad disk, an interrupted write or a manual edit damaged. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultSettings, settingRows } from '#shared/model/settings';
import type { LostSetting } from '#shared/model/settingsLoss';

/** Settings that a person has chosen. */
export const wholeSettings = {
  settings: {
    ...defaultSettings,
    language: 'en',
    theme: 'dark',
    machineListen: { host: '127.0.0.1', port: 9700 },
    usualPort: 9700,
    updateListen: { host: '127.0.0.1', port: 12345 },
    directLink: null,
    retention: { days: 7, bytes: 2_000_000_000 },
    ownErrors: { 'ERROR:9999': { name: 'Boiler' } },
  },
  machines: { 33232: { name: 'Lobby', platform: 'linux' }, 44401: { name: 'Hall' } },
  window: { width: 1280, height: 760, maximized: false },
  secrets: { 33232: 'c2VhbGVk', 44401: 'c2VhbGVkIHRvbw==' },
};
const text = JSON.stringify(wholeSettings, null, '\t');
const { settings, machines, secrets } = wholeSettings;
const behind = ['machines', 'codes', 'window'] as const;
const lostOf = (keys: readonly LostSetting['key'][]): readonly LostSetting[] =>
  keys.map((key) => ({ machine: null, key }));
const rowsBehind = (Object.keys(settingRows) as readonly (keyof typeof settingRows)[]).filter(
  (key) => !text.slice(0, 200).includes(`"${key}"`) || key === 'updateListen',
);
const json = (part: object): string => JSON.stringify({ ...wholeSettings, ...part });

export interface DamagedSettings {
  readonly name: string;
  /** The written content, or a function that creates the file. */
  readonly made: string | ((file: string) => void);
  /** `null`: all. */
  readonly lost: readonly LostSetting[] | null;
}

export const damagedSettings: readonly DamagedSettings[] = [
  { name: 'a folder', made: (file) => void mkdirSync(join(file, 'inside'), { recursive: true }), lost: null },
  { name: 'a link to itself', made: (file) => symlinkSync(file, file), lost: null },
  { name: 'empty', made: '', lost: null },
  { name: 'cut in two', made: text.slice(0, 200), lost: lostOf([...rowsBehind, ...behind]) },
  {
    name: 'with one byte changed',
    made: text.replace('"machines"', '"machines\0'),
    lost: lostOf(behind),
  },
  { name: 'a list', made: '[1, 2]', lost: null },
  { name: 'null', made: 'null', lost: null },
  {
    name: 'with a wrong type',
    made: json({ settings: { ...settings, theme: 7 } }),
    lost: [{ machine: null, key: 'theme' }],
  },
  {
    name: 'with an address that is none',
    made: json({ settings: { ...settings, machineListen: { host: 'here', port: '9700' } } }),
    lost: [{ machine: null, key: 'machineListen' }],
  },
  {
    name: 'with a text for its settings',
    made: json({ settings: 'all' }),
    lost: (Object.keys(settingRows) as readonly (keyof typeof settingRows)[]).map((key) => ({
      machine: null,
      key,
    })),
  },
  {
    name: 'with a list of machines',
    made: json({ machines: ['Lobby'] }),
    lost: [{ machine: null, key: 'machines' }],
  },
  {
    name: 'with machines that are none',
    made: json({ machines: { ...machines, 33232: 'Lobby', lobby: { name: 'Lobby' } } }),
    lost: [
      { machine: '33232', key: 'all' },
      { machine: 'lobby', key: 'all' },
    ],
  },
  {
    name: 'with a name that is none',
    made: json({ machines: { ...machines, 44401: { name: ['Hall'] } } }),
    lost: [{ machine: '44401', key: 'name' }],
  },
  {
    name: 'with a text for its codes',
    made: json({ secrets: 'none' }),
    lost: [{ machine: null, key: 'codes' }],
  },
  {
    name: 'with a code that is none',
    made: json({ secrets: { ...secrets, 33232: 12_345_678 } }),
    lost: [{ machine: '33232', key: 'code' }],
  },
  {
    name: 'with a place that is none',
    made: json({ window: { width: 'wide' } }),
    lost: [{ machine: null, key: 'window' }],
  },
];

/** Makes the settings file of that folder. */
export function makeSettings(folder: string, { made }: Pick<DamagedSettings, 'made'>): void {
  const file = join(folder, 'settings.json');
  for (const one of [file, join(folder, 'settings.copy.json')]) rmSync(one, { recursive: true, force: true });
  if (typeof made === 'string') writeFileSync(file, made);
  else made(file);
}
