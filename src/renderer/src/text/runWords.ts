/** Texts about runs and sequences: their names, their steps, and the progress of each machine. */
import { rowOf } from '#shared/commands/kit/rows';
import type { LeftOut, LineStep, PlanChange, Run, RunMachine, Waves } from '#shared/model/run';
import type { OwnText, RunStep, SequenceStep } from '#shared/model/sequence';
import type { UpgradePackage } from '#shared/model/upgrade';
import { appErrorWords } from './appErrorWords';
import { commandWords, stepWords } from './commandWords';
import { clockOf, labelled } from './phrases';
import type { Words } from './words';

/** The user's own texts may exist in one language only, which is then shown. */
export function ownTextWords(words: Words, text: OwnText): string {
  if (typeof text === 'string') return text;
  const { en = '', zh = '' } = text;
  return words.inLanguage({ en, zh }) || en || zh;
}

/** The action of a step. */
export function doesWords(words: Words, step: RunStep | SequenceStep): string {
  switch (step.do) {
    case 'command':
      if ('perMachine' in step)
        return words.t('work.perMachine', {
          command: words.t(`command.${step.name}.name`),
          count: step.perMachine.reduce((sum, { machines }) => sum + machines.length, 0),
        });
      return step.input === null
        ? words.t(`command.${step.name}.name`)
        : commandWords(words, { name: step.name, input: step.input });
    case 'wait':
      return words.t('work.waitStep', { time: words.duration(step.seconds * 1_000) });
    case 'ask':
      return ownTextWords(words, step.question);
  }
}

/**
 * The name of a batch is that of its command; a title of its own adds the subject. `packages`: the library, for the version of an upgrade
 * without a title.
 */
export function runTitle(
  words: Words,
  { title, steps: [first, ...more] }: Pick<Run, 'title' | 'steps'>,
  packages: readonly Pick<UpgradePackage, 'id' | 'version' | 'fileName'>[] = [],
): string {
  if (title === null) {
    if (first === undefined) return '';
    const wanted = first.do === 'command' ? first.input['packageId'] : undefined;
    const pkg = packages.find(({ id }) => id === wanted);
    return pkg === undefined
      ? doesWords(words, first)
      : labelled(words, doesWords(words, first), pkg.version || pkg.fileName);
  }
  const ownTitle = ownTextWords(words, title);
  return first?.do === 'command' && more.length === 0
    ? labelled(words, words.t(`command.${first.name}.name`), ownTitle)
    : ownTitle;
}

export function runState({ t }: Words, { state, end, paused, waits, counts, machines }: Run): string {
  if (state === 'ended' && end === 'finished') {
    if (counts.failed > 0) return t('work.failed', { count: counts.failed });
    if (counts.leftOut === machines) return t('work.nothingSent');
  }
  if (state === 'ended' && end !== null) return t(`work.end.${end}`);
  if (state === 'paused' && paused !== null) return t(`work.paused.${paused}`);
  return state === 'running' && waits !== null ? t(`work.waits.${waits}`) : t(`work.state.${state}`);
}

/** The outcome of a step, with its reason. */
export function outcomeWords(
  words: Words,
  step: RunStep | undefined,
  { outcome, error, last }: LineStep,
): string {
  const outcomeText = words.t(`work.step.${outcome ?? (step?.do === 'ask' ? 'asking' : 'open')}`);
  if (error !== null) return labelled(words, outcomeText, appErrorWords(words, error));
  // Other outcomes need no reason.
  if (step?.do !== 'command' || last === null || outcome === 'passedOver') return outcomeText;
  const isKnown = Object.hasOwn(rowOf(step.name).steps, last.what);
  const text = stepWords(words, step.name, last);
  return outcome === 'withoutProof' ||
    outcome === 'unconfirmable' ||
    (!isKnown && ((last.what === 'noProof' && last.params['since'] === undefined) || last.what === outcome))
    ? outcomeText
    : labelled(words, outcomeText, text);
}

/** Size of the first wave, machines at a time, pause, success condition, and hours. */
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

/** Why a machine is left out of a run, and which step prevents it. */
function leftOutWords(words: Words, steps: readonly RunStep[], { step, error }: LeftOut): string {
  const why = appErrorWords(words, error);
  const hindered = steps.length === 1 ? undefined : steps[step];
  const reason = hindered === undefined ? why : labelled(words, doesWords(words, hindered), why);
  return labelled(words, words.t('work.line.leftOut'), reason);
}

/** Differences between the start and the dialog's plan. */
export const changeWords = (words: Words, steps: readonly RunStep[], { refused }: PlanChange): string =>
  refused === null ? words.t('work.changed.able') : leftOutWords(words, steps, refused);

/** The progress of a machine in one line; '' if its state is sufficient. */
export function lineWords(
  words: Words,
  { steps: all }: Pick<Run, 'steps'>,
  { steps, state, leftOut }: RunMachine,
): string {
  if (leftOut !== null) return leftOutWords(words, all, leftOut);
  const place = steps.length - 1;
  const last = steps[place];
  if (last === undefined) return '';
  const step = all[place];
  if (state === 'asking' && step?.do === 'ask') return ownTextWords(words, step.question);
  const outcomeText = outcomeWords(words, step, last);
  return all.length === 1 || step === undefined
    ? outcomeText
    : labelled(words, doesWords(words, step), outcomeText);
}
