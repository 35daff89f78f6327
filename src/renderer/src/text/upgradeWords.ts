/** Upgrades in words. */
import type { Command, StepName } from '#shared/model/command';
import type { AndroidPackageType, UpgradePackage } from '#shared/model/upgrade';
import type { upgrades } from '../locales/en/upgrades';
import { stepGroupWords, timeOfDay } from './commandWords';
import type { Shape } from './shapes';
import type { Words } from './words';

export type Stage = keyof (typeof upgrades)['upgrades']['stage'];

/** The shape beside the text. */
export const upgradeShape: Readonly<Record<Stage, Shape>> = {
  waiting: 'offline',
  sent: 'pending',
  sentPerhaps: 'pending',
  fetching: 'restarting',
  broken: 'warning',
  refused: 'fault',
  fetched: 'restarting',
  restarting: 'restarting',
  cameBack: 'pending',
  notApplied: 'fault',
  otherVersion: 'warning',
  back: 'pending',
  runs: 'online',
  reportedDone: 'pending',
  failed: 'fault',
  unproved: 'warning',
  unheard: 'fault',
  unseen: 'pending',
  unfetched: 'warning',
  replaced: 'offline',
  unsent: 'offline',
  takenBack: 'offline',
};

/** The package's use on android; `null`: a picture for its screen saver [field]. */
export function androidTypeWords({ t }: Pick<Words, 't'>, type: AndroidPackageType | null): string {
  return t(`upgrades.androidTypes.${type ?? 'none'}`);
}

interface Fetched {
  readonly done: number;
  readonly total: number;
  readonly rate: number | null;
  readonly left: number | null;
  /** The byte at which a resumed download started. */
  readonly from?: number;
}

interface Pace {
  /** Bytes a second; `null`: too early to know. */
  readonly rate: number | null;
  /** ms until the end at this rate. */
  readonly left: number | null;
}

/** ms after which an average is meaningful. */
const shortest = 300;

export function paceOf(done: number, total: number, elapsed: number): Pace {
  if (elapsed < shortest || done === 0) return { rate: null, left: null };
  const rate = (done * 1000) / elapsed;
  return { rate, left: ((total - done) * 1000) / rate };
}

/** "12.3 MiB of 45.6 MiB · 3.1 MiB/s · 11 s left · resumed from 4 MiB" */
export function transferWords(words: Words, { done, total, rate, left, from = 0 }: Fetched): string {
  const { t, bytes } = words;
  const parts: string[] = [t('upgrades.bytesOf', { done: bytes(done), total: bytes(total) })];
  if (rate !== null) parts.push(t('upgrades.rate', { rate: bytes(Math.round(rate)) }));
  if (left !== null && done < total) parts.push(t('upgrades.left', { time: words.duration(left + 999) }));
  if (from > 0) parts.push(t('upgrades.resumedFrom', { from: bytes(from) }));
  return parts.join(' · ');
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The progress of the machine's upgrade. */
export function stageWords(words: Words, { name, input, steps }: Command, stage: Stage): string {
  const { t } = words;
  const last = steps.at(-1);
  const version = textOf(input['version']);
  const { status } = refusalOf({ steps });
  const reported = versionSteps[stage];
  if (reported !== undefined) {
    const found = steps.findLast(({ what }) => what === reported)?.params['version'];
    return t(`upgrades.stage.${stage}`, { version: String(found ?? ''), status });
  }
  if ((stage === 'failed' || stage === 'unheard') && last !== undefined)
    return stepGroupWords(words, name, { last, count: 1 });
  return t(`upgrades.stage.${stage}`, { version, status });
}

/** The step with the version after the machine's return. */
const versionSteps: Partial<Record<Stage, StepName>> = {
  cameBack: 'versionSame',
  notApplied: 'notApplied',
  otherVersion: 'versionDiffers',
};

const whyRefused: Readonly<Record<number, keyof (typeof upgrades)['upgrades']['refusal']>> = {
  404: 'gone',
  409: 'spoilt',
  412: 'another',
  416: 'beyond',
};

/** The last refusal of this computer to serve the package, and its time. */
function refusalOf({ steps }: Pick<Command, 'steps'>) {
  const last = steps.findLast(({ what }) => what === 'downloadRefused');
  const status = Number(last?.params['status']);
  return { status, at: last?.at ?? 0, why: whyRefused[status] ?? 'unreadable' } as const;
}

/** Since when the upgrade is stuck, and the remedy. */
export function stuckWords(
  words: Words,
  command: Pick<Command, 'steps'>,
  stuck: { readonly stage: keyof (typeof upgrades)['upgrades']['stuck']; readonly since: number } | null,
  now: number,
): string {
  const { t, duration } = words;
  if (stuck?.stage === 'refused') {
    const { status, why, at } = refusalOf(command);
    const params = { at: timeOfDay(words, at), status, why: t(`upgrades.refusal.${why}`) };
    return t('upgrades.stuck.refused', params);
  }
  return stuck === null ? '' : t(`upgrades.stuck.${stuck.stage}`, { time: duration(now - stuck.since) });
}

/** Program, version and size of a package. */
export const packageFacts = (
  words: Words,
  { platform, version, size }: Pick<UpgradePackage, 'platform' | 'version' | 'size'>,
): string =>
  [
    platform === null ? null : words.platform(platform),
    version === '' ? null : words.t('upgrades.versionLine', { version }),
    words.bytes(size),
  ]
    .filter((fact) => fact !== null)
    .join(' · ');
