/** Texts about other sites and the broker. */
import type { Capture } from '#shared/model/capture';
import type { BrokerTrouble, Site, SiteProgress } from '#shared/model/sites';
import type { Shape } from './shapes';
import type { Words } from './words';

/** The failure with its reason, the next step, and the message of the broker. */
export function troubleWords({ t, language }: Words, { code, detail }: BrokerTrouble): string {
  const why = t(`sites.trouble.${code}`);
  return detail === '' ? why : `${why}${language === 'zh-CN' ? '' : ' '}${t('sites.says', { detail })}`;
}

/** "15:20"; on another day the date too. */
const minuteOf = (words: Words, at: number, now: number): string =>
  words.date(at) === words.date(now) ? words.clock(at).slice(0, 5) : words.dateTime(at).slice(0, -3);

/** "15:20:31"; on another day the date too. */
const secondOf = (words: Words, at: number, now: number): string =>
  words.date(at) === words.date(now) ? words.clock(at).slice(0, 8) : words.dateTime(at);

/** How far sending or reading is, and why it waits. */
export function siteStateWords(words: Words, { role, progress }: Site, now: number): string {
  const { t } = words;
  const { status, trouble, behind, until } = progress;
  switch (status) {
    case 'connecting':
      return t('sites.state.connecting');
    case 'recovering':
      return t('sites.state.recovering');
    case 'upToDate':
      return until === null
        ? t('sites.state.upToDate')
        : t('sites.state.upToDateTo', { at: minuteOf(words, until, now) });
    case 'waiting':
      return t('sites.state.waiting', {
        why: trouble === null ? t('sites.trouble.other') : troubleWords(words, trouble),
      });
    case 'moving': {
      const isSending = role === 'send';
      const far = t(isSending ? 'sites.state.sending' : 'sites.state.reading', { count: behind });
      if (until === null) return far;
      const to = { at: minuteOf(words, until, now), time: words.duration(now - until) };
      return far + t(isSending ? 'sites.state.sentTo' : 'sites.state.readTo', to);
    }
  }
}

/** The last acknowledgement or message; '' without one. */
export function heardWords(words: Words, { role, progress: { heardAt } }: Site, now: number): string {
  if (heardAt === null) return role === 'send' ? words.t('sites.notAcknowledged') : '';
  const at = secondOf(words, heardAt, now);
  return words.t(role === 'send' ? 'sites.acknowledged' : 'sites.received', { at });
}

const shapes: Readonly<Record<SiteProgress['status'], Shape>> = {
  connecting: 'pending',
  recovering: 'pending',
  moving: 'restarting',
  upToDate: 'online',
  waiting: 'error',
};
export const siteShape = ({ status }: SiteProgress): Shape => shapes[status];

/** ms without a newer entry, after which a site counts as away. Machines send a heartbeat every minute or more often. */
export const awayAfter = 5 * 60_000;

/** "As of 15:20:31." or "No data since 14:02 (1 h 18 min)." */
export function asOfWords(words: Words, { to }: Pick<Capture, 'to'>, now: number): string {
  const { t } = words;
  if (to === null) return t('sites.noData');
  return isAway({ to }, now)
    ? t('sites.noDataSince', { at: minuteOf(words, to, now), time: words.duration(now - to) })
    : t('sites.asOf', { at: secondOf(words, to, now) });
}

export const isAway = ({ to }: Pick<Capture, 'to'>, now: number): boolean =>
  to !== null && now - to >= awayAfter;

/** "up to date · 12 machines · as of 15:20:31", for the menu of sites. */
export function journalFacts(words: Words, site: Site, journal: Capture | null, now: number): string {
  const { t } = words;
  return [
    t(`sites.state.short.${site.progress.status}`),
    ...(journal === null
      ? [t('sites.menu.noJournal')]
      : [
          t('sites.menu.machines', { count: journal.machines }),
          ...(journal.to === null ? [] : [t('sites.menu.asOf', { at: secondOf(words, journal.to, now) })]),
        ]),
  ].join(' · ');
}

/** The span of a site's earlier journal. */
export function olderWords(words: Words, { from, to }: Pick<Capture, 'from' | 'to'>): string {
  return from === null || to === null
    ? words.t('sites.menu.olderEmpty')
    : words.t('sites.menu.older', { from: words.dateTime(from), to: words.dateTime(to) });
}
