/** The words of a setting, by the keys that follow from its row (locales/<language>/settings.ts). */
import { anyKey } from './anyKey';
import type { Words } from './words';

export type SettingParams = Readonly<Record<string, string>>;

export interface SettingWords {
  readonly title: string;
  readonly placeholder: string | null;
  /** Behind a number. */
  readonly unit: string | null;
  /** Of one value of a choice. */
  readonly value: (value: string) => string;
  /** Below the control: of the value, what else there is to say now, of the setting. */
  readonly notes: (value: unknown, more: readonly string[]) => readonly string[];
  /** What is asked before that value is taken. */
  readonly ask: (value: string) => { readonly question: string; readonly yes: string };
}

/** `setting`: `setting.<key>` or `machineSetting.<key>`. */
export function settingWords({ t }: Words, setting: string, params: SettingParams = {}): SettingWords {
  const text = (what: string): string => anyKey(t)(`${setting}.${what}`, params);
  const optional = (what: string): string | null => {
    const found = text(what);
    return found === `${setting}.${what}` ? null : found;
  };
  // What a person typed is no key: a colon in it would be taken for the end of a namespace.
  const noteOf = (value: string): string | null =>
    /^\w+$/.test(value) ? optional(`valueNote.${value}`) : null;
  return {
    title: text('title'),
    placeholder: optional('placeholder'),
    unit: optional('unit'),
    value: (value) => text(`value.${value}`),
    notes: (value, more) =>
      [noteOf(shownValue(value)), ...more, optional('note')].filter((note) => note !== null),
    ask: (value) => ({ question: text(`ask.${value}`), yes: text(`yes.${value}`) }),
  };
}

/** A value as it stands in a choice: `null` is `auto` there. */
export function shownValue(value: unknown): string {
  if (value === null) return 'auto';
  return typeof value === 'string' ? value : '';
}
