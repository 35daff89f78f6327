/** Texts about runs and sequences: what they are called, what their steps are, how far each machine is. */
import { rowOf } from '#shared/commands/kit/rows';
import type { LeftOut, LineStep, PlanChange, Run, RunLine, Waves } from '#shared/model/run';
import type { RunStep, Said, SequenceStep } from '#shared/model/sequence';
import { appErrorWords } from './appErrorWords';
import { commandWords, stepWords } from './commandWords';
import { clockOf } from './minuteOfDay';
import type { Words } from './words';

/** A workshop's own words may be in one language: then they are shown in that. */
export function saidWords(words: Words, said: Said): string {
  if (typeof said === 'string') return said;
  const { en = '', zh = '' } = said;
  return words.inLanguage({ en, zh }) || en || zh;
}

/** What a step does. */
export function doesWords(words: Words, step: RunStep | SequenceStep): string {
  switch (step.do) {
    case 'command':
      return step.input === null
        ? words.t(`command.${step.name}.name`)
        : commandWords(words, { name: step.name, input: step.input });
    case 'wait':
      return words.t('work.waitStep', { time: words.duration(step.seconds * 1_000) });
    case 'ask':
      return saidWords(words, step.question);
  }
}

const withMore = ({ language }: Words, said: string, more: string): string =>
  language === 'zh-CN' ? `${said}：${more}` : `${said}: ${more}`;

/** A batch is called as its command is; a title of its own says what of. */
export function runTitle(
  words: Words,
  { title, steps: [first, ...more] }: Pick<Run, 'title' | 'steps'>,
): string {
  if (title === null) return first === undefined ? '' : doesWords(words, first);
  const said = saidWords(words, title);
  return first?.do === 'command' && more.length === 0
    ? withMore(words, words.t(`command.${first.name}.name`), said)
    : said;
}

export function runState({ t }: Words, { state, end, paused, waits }: Run): string {
  if (state === 'ended' && end !== null) return t(`work.end.${end}`);
  if (state === 'paused' && paused !== null) return t(`work.paused.${paused}`);
  return state === 'running' && waits !== null ? t(`work.waits.${waits}`) : t(`work.state.${state}`);
}

/** What became of a step, with the reason where there is one. */
export function outcomeWords(
  words: Words,
  step: RunStep | undefined,
  { outcome, error, last }: LineStep,
): string {
  const said = words.t(`work.step.${outcome ?? (step?.do === 'ask' ? 'asking' : 'open')}`);
  if (error !== null) return withMore(words, said, appErrorWords(words, error));
  // Of the others the outcome says it all.
  if (step?.do !== 'command' || last === null || outcome === 'passedOver') return said;
  const isKnown = Object.hasOwn(rowOf(step.name).steps, last.what);
  const text = stepWords(words, step.name, last);
  return outcome === 'withoutProof' ||
    outcome === 'unconfirmable' ||
    (!isKnown && ((last.what === 'noProof' && last.params['since'] === undefined) || last.what === outcome))
    ? said
    : withMore(words, said, text);
}

/** How many first and at once, how long between, when it is enough, and at which hours. */
export function wavesWords({ t, duration, language }: Words, waves: Waves): string {
  const { first, atOnce, pause, stopAfter, stopShare, hours } = waves;
  return [
    ...(first == null ? [] : [t('work.detail.first', { count: first })]),
    atOnce === null ? t('work.detail.allAtOnce') : t('work.detail.atOnce', { count: atOnce }),
    ...(pause > 0 && (first ?? atOnce) !== null
      ? [t('work.detail.pauseOf', { time: duration(pause * 1_000) })]
      : []),
    ...(stopAfter === null ? [] : [t('work.detail.stopAfter', { count: stopAfter })]),
    ...(stopShare == null ? [] : [t('work.detail.stopShare', { share: stopShare })]),
    ...(hours == null ? [] : [t('work.detail.hours', { from: clockOf(hours.from), to: clockOf(hours.to) })]),
  ].join(language === 'zh-CN' ? '，' : ', ');
}

/** Why a machine gets nothing of a run, and which step is in the way. */
function leftOutWords(words: Words, steps: readonly RunStep[], { step, error }: LeftOut): string {
  const why = appErrorWords(words, error);
  const hindered = steps.length === 1 ? undefined : steps[step];
  const said = hindered === undefined ? why : withMore(words, doesWords(words, hindered), why);
  return withMore(words, words.t('work.line.leftOut'), said);
}

/** What is otherwise at the start than a dialog showed. */
export const changeWords = (words: Words, steps: readonly RunStep[], { refused }: PlanChange): string =>
  refused === null ? words.t('work.changed.able') : leftOutWords(words, steps, refused);

/** Where a machine is, in one line; '' where its state says it all. */
export function lineWords(
  words: Words,
  { steps: all }: Pick<Run, 'steps'>,
  { steps, state, leftOut }: RunLine,
): string {
  if (leftOut !== null) return leftOutWords(words, all, leftOut);
  const place = steps.length - 1;
  const last = steps[place];
  if (last === undefined) return '';
  const step = all[place];
  if (state === 'asking' && step?.do === 'ask') return saidWords(words, step.question);
  const said = outcomeWords(words, step, last);
  return all.length === 1 || step === undefined ? said : withMore(words, doesWords(words, step), said);
}
