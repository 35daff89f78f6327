/** Damaged and lost files in words. */
import { fileDamages, type FileDamage } from '#shared/model/fileDamage';
import { damagedKinds, type DamagedRows, type LostRows, type Salvage } from '#shared/model/journal';
import type { LostSetting, SettingsLoss } from '#shared/model/settingsLoss';
import { listed } from './phrases';
import type { Words } from './words';

/** "2 machines’ states, 1 command"; `null`: no rows were damaged. */
export function damagedRowsWords(words: Words, rows: DamagedRows | LostRows): string | null {
  const parts = damagedKinds.flatMap((kind) => {
    const count = rows[kind] ?? 0;
    return count === 0 ? [] : [words.t(`journal.damagedKind.${kind}`, { count })];
  });
  if (parts.length === 0) return null;
  return listed(words, parts);
}

/** The result of a damaged journal's recovery. */
export function salvagedWords(
  words: Words,
  { saved, lost, lostFrom, lostTo, lostRows }: Omit<Salvage, 'share' | 'isOver'>,
): string {
  const { t, dateTime } = words;
  const what = damagedRowsWords(words, lostRows);
  const uncounted = damagedKinds.filter((kind) => lostRows[kind] === null);
  return [
    t('journal.salvaged', { count: saved }),
    ...(lost === 0 ? [] : [t('journal.unreadable', { count: lost })]),
    ...(lost === 0 || lostFrom === null || lostTo === null
      ? []
      : [t('journal.unreadableSpan', { from: dateTime(lostFrom), to: dateTime(lostTo) })]),
    ...(what === null ? [] : [t('journal.unreadableRows', { what })]),
    ...(uncounted.length === 0
      ? []
      : [
          t('journal.uncountedRows', {
            what: listed(
              words,
              uncounted.map((kind) => t(`journal.uncountedKind.${kind}`)),
            ),
          }),
        ]),
  ].join(' ');
}

/** Items named from a long list. */
const mostNamed = 8;

/** "theme, machine 33232: verification code and 3 more". */
function lostSettingsWords(words: Words, lost: readonly LostSetting[]): string {
  const { t } = words;
  const named = lost.slice(0, mostNamed).map(({ machine, key }) => {
    const what = t(`settingsLoss.key.${key}`);
    return machine === null ? what : t('settingsLoss.ofMachine', { machine, what });
  });
  const others = lost.length - named.length;
  const all = others === 0 ? named : [...named, t('settingsLoss.more', { count: others })];
  return listed(words, all);
}

/** The damaged settings, and their replacement. */
export function settingsLossWords(words: Words, loss: SettingsLoss): string {
  const { t, language } = words;
  const { lost, fromCopy, unsure, isUnproven, detail } = loss;
  if (lost === null) return t('settingsLoss.all', { detail });
  const what = (some: readonly LostSetting[]): string => lostSettingsWords(words, some);
  const sentences = [
    ...(fromCopy === null ? [t('settingsLoss.fromCopyAll')] : []),
    ...(fromCopy !== null && fromCopy.length > 0
      ? [t('settingsLoss.fromCopy', { what: what(fromCopy) })]
      : []),
    ...(lost.length > 0 ? [t('settingsLoss.some', { what: what(lost) })] : []),
    ...(unsure.length > 0 ? [t('settingsLoss.unsure', { what: what(unsure) })] : []),
    ...(isUnproven && unsure.length === 0 ? [t('settingsLoss.unproven')] : []),
  ];
  if (sentences.length === 0) return t('settingsLoss.whole');
  return sentences.join(language === 'zh-CN' ? '' : ' ');
}

/** A stored package is named by its hash; its visible name stands beside it. */
function damagedName({ file, what, detail }: FileDamage): string {
  const id = /^packages\/([0-9a-f]{64})\.zip$/.exec(file)?.[1];
  if (id === undefined) return file;
  const isListed = what === 'gone' || what === 'changed' || what === 'unreadable';
  return isListed && detail !== '' ? detail : `packages/${id.slice(0, 8)}….zip`;
}

/** The damage and its consequence, one sentence for each kind. */
export function fileDamageWords(words: Words, all: readonly FileDamage[]): string {
  const { t, language } = words;
  const sentences = fileDamages.flatMap((what) => {
    const some = all.filter((one) => one.what === what);
    if (some.length === 0) return [];
    const named = some.slice(0, mostNamed).map(damagedName);
    const others = some.length - named.length;
    const files = listed(words, others === 0 ? named : [...named, t('fileDamage.more', { count: others })]);
    return [t(`fileDamage.what.${what}`, { files, detail: some[0]?.detail ?? '' })];
  });
  return sentences.join(language === 'zh-CN' ? '' : ' ');
}
