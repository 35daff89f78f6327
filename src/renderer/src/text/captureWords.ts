/** Texts about captures, imports and exports. */
import { findings } from '#shared/findings';
import {
  noDamage,
  passedOverReasons,
  type Capture,
  type ExportDamage,
  type Job,
} from '#shared/model/capture';
import { en } from '../locales/en';
import { anyKey } from './t';
import { listed } from './phrases';
import type { Words } from './words';

/** The unread parts of the file, in words; an empty list: none. */
export function captureTroubles(words: Words, capture: Capture): readonly string[] {
  const { t } = words;
  const skipped = passedOverReasons.flatMap((reason) => {
    const count = capture.passedOver[reason] ?? 0;
    return count === 0 ? [] : [t(`capture.passedOver.${reason}`, { count })];
  });
  return [
    ...notWhole(words, capture),
    ...(capture.isDamaged ? [t('capture.damaged')] : []),
    ...(capture.isCutOff ? [t('capture.cutOff')] : []),
    ...(skipped.length === 0 ? [] : [t('capture.passedOverAll', { what: listed(words, skipped) })]),
  ];
}

function notWhole({ t }: Words, { reading }: Capture): readonly string[] {
  switch (reading.state) {
    case 'running':
    case 'done':
      return [];
    case 'cancelled':
      return [t('capture.readingCancelled')];
    case 'failed': {
      const { code, detail } = reading.problem;
      return [`${t('capture.readingFailed')} ${t(`capture.problem.${code}`, { detail })}`];
    }
  }
}

/** Why nothing can be sent or changed in the shown source. */
export const nothingSentWords = ({ t }: Pick<Words, 't'>, isOfSite: boolean): string =>
  t(isOfSite ? 'sites.readOnly' : 'capture.nothingSent');

/** Text beside the name in the tab: the progress, or that the capture is incomplete. A site's journal is never at its end. */
export function captureProgress({ t }: Words, { reading, site }: Capture, job: Job | null): string | null {
  if (site !== null || reading.state === 'done') return null;
  return reading.state === 'running'
    ? t('capture.tabReading', { percent: percentOf(job) })
    : t('capture.tabPart');
}

/** Whole per cent of a job. */
export function percentOf(job: Pick<Job, 'done' | 'total'> | null): number {
  if (job === null || job.total === null || job.total === 0) return 0;
  return Math.min(100, Math.floor((100 * job.done) / job.total));
}

/** "Nov 24, 2026 10:00:03 to 10:20:00 · 3 machines · 1,234 entries": all in one time zone, the date only once. */
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

/** The clock of the times in the window. */
export const clockWords = ({ t }: Words, inCapture: boolean): string =>
  t(inCapture ? 'frames.clock.capture' : 'frames.clock.live');

const titles = {
  export: {
    waiting: 'exportWaits',
    running: 'exporting',
    done: 'exported',
    failed: 'exportFailed',
    cancelled: 'exportCancelled',
  },
  import: {
    waiting: 'importWaits',
    running: 'importing',
    done: 'exported',
    failed: 'importFailed',
    cancelled: 'importCancelled',
  },
  mask: {
    waiting: 'maskWaits',
    running: 'masking',
    done: 'masked',
    failed: 'sendFailed',
    cancelled: 'sendCancelled',
  },
  send: {
    waiting: 'sendWaits',
    running: 'sending',
    done: 'sent',
    failed: 'sendFailed',
    cancelled: 'sendCancelled',
  },
  fetch: {
    waiting: 'fetchWaits',
    running: 'fetching',
    done: 'fetched',
    failed: 'fetchFailed',
    cancelled: 'fetchCancelled',
  },
} as const satisfies Record<Job['what'], Record<Job['state'], string>>;

/** The job's activity, or its result. */
export function jobTitle({ t }: Words, { what, state, fileName: file, capture }: Job): string {
  if (capture !== null && state === 'cancelled') return t('capture.job.importCut', { file });
  if (capture !== null && state === 'failed') return t('capture.job.importStopped', { file });
  return t(`capture.job.${titles[what][state]}`, { file });
}

/** Speed in the job's own units a second (bytes of an import, frames of an export), and the remaining ms. */
export interface Pace {
  readonly rate: number;
  readonly left: number;
}

/** "12 MB of 40 MB · 1,234 frames · 9 MB/s · about 3 s left"; for a failed job, the reason. */
export function jobFacts(words: Words, job: Job, pace: Pace | null = null): string {
  const { t } = words;
  const { what, state, problem, done, total } = job;
  if (state === 'waiting' || state === 'cancelled') return '';
  if (state === 'failed')
    return problem === null ? '' : t(`capture.problem.${problem.code}`, { detail: problem.detail });
  const isMoved = what === 'send' || what === 'fetch';
  const frames = isMoved ? [] : [t('capture.frames', { count: job.frames })];
  if (state === 'done' || total === null) return [...frames, ...damageFacts(words, job.damage)].join(' · ');
  if (what === 'mask') return [t('capture.job.percent', { percent: percentOf(job) }), ...frames].join(' · ');
  const isExport = what === 'export';
  // The width must not change with every update.
  const sofar = total < 10 * 1_048_576 ? done : roundedBytes(done);
  const far = t('capture.job.bytes', { done: words.bytes(sofar), total: words.bytes(total) });
  return [...(isExport ? [] : [far]), ...frames, ...paceFacts(words, isExport, pace)].join(' · ');
}

/** Damage that an export found. */
export function damageFacts({ t }: Words, { damaged, missing }: ExportDamage = noDamage): readonly string[] {
  return [
    ...(damaged > 0 ? [t('capture.job.damaged', { count: damaged })] : []),
    ...(missing > 0 ? [t('capture.job.missing', { count: missing })] : []),
  ];
}

function paceFacts(words: Words, isExport: boolean, pace: Pace | null): readonly string[] {
  if (pace === null) return [];
  const { t } = words;
  const amount = isExport
    ? t('capture.frames', { count: rounded(pace.rate) })
    : words.bytes(roundedBytes(pace.rate));
  return [
    t('capture.job.perSecond', { amount }),
    t('capture.job.left', { time: words.duration(roundedTime(pace.left)) }),
  ];
}

/** Two significant digits: more of them only flicker. */
function rounded(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1);
  return Math.round(value / step) * step;
}

/** Rounded for display: whole MiB, half MiB below ten, and whole KiB. */
function roundedBytes(value: number): number {
  const step = value >= 10 * 1_048_576 ? 1_048_576 : value >= 1_048_576 ? 524_288 : 1024;
  return Math.round(value / step) * step;
}

/** Rounded to seconds; from 10 s to 5 s, from 1 min to 10 s, from 10 min to minutes; never zero. */
function roundedTime(ms: number): number {
  const seconds = Math.max(1, ms / 1000);
  const step = seconds < 10 ? 1 : seconds < 60 ? 5 : seconds < 600 ? 10 : 60;
  return Math.round(seconds / step) * step * 1000;
}

/** Finding parameters that name heads. */
const headParams = ['from', 'to'] as const;

/** Texts for findings, ends of connections and marks in an exported file, in this language; see main/tools/captures/exportWords.ts. */
export function exportWords({ t }: Words): Readonly<Record<string, string>> {
  // The export fills in the parameters.
  const sentence = (key: string): string => anyKey(t)(key, { skipInterpolation: true });
  const texts = new Map<string, string>([
    ['mark', t('capture.exporting.mark')],
    ['beganBefore', t('capture.exporting.beganBefore')],
    ['unknownEnds', t('capture.exporting.unknownEnds')],
    ['seconds', sentence('capture.exporting.seconds')],
  ]);
  for (const code of Object.keys(findings)) texts.set(`finding.${code}`, sentence(`finding.${code}.says`));
  for (const reason of Object.keys(en.close)) texts.set(`close.${reason}`, sentence(`close.${reason}`));
  for (const what of Object.keys(en.lenient)) texts.set(`what.${what}`, sentence(`lenient.${what}`));
  for (const param of headParams) {
    texts.set(`${param}.decimal`, t('machine.heads.decimal'));
    texts.set(`${param}.le48`, t('machine.heads.le48'));
  }
  return Object.fromEntries(texts);
}
