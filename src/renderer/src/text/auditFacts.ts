/** The members of an audit trail entry as names and values in words. */
import { commandNames } from '#shared/commands/index';
import { hasStepWords } from '#shared/commands/kit/rows';
import type { AuditEntry } from '#shared/model/audit';
import type { StepName } from '#shared/model/command';
import type { Retention } from '#shared/model/journal';
import { machineSettingRows } from '#shared/model/machineSettings';
import type { Waves } from '#shared/model/run';
import { ownText, type RunStep } from '#shared/model/sequence';
import { settingRows } from '#shared/model/settings';
import { anyKey } from './t';
import { stepWords } from './commandWords';
import { listed } from './phrases';
import { doesWords, ownTextWords, wavesWords } from './runWords';
import { settingWords, shownValue } from './settingWords';
import type { Words } from './words';

type Fact = Pick<AuditEntry, 'act' | 'what'>;

/** The settings text of a member; `null`: the member is not a setting. */
function settingOf(act: string, key: string): string | null {
  if (act === 'setSettings' && key in settingRows) return `setting.${key}`;
  return act === 'setMachine' && key in machineSettingRows ? `machineSetting.${key}` : null;
}

/** Shown elsewhere: a step's text contains its parameters, and the line's result contains the end of a command. */
const shownElsewhere: ReadonlySet<string> = new Set(['params', 'state']);

/** The shown members, in order. */
export const factsOf = ({ what }: Fact): readonly string[] =>
  Object.keys(what).filter((key) => !shownElsewhere.has(key) && (key !== 'input' || !isEmpty(what[key])));

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

/** Their `id` is the hash of a package; all others have a number. */
const packageActs: ReadonlySet<string> = new Set([
  'choosePackage',
  'takePackage',
  'changePackage',
  'checkPackage',
  'removePackage',
]);

/** '': the value needs no name. Members of another version keep their own name. */
export function factName(words: Words, act: string, key: string): string {
  if (key === 'isSet') return '';
  const setting = settingOf(act, key);
  if (setting !== null) return settingWords(words, setting).title;
  if (key === 'id' && packageActs.has(act)) return words.t('audit.key.packageId');
  return wordOr(words, `audit.key.${key}`, key);
}

/** The text of a key built from data, or `other` if there is none. */
function wordOr({ t }: Words, key: string, other: string): string {
  // Typed text is not a key: i18next would take a colon for a namespace.
  if (!/^[\w.]+$/.test(key)) return other;
  const found = anyKey(t)(key);
  return found === key ? other : found;
}

/** As the settings write it. */
function retentionWords({ t }: Words, value: unknown): string {
  const { days, bytes } = value as Retention;
  if (!Number.isFinite(days) || !Number.isFinite(bytes)) return JSON.stringify(value);
  return t('setting.retention.both', { days, gigabytes: bytes / 1e9 });
}

/** Keys whose values are codes, with the namespace of their texts. */
const rooms: ReadonlyMap<string, string> = new Map([
  ['which', 'audit.which'],
  ['to', 'audit.to'],
  ['as', 'audit.as'],
  ['type', 'audit.type'],
  ['end', 'audit.end'],
  ['fault', 'misbehave'],
  ['answering', 'misbehave.answering'],
  ['platform', 'audit.platform'],
  ['androidType', 'upgrades.androidTypes'],
  ['pathStyle', 'upgrades.pathStyles'],
  ['role', 'replay.roles'],
  ['pace', 'replay.paces'],
  ['answer', 'audit.answer'],
  ['allowedBy', 'audit.allowedBy'],
]);

/** Numbers that are identifiers, written without digit grouping. */
const names: ReadonlySet<string> = new Set(['id', 'vmcNo', 'entry', 'port', 'line', 'run', 'first', 'last']);

export function factValue(words: Words, fact: Fact, key: string): string {
  const { act, what } = fact;
  const value = what[key];
  const { t } = words;
  if (key === 'isSet') return t(`audit.isSet.${value === true}`);
  const setting = settingOf(act, key);
  if (setting !== null && (typeof value === 'string' || value === null))
    return wordOr(words, `${setting}.value.${shownValue(value)}`, shownValue(value) || t('audit.nothing'));
  if (isEmpty(value)) return t('audit.nothing');
  if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no');
  if (typeof value === 'number' && (key === 'wait' || key === 'for')) return words.duration(value);
  if (typeof value === 'number') return names.has(key) ? String(value) : words.number(value);
  const command = commandNames.find((name) => name === what['name']);
  if (key === 'name' && command !== undefined && act !== 'setMachine' && act !== 'keepSequence')
    return t(`command.${command}.name`);
  if (key === 'step' && command !== undefined && typeof value === 'string' && hasStepWords(command, value)) {
    const params = what['params'];
    return stepWords(words, command, {
      what: value as StepName,
      at: 0,
      entry: null,
      params: typeof params === 'object' && params !== null ? { ...(params as Record<string, string>) } : {},
    });
  }
  if (key === 'rewritten' && typeof value === 'string')
    return listed(
      words,
      value.split(' ').map((rule) => wordOr(words, `replay.rule.${rule}.name`, rule)),
    );
  if (typeof value === 'string') {
    const room = rooms.get(key);
    if (room === undefined) return value;
    return wordOr(words, `${room}.${value}`, value);
  }
  return otherValue(words, key, value);
}

function otherValue(words: Words, key: string, value: unknown): string {
  const { t } = words;
  if (key === 'title') {
    const title = ownText.safeParse(value);
    if (title.success) return ownTextWords(words, title.data);
  }
  if (Array.isArray(value) && value.every((one) => typeof one === 'number'))
    return value.length <= 10
      ? listed(words, value.map(String))
      : t('work.start.machines', { count: value.length });
  try {
    if (key === 'steps' && Array.isArray(value))
      return value
        .map((step) => doesWords(words, step as RunStep))
        .join(words.language === 'zh-CN' ? '；' : '; ');
    if (key === 'waves') return wavesWords(words, value as Waves);
    if (key === 'retention') return retentionWords(words, value);
  } catch {
    // From another version.
  }
  return JSON.stringify(value);
}
