/** Texts about other sites and the broker. */
import type { Capture } from '#shared/model/capture';
import { isAway, isQuiet, type BrokerTrouble, type Site, type SiteProgress } from '#shared/model/sites';
import type { Shape } from './shapes';
import type { Words } from './words';

/** The failure with its reason, the next step, and the message of the broker. */
export function troubleWords({ t, language }: Words, { code, detail }: BrokerTrouble): string {
  const why = t(`sites.trouble.${code}`);
  return detail === '' ? why : `${why}${language === 'zh-CN' ? '' : ' '}${t('sites.says', { detail })}`;
}

/** "15:20"; on another day the date too. */
export const minuteOf = (words: Words, at: number, now: number): string =>
  words.date(at) === words.date(now) ? words.clock(at).slice(0, 5) : words.dateTime(at).slice(0, -3);

/** "15:20:31"; on another day the date too. */
const secondOf = (words: Words, at: number, now: number): string =>
  words.date(at) === words.date(now) ? words.clock(at).slice(0, 8) : words.dateTime(at);

/** How far sending or reading is, why it waits, and what is not read. */
export function siteStateWords(words: Words, site: Site, now: number): string {
  const { leftOut } = site.progress;
  const state = stateWords(words, site, now);
  if (leftOut === 0) return state;
  return `${state}${words.language === 'zh-CN' ? '；' : '. '}${words.t('sites.state.leftOut', { count: leftOut })}`;
}

function stateWords(words: Words, site: Site, now: number): string {
  const { t } = words;
  const { role, progress } = site;
  const { status, trouble, behind, until, heardAt } = progress;
  if (isQuiet(site, now)) return asOfWords(words, { to: until, heardAt }, now);
  switch (status) {
    case 'connecting':
      return t('sites.state.connecting');
    case 'recovering':
      return t('sites.state.recovering');
    case 'upToDate':
      return until === null
        ? t('sites.state.upToDate')
        : t('sites.state.upToDateTo', { at: minuteOf(words, until, now) });
    case 'waiting': {
      const why = trouble === null ? t('sites.trouble.other') : troubleWords(words, trouble);
      return behind > 0 && role === 'send'
        ? t('sites.state.waitingBehind', { why, count: behind })
        : t('sites.state.waiting', { why });
    }
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
export function siteShape(site: Site, now: number): Shape {
  const { status, until } = site.progress;
  if (!isQuiet(site, now)) return shapes[status];
  return until === null ? 'pending' : 'warning';
}

/** "As of 15:20:31." or "No data since 14:02 (1 h 18 min)." */
export function asOfWords(
  words: Words,
  { to, heardAt }: Pick<Capture, 'to'> & Pick<SiteProgress, 'heardAt'>,
  now: number,
): string {
  const { t } = words;
  if (to === null) return t('sites.noData');
  return isAway(to, heardAt, now)
    ? t('sites.noDataSince', { at: minuteOf(words, to, now), time: words.duration(Math.max(0, now - to)) })
    : t('sites.asOf', { at: secondOf(words, to, now) });
}

/** "up to date · 12 machines · as of 15:20:31", for the menu of sites. */
export function journalFacts(words: Words, site: Site, journal: Capture | null, now: number): string {
  const { t } = words;
  return [
    t(`sites.state.short.${isQuiet(site, now) ? 'quiet' : site.progress.status}`),
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
