/** The texts of a setting, by keys derived from its row (locales/<language>/settings.ts). */
import type { SettingRow } from '#shared/model/settingRow';
import { anyKey } from './t';
import type { Words } from './words';
import { i18n, languages } from '.';
import { matching } from './matching';

export type SettingParams = Readonly<Record<string, string>>;

export interface SettingWords {
  readonly title: string;
  readonly placeholder: string | null;
  /** After a number. */
  readonly unit: string | null;
  /** The text of a choice's value. */
  readonly value: (value: string) => string;
  /** Below the control: notes about the value, current extra notes, and notes about the setting. */
  readonly notes: (value: unknown, more: readonly string[]) => readonly string[];
  /** The default of a row with a control; `null`: empty, or the field explains it. */
  readonly usual: (row: Pick<SettingRow, 'control' | 'initial'>) => string | null;
  /** The confirmation before that value is set. */
  readonly ask: (value: string) => { readonly question: string; readonly yes: string };
}

/** `setting`: `setting.<key>` or `machineSetting.<key>`. */
export function settingWords({ t }: Words, setting: string, params: SettingParams = {}): SettingWords {
  const text = (what: string): string => anyKey(t)(`${setting}.${what}`, params);
  const optional = (what: string): string | null => {
    const found = text(what);
    return found === `${setting}.${what}` ? null : found;
  };
  // Typed text is not a key: i18next would take a colon for a namespace.
  const noteOf = (value: string): string | null =>
    /^\w+$/.test(value) ? optional(`valueNote.${value}`) : null;
  return {
    title: text('title'),
    placeholder: optional('placeholder'),
    unit: optional('unit'),
    value: (value) => text(`value.${value}`),
    notes: (value, more) =>
      [noteOf(shownValue(value)), ...more, optional('note')].filter((note) => note !== null),
    usual: ({ control, initial }) => {
      switch (control.kind) {
        case 'choice':
          return text(`value.${shownValue(initial)}`);
        case 'whole':
          return `${String(initial)} ${optional('unit') ?? ''}`.trim();
        case 'text':
          return initial === '' ? null : String(initial);
        case 'form':
        case 'none':
          return null;
      }
    },
    ask: (value) => ({ question: text(`ask.${value}`), yes: text(`yes.${value}`) }),
  };
}

/** A value as a choice shows it: `null` is `auto` there. */
export function shownValue(value: unknown): string {
  if (value === null) return 'auto';
  return typeof value === 'string' ? value : '';
}

/** The texts below a key, in both languages. */
function textsOf(key: string): readonly string[] {
  return languages.flatMap((language) => flat(i18n.getResource(language, 'translation', key)));
}

function flat(node: unknown): readonly string[] {
  if (typeof node === 'string') return [node];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(flat) : [];
}

/** Finds settings by their names and explanations, in both languages: whether the texts of these keys contain the typed words. */
export const hasTexts = (keys: readonly string[], typed: string): boolean =>
  matching(keys.flatMap(textsOf).join('\n'), typed) > 0;
