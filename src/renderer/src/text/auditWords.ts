/** Texts about lines of the audit trail. */
import { commandNames } from '#shared/commands/index';
import { errorCodes } from '#shared/contract/errors';
import { auditActs } from '#shared/contract/audit';
import { isGiving, isOwnAct, type AuditEntry, type AuditFilter } from '#shared/model/audit';
import { en } from '../locales/en';
import { anyKey } from './t';
import { appErrorWords } from './appErrorWords';
import { factName, factsOf, factValue } from './auditFacts';
import { commandWords } from './commandWords';
import type { Words } from './words';

/** How a command may have ended. */
const commandEnds = ['confirmed', 'failed', 'expired', 'unconfirmable', 'cancelled'] as const;

/** Characters of one value in a line. */
const longestValue = 120;

export function actWords({ t }: Words, act: string): string {
  const known = auditActs.find((one) => one === act);
  return known === undefined ? act : t(`audit.act.${known}`);
}

/** Finds a text in the lines, and in the names that the window shows for acts and commands. */
export function searchOf(words: Words, typed: string): Pick<AuditFilter, 'text' | 'acts' | 'commands'> {
  const text = typed.trim();
  if (text === '') return { text, acts: [], commands: [] };
  const has = (name: string): boolean => name.toLowerCase().includes(text.toLowerCase());
  return {
    text,
    acts: auditActs.filter((act) => has(actWords(words, act))),
    commands: commandNames.filter((name) => has(words.t(`command.${name}.name`))),
  };
}

/** The name in Settings, else the computer's user. Crema's own findings have no person; a run's commands belong to the run. */
export function personOf({ t }: Words, { act, name, user, what }: AuditEntry): string {
  const { run, person, computer } = what;
  if (act === 'supportCommand' && typeof person === 'string' && typeof computer === 'string')
    return t('audit.bySupport', { person, computer });
  if (act === 'runCommand' && typeof run === 'number') return t('audit.byRun', { run: String(run) });
  return isOwnAct(act) ? t('audit.crema') : name === '' ? user : name;
}

/** The sentence of a line: the request, in the terms of its own screen. */
export function auditWords(words: Words, entry: AuditEntry): string {
  const { t } = words;
  const { act, what } = entry;
  const name = commandNames.find((known) => known === what['name']);
  const { state } = what;
  if (name !== undefined && isGiving(act)) {
    const command = commandWords(words, { name, input: objectOf(what['input']) });
    const { site } = what;
    return typeof site === 'string' ? t('audit.atSite', { site, command }) : command;
  }
  if (name !== undefined && act === 'commandEnded' && typeof state === 'string')
    return t('audit.ended', {
      command: t(`command.${name}.name`),
      state: anyKey(t)(`commandState.${state}.name`),
    });
  const facts = factsOf(entry).map((key) =>
    `${factName(words, act, key)} ${short(factValue(words, entry, key))}`.trim(),
  );
  return [actWords(words, act), ...facts].join(' · ');
}

const objectOf = (value: unknown): Record<string, never> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const short = (text: string): string =>
  text.length <= longestValue ? text : `${text.slice(0, longestValue - 1)}…`;

/** The result. For a command, only that it was given: another line shows its end. */
export function resultWords(words: Words, { act, what, refused }: AuditEntry): string {
  const { state } = what;
  if (act === 'commandEnded')
    return typeof state === 'string' ? anyKey(words.t)(`commandState.${state}.name`) : '';
  if (refused === null) return words.t(isGiving(act) ? 'audit.given' : 'audit.done');
  return words.t('audit.notDone', { reason: refusalWords(words, refused) });
}

function refusalWords(words: Words, { code, params }: NonNullable<AuditEntry['refused']>): string {
  const plain = Object.entries(params).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[name, value] as const] : [],
  );
  const known = errorCodes.find((one) => one === code);
  return known === undefined
    ? code
    : appErrorWords(words, { code: known, params: Object.fromEntries(plain) });
}

/** For a CSV file; main/desktop/audit/table.ts lists the keys. */
export function auditTableWords(words: Words): Readonly<Record<string, string>> {
  const { t } = words;
  const of = (kind: 'column' | 'act' | 'fault'): readonly (readonly [string, string])[] =>
    Object.keys(en.audit[kind]).map((name) => [`${kind}.${name}`, anyKey(t)(`audit.${kind}.${name}`)]);
  return Object.fromEntries([
    ...of('column'),
    ...of('act'),
    ...of('fault'),
    ['fault.none', t('audit.fits')],
    ['result.done', t('audit.done')],
    ['result.given', t('audit.given')],
    ...commandEnds.map((state) => [`result.${state}`, t(`commandState.${state}.name`)] as const),
  ]);
}
