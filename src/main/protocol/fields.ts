/**
 * Members of a body by any of their spellings. Numbers may come as text and the reverse, with stray spaces (vendor document
 * 3.6, 3.7); what can't be used is `null`. A member the document defines (`doc`) is missed and judged aloud.
 */
import type { Finding } from '#shared/catalog/findings';
import type { JsonObject, JsonValue } from '#shared/model/frame';

/** Whether a member's absence or a bad value is worth a finding: members seen only in the field come and go. */
export type Source = 'doc' | 'field';

export class Fields {
  readonly findings: Finding[] = [];
  private readonly json: JsonObject;
  private folded: Map<string, JsonValue> | null = null;

  constructor(json: JsonObject) {
    this.json = json;
  }

  /** The member under the first of `names` that exists, case aside where none does exactly. */
  value(names: readonly string[]): JsonValue | undefined {
    for (const name of names) if (Object.hasOwn(this.json, name)) return this.json[name];
    this.folded ??= new Map(Object.entries(this.json).map(([key, value]) => [fold(key), value]));
    for (const name of names) {
      const value = this.folded.get(fold(name));
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Trimmed text; a number as its digits. Empty text is none. */
  text(source: Source, ...names: readonly string[]): string | null {
    return this.read(source, names, toText);
  }

  /** As `text`, but empty text is a good value and means the same as none (descriptions, names). */
  remark(source: Source, ...names: readonly string[]): string | null {
    const text = this.read(source, names, (value) => (isBlankText(value) ? '' : toText(value)));
    return text === '' ? null : text;
  }

  /** A whole number: ids, counts, fen. */
  integer(source: Source, ...names: readonly string[]): number | null {
    return this.read(source, names, toInteger);
  }

  /** true, 1 and their texts; false, 0 and theirs. */
  flag(source: Source, ...names: readonly string[]): boolean | null {
    return this.read(source, names, toFlag);
  }

  /** Every member that can be text and whose name is wanted, under its wire name. */
  texts(wanted: (name: string) => boolean): Readonly<Record<string, string>> {
    // fromEntries defines members, so a member called __proto__ is one like any other
    return Object.fromEntries(
      Object.entries(this.json).flatMap(([name, value]) => {
        const text = wanted(name) ? toText(value) : null;
        return text === null ? [] : [[name, text] as const];
      }),
    );
  }

  /** The machine's number: whole, not negative. Judged in every message, missed only where the document has it. */
  vmcNo(source: Source): number | null {
    const value = this.value(['vmc_no']);
    if (value === undefined) return source === 'doc' ? this.missing('vmc_no') : null;
    const number = toInteger(value);
    return number === null || number < 0 ? this.invalid('vmc_no', value) : number;
  }

  missing(field: string): null {
    this.findings.push({ code: 'field.missing', params: { field } });
    return null;
  }

  invalid(field: string, value: JsonValue): null {
    const shown =
      typeof value === 'number' || typeof value === 'string' ? String(value) : JSON.stringify(value);
    this.findings.push({ code: 'field.invalid', params: { field, value: shown.slice(0, 60) } });
    return null;
  }

  private read<T>(
    source: Source,
    names: readonly string[],
    convert: (value: JsonValue) => T | null,
  ): T | null {
    const value = this.value(names);
    if (value === undefined) return source === 'doc' ? this.missing(names[0] ?? '') : null;
    const converted = convert(value);
    return converted === null && source === 'doc' ? this.invalid(names[0] ?? '', value) : converted;
  }
}

const folds = new Map<string, string>();
const foldsKept = 500;

/** `ProductId`, `product_id` and `productid` are one name. Remembered, since machines say the same names all day. */
function fold(name: string): string {
  const known = folds.get(name);
  if (known !== undefined) return known;
  const folded = name.replace(/[_\s-]/g, '').toLowerCase();
  if (folds.size < foldsKept && name.length < 40) folds.set(name, folded);
  return folded;
}

function isBlankText(value: JsonValue): boolean {
  return typeof value === 'string' && value.trim() === '';
}

/** A number that lost digits in reading (over 2^53) is rather not read than read wrong. */
export function toText(value: JsonValue): string | null {
  if (typeof value === 'number') {
    return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? String(value) : null;
  }
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' ? null : text;
}

function toInteger(value: JsonValue): number | null {
  const number =
    typeof value === 'string' && /^\s*[+-]?\d{1,16}(?:\.0*)?\s*$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
}

function toFlag(value: JsonValue): boolean | null {
  if (typeof value === 'boolean') return value;
  const word = toText(value)?.toLowerCase();
  if (word === 'true' || word === '1') return true;
  return word === 'false' || word === '0' ? false : null;
}
