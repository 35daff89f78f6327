/** Upgrades in words. */
import type { Command } from '#shared/model/command';
import type { MachineStatus } from '#shared/model/machine';
import type { AndroidPackageType } from '#shared/model/upgrade';
import type { upgrades } from '../locales/en/upgrades';
import { stepGroupWords } from './commandWords';
import type { Words } from './words';

export type Stage = keyof (typeof upgrades)['upgrades']['stage'];

/** The shape beside the word. */
export const upgradeShape: Readonly<Record<Stage, MachineStatus>> = {
  waiting: 'offline',
  told: 'silence',
  perhapsTold: 'silence',
  fetching: 'restarting',
  broken: 'warning',
  fetched: 'restarting',
  restarting: 'restarting',
  otherVersion: 'warning',
  runs: 'online',
  failed: 'fault',
  unproved: 'warning',
  unsent: 'offline',
  takenBack: 'offline',
};

/** What an android machine does with it; `null`: a picture for its screen saver [field]. */
export function androidTypeWords({ t }: Pick<Words, 't'>, type: AndroidPackageType | null): string {
  return t(`upgrades.androidTypes.${type ?? 'none'}`);
}

/** "12.3 MiB of 45.6 MiB · 3.1 MiB/s · 11 s left" */
export function transferWords(
  words: Words,
  { done, total, rate, left }: { done: number; total: number; rate: number | null; left: number | null },
): string {
  const { t, bytes } = words;
  const parts: string[] = [t('upgrades.bytesOf', { done: bytes(done), total: bytes(total) })];
  if (rate !== null) parts.push(t('upgrades.rate', { rate: bytes(Math.round(rate)) }));
  if (left !== null && done < total) parts.push(t('upgrades.left', { time: words.duration(left + 999) }));
  return parts.join(' · ');
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** How far its machine is with it. */
export function stageWords(words: Words, { name, input, steps }: Command, stage: Stage): string {
  const { t } = words;
  const last = steps.at(-1);
  const version = textOf(input['version']);
  if (stage === 'otherVersion') {
    const reported = steps.findLast(({ what }) => what === 'versionDiffers')?.params['version'];
    return t('upgrades.stage.otherVersion', { version: String(reported ?? '') });
  }
  if (stage === 'failed' && last !== undefined) return stepGroupWords(words, name, { last, count: 1 });
  return t(`upgrades.stage.${stage}`, { version });
}
