/** A machine's version in words. */
import { versionNow, type VersionNow } from '#shared/model/version';
import type { Words } from './words';
import type { KnownVersions } from '#shared/model/knownVersions';

/** The version, or why it is unknown. */
export function versionWords(
  { t, moment }: Pick<Words, 't' | 'moment'>,
  version: VersionNow,
  now: number,
): string {
  if (version.known) return version.version;
  if (version.why !== 'fetched' && version.why !== 'sent') return t('upgrades.versionUnknown');
  const { why, doubt, last } = version;
  const time = moment(doubt.at, now);
  return last === null
    ? t(`upgrades.versionDoubt.${why}`, { time })
    : t(`upgrades.versionDoubt.${why}After`, { time, version: last });
}

/** The version of a machine's program, for a list; '': none was reported. */
export function programWords(words: Pick<Words, 't' | 'moment'>, known: KnownVersions, now: number): string {
  const version = versionNow('version', known);
  return !version.known && version.why === 'notReported' ? '' : versionWords(words, version, now);
}
