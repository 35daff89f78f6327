/** A machine's version in words. */
import { versionNow, type VersionNow } from '#shared/model/version';
import type { Words } from './words';
import type { KnownVersions } from '#shared/model/knownVersions';

/** The version, or why it is unknown. */
export function versionWords({ t, dateTime }: Pick<Words, 't' | 'dateTime'>, now: VersionNow): string {
  if (now.known) return now.version;
  if (now.why !== 'fetched' && now.why !== 'sent') return t('upgrades.versionUnknown');
  const { why, doubt, last } = now;
  const time = dateTime(doubt.at);
  return last === null
    ? t(`upgrades.versionDoubt.${why}`, { time })
    : t(`upgrades.versionDoubt.${why}After`, { time, version: last });
}

/** The version of a machine's program, for a list; '': none was reported. */
export function programWords(words: Pick<Words, 't' | 'dateTime'>, known: KnownVersions): string {
  const now = versionNow('version', known);
  return !now.known && now.why === 'notReported' ? '' : versionWords(words, now);
}
