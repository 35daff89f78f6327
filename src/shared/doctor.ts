/** The doctor's results, and their text lines. */
import { doctorChecks, doctorLevels, type DoctorLevel, type ResultWords } from './doctorWords';
import { oneLine } from './visible';
import type { Words } from './words';

export type CheckName = keyof typeof doctorChecks;
export const checkNames = Object.keys(doctorChecks) as [CheckName, ...CheckName[]];

type SaysOf<C extends CheckName> = (typeof doctorChecks)[C]['says'];
export type CodeOf<C extends CheckName> = keyof SaysOf<C> & string;
type EnOf<Says> = Says extends { readonly en: infer Text } ? Text : never;
/** Names between double braces in a text. */
type NamesIn<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type ParamsOf<C extends CheckName, K extends CodeOf<C>> = Readonly<
  Record<NamesIn<EnOf<SaysOf<C>[K]>>, string | number>
>;

export interface DoctorResult {
  readonly check: CheckName;
  readonly level: DoctorLevel;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export function finding<C extends CheckName, K extends CodeOf<C>>(
  check: C,
  code: K,
  params: ParamsOf<C, K>,
): DoctorResult {
  return { check, level: wordsOfCode(check, code).level, code, params };
}

/** The whole line without its sign. */
export function doctorSentence({ check, code, params }: DoctorResult): Words {
  const { title } = doctorChecks[check];
  const words = wordsOfCode(check, code);
  const filled = (text: string): string =>
    text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ''));
  return { en: `${title.en}: ${filled(words.en)}`, zh: `${title.zh}：${filled(words.zh)}` };
}

function wordsOfCode(check: CheckName, code: string): ResultWords {
  const found = new Map<string, ResultWords>(Object.entries(doctorChecks[check].says)).get(code);
  if (found === undefined) throw new Error(`the doctor has no words for ${check} ${code}`);
  return found;
}

export const doctorSigns = { ok: '✓', warning: '!', problem: '✗' } as const satisfies Record<
  DoctorLevel,
  string
>;

/** The exit code: 0 no problems, 1 warnings, 2 problems. */
export function worstOf(results: readonly DoctorResult[]): 0 | 1 | 2 {
  const worst = Math.max(0, ...results.map(({ level }) => doctorLevels.indexOf(level)));
  return worst as 0 | 1 | 2;
}

/** The lines for printing and copying. */
export function doctorLines(results: readonly DoctorResult[], language: keyof Words): readonly string[] {
  return results.map((one) => oneLine(`${doctorSigns[one.level]} ${doctorSentence(one)[language]}`));
}
