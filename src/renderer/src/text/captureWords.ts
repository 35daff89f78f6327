/** What the window says of an opened capture, and of files that are being read and written. */
import type { Capture, Job } from '#shared/model/capture';
import type { Words } from './words';

const passedOver = ['unknownLink', 'notIp', 'short', 'notTcp', 'fragment', 'badLine'] as const;

/** What of the file was not read, in words; nothing to say is an empty list. */
export function captureTroubles({ t, language }: Words, capture: Capture): readonly string[] {
  const skipped = Object.entries(capture.passedOver)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => {
      const known = passedOver.find((each) => each === reason);
      return known === undefined
        ? t('capture.passedOver.other', { count, reason })
        : t(`capture.passedOver.${known}`, { count });
    });
  const listed = new Intl.ListFormat(language, { style: 'narrow', type: 'conjunction' });
  return [
    ...(capture.isDamaged ? [t('capture.damaged')] : []),
    ...(capture.isCutOff ? [t('capture.cutOff')] : []),
    ...(skipped.length === 0 ? [] : [t('capture.passedOverAll', { what: listed.format(skipped) })]),
  ];
}

/** "Nov 24, 2026 10:00:03 to 10:20:00 · 3 machines · 1,234 entries": one clock in all of it, the date said once. */
export function captureFacts(words: Words, { from, to, ...counts }: Capture): string {
  const { t } = words;
  if (counts.entries === 0) return t('capture.empty');
  const sameDay = from !== null && to !== null && words.date(from) === words.date(to);
  const time = (at: number): string => words.clock(at).slice(0, 8);
  const moment = (at: number): string => `${words.date(at)} ${time(at)}`;
  return [
    ...(from === null || to === null
      ? []
      : [t('capture.span', { from: moment(from), to: sameDay ? time(to) : moment(to) })]),
    t('capture.machines', { count: counts.machines }),
    t('capture.connections', { count: counts.connections }),
    t('capture.entries', { count: counts.entries }),
  ].join(' · ');
}

/** What is done, or what became of it. */
export function jobTitle({ t }: Words, { what, state, fileName: file }: Job): string {
  const isExport = what === 'export';
  switch (state) {
    case 'running':
      return t(isExport ? 'capture.job.exporting' : 'capture.job.importing', { file });
    case 'done':
      return t('capture.job.exported', { file });
    case 'failed':
      return t(isExport ? 'capture.job.exportFailed' : 'capture.job.importFailed', { file });
    case 'cancelled':
      return t(isExport ? 'capture.job.exportCancelled' : 'capture.job.importCancelled', { file });
  }
}

/** How far it is: "12 MB of 40 MB · 1,234 frames"; for one that failed, why. */
export function jobFacts(words: Words, job: Job): string {
  const { t } = words;
  const { what, state, problem, done, total } = job;
  if (state === 'cancelled') return '';
  if (state === 'failed')
    return problem === null ? '' : t(`capture.problem.${problem.code}`, { detail: problem.detail });
  const frames = t('capture.frames', { count: job.frames });
  if (what === 'export' || state === 'done' || total === null) return frames;
  return `${t('capture.job.bytes', { done: words.bytes(done), total: words.bytes(total) })} · ${frames}`;
}
