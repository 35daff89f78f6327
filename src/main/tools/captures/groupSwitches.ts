/** The switches of `query` that count groups instead of printing entries. */
import { filterErrorSentence } from '#shared/filter/errorWords';
import { isUnique, nameText, numberReader, valueNamed, type ValueName } from '#shared/filter/values';

/** A name as typed, which is also its heading. */
interface TypedName {
  readonly text: string;
  readonly name: ValueName;
}
const formats = ['table', 'json', 'csv'] as const;
export interface GroupSwitches {
  readonly by: readonly TypedName[];
  readonly stats: readonly TypedName[];
  readonly format: (typeof formats)[number];
}

interface Values {
  readonly 'group-by'?: string | undefined;
  readonly stats?: string | undefined;
  readonly format?: string | undefined;
  readonly count?: boolean | undefined;
}

/** Most names of one switch. */
const mostNames = 8;

/** `null`: no groups are asked for. */
export function readGroups(values: Values): GroupSwitches | { readonly problem: string } | null {
  const { 'group-by': groupBy, stats, format = 'table' } = values;
  if (groupBy === undefined) {
    const stray = stats !== undefined ? 'stats' : values.format !== undefined ? 'format' : null;
    return stray === null
      ? null
      : { problem: `--${stray} belongs to --group-by. Example: --group-by machine,cmd` };
  }
  if (values.count === true)
    return { problem: '--count prints one number. Each group has its count already: leave --count out.' };
  const by = readNames('group-by', groupBy);
  if ('problem' in by) return by;
  const numbers = stats === undefined ? { names: [] } : readNames('stats', stats);
  if ('problem' in numbers) return numbers;
  const unique = by.names.find(({ name }) => isUnique(name));
  if (unique !== undefined)
    return {
      problem: `--group-by ${unique.text}: nearly every entry has its own. For times, group by hour or day.`,
    };
  const wordy = numbers.names.find(({ name }) => numberReader(name) === null);
  if (wordy !== undefined)
    return {
      problem: `--stats ${wordy.text} has no numbers. Use latency, gap, size, amount, seq or a member such as body.Amount.`,
    };
  const both = numbers.names.find(({ name }) =>
    by.names.some((each) => nameText(each.name) === nameText(name)),
  );
  if (both !== undefined)
    return {
      problem: `${both.text} is in --group-by and in --stats. All its numbers in a group are equal: leave one out.`,
    };
  const known = formats.find((each) => each === format);
  if (known === undefined)
    return { problem: `--format is table, json or csv here, not ${format === '' ? 'nothing' : format}.` };
  return { by: by.names, stats: numbers.names, format: known };
}

function readNames(
  which: string,
  text: string,
): { readonly names: readonly TypedName[] } | { readonly problem: string } {
  const names: TypedName[] = [];
  for (const part of splitNames(text)) {
    const named = valueNamed(part);
    if (!named.ok) {
      const why = named.error === null ? '' : ` ${filterErrorSentence(named.error)}`;
      return { problem: `--${which}: “${part}” is not the name of a value.${why}` };
    }
    if (names.some(({ name }) => nameText(name) === nameText(named.name)))
      return { problem: `--${which} has ${part} twice.` };
    names.push({ text: part, name: named.name });
  }
  if (names.length > mostNames) return { problem: `--${which} takes at most ${mostNames} names.` };
  return { names };
}

/** At commas outside quotation marks. */
const splitNames = (text: string): readonly string[] =>
  (text.match(/(?:"(?:\\.|[^"\\])*"|[^,"])+|^$|(?<=,)(?=,|$)|^(?=,)/g) ?? ['']).map((part) => part.trim());
