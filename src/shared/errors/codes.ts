/**
 * The meaning of a machine's error codes. Comparison ignores case, outer spaces and, where unambiguous, the prefix: `5300`, `error:5300`
 * and `ERROR:5300` are the same code. Numbers under `WARNING:` (two digits, or a material id) are a separate numbering, so a number with
 * the other prefix never matches them.
 */
import type { ErrorSeverity } from '../model/ownErrors';
import { brewerStep, familyOf, inferredFault, partFaults, partOf } from './parts';
import { namedErrors } from './names';
import { numberedErrors } from './numbers';
import { explanationOf } from './explanations';
import { ownErrorOf } from './own';
import { translatedText } from './ownTexts';
import { materialName, materials } from '../materials';
import type { Words } from '../words';

export interface ErrorCodeInfo {
  /** Canonical spelling, such as `ERROR:5300`, `WARNING:0A`, `EC_2`. */
  readonly id: string;
  readonly severity: ErrorSeverity;
  readonly title: Words;
  /** The meaning for the machine, and the usual cause; `null`: unknown. */
  readonly meaning: Words | null;
  readonly cause: Words | null;
  /** An unverified suggestion; the window must show it as one. */
  readonly remedy: Words | null;
  /** The part, if the code names one by the rule `ERROR:ccff`. */
  readonly part: Words | null;
  /** `doc`: listed in the vendor's document; `field`: seen in operators' tables and logs. */
  readonly source: 'doc' | 'field';
  /** False: not documented anywhere; the texts follow from a rule. */
  readonly isListed: boolean;
}

/** `WARNING:<material id>`: the material is low [field]. */
function materialLow(material: string): ErrorCodeInfo {
  const name = materialName(material);
  return {
    id: `WARNING:${material}`,
    severity: 'warning',
    title: name
      ? { en: `Low on ${name.en}`, zh: `${name.zh}不足` }
      : { en: `Low on material ${material}`, zh: `物料 ${material} 不足` },
    meaning: {
      en: 'By the machine’s own count there is less of it than its warning level.',
      zh: '按机器自己的余量计算，该物料低于预警值。',
    },
    cause: {
      en: 'Sold since the last filling, or refilled without entering the amount.',
      zh: '补料后正常消耗，或补料后没有录入余量。',
    },
    remedy: {
      en: 'Refill this material, then enter its new amount on the machine’s screen.',
      zh: '补料后，在机器屏幕的菜单中录入该物料的余量。',
    },
    part: null,
    source: 'field',
    isListed: true,
  };
}

const inferredWords: Words = {
  en: 'This is inferred from the numbering; no list has this code.',
  zh: '此说明按编号规则推断，资料中没有这个代码。',
};

/** Adds the step that the last digit of a brewer's movement error names [field3]. */
function withStep(id: string, meaning: Words | null): Words | null {
  const step = brewerStep(id.replace('ERROR:', ''))?.step;
  return step === undefined || meaning === null
    ? meaning
    : {
        en: `${meaning.en} Step: ${step.en} (inferred from the last digit).`,
        zh: `${meaning.zh}动作：${step.zh}（按末位数字推断）。`,
      };
}

const catalogue: ReadonlyMap<string, ErrorCodeInfo> = new Map(
  [
    ...[...numberedErrors, ...namedErrors].flatMap(({ codes, severity, title, remedy, source }) =>
      codes.map((id): ErrorCodeInfo => ({
        id,
        severity,
        title,
        meaning: withStep(id, explanationOf(id)?.meaning ?? null),
        cause: explanationOf(id)?.cause ?? null,
        remedy,
        part: null,
        source: source ?? 'field',
        isListed: true,
      })),
    ),
    ...partFaults.map(({ code, title, meaning, cause, remedy, part }): ErrorCodeInfo => ({
      id: `ERROR:${code}`,
      severity: 'fault',
      title,
      meaning,
      cause,
      remedy,
      part,
      source: 'field',
      isListed: true,
    })),
    ...[...materials.keys()].map(materialLow),
  ].map((info) => [info.id, info]),
);

/** All individually known codes. Every other material id under `WARNING:` is known by rule. */
export const knownErrorCodes: readonly ErrorCodeInfo[] = [...catalogue.values()];

type Prefix = 'ERROR' | 'WARNING';

/** Alternative spellings of a name. */
const aliases: ReadonlyMap<string, string> = new Map([['EC2', 'EC_2']]); // used by android [field]

/** Splits `error:5300` into prefix and number or name, in capitals. The colon may be full-width. */
function split(code: string): { prefix: Prefix | null; name: string } {
  const capitals = code.trim().toUpperCase();
  const match = /^(ERROR|WARNING)\s*[:：]\s*(.*)$/s.exec(capitals);
  const name = match?.[2];
  if (name === undefined) return { prefix: null, name: capitals };
  return { prefix: match?.[1] === 'WARNING' ? 'WARNING' : 'ERROR', name };
}

/** The meaning of a code as received; `null`: unknown. Never throws. */
export function lookupErrorCode(code: string): ErrorCodeInfo | null {
  const { prefix, name: written } = split(code);
  const name = aliases.get(written) ?? written;
  // Names like EC_2 have no prefix in the catalogue, so they match with any prefix.
  const found =
    (prefix === 'WARNING' ? undefined : catalogue.get(`ERROR:${name}`)) ??
    (prefix === 'ERROR' ? undefined : catalogue.get(`WARNING:${name}`)) ??
    catalogue.get(name);
  if (found) return found;
  // Material ids have five or more digits. The only known exception, 9991, is in the catalogue.
  if (prefix === 'WARNING') return /^\d{5,9}$/.test(name) ? materialLow(name) : null;
  return ofBrewer(name) ?? ofFamily(name) ?? ofPart(name);
}

/** The machine treats an unknown code as the first of its family [field]. */
function ofFamily(name: string): ErrorCodeInfo | null {
  const family = familyOf(name);
  if (family === null) return null;
  const first = catalogue.get(`ERROR:${family}`);
  return {
    id: `ERROR:${name}`,
    severity: first?.severity ?? 'fault',
    title:
      first === undefined
        ? { en: `Of the family ${family}, whose meaning is not known`, zh: `属于 ${family} 一类，含义不明` }
        : { en: `Of the family ${family}: ${first.title.en}`, zh: `属于 ${family} 一类：${first.title.zh}` },
    meaning: first?.meaning ?? null,
    cause: first?.cause ?? null,
    remedy: first?.remedy ?? null,
    part: null,
    source: 'field',
    isListed: false,
  };
}

/** A brewer's movement error missing in all lists: the step follows from the last digit. */
function ofBrewer(name: string): ErrorCodeInfo | null {
  const found = brewerStep(name);
  if (found === null) return null;
  const { brewer, step } = found;
  const like = catalogue.get(name.startsWith('77') ? 'ERROR:7700' : 'ERROR:7902');
  return {
    id: `ERROR:${name}`,
    severity: 'fault',
    title: { en: `${brewer.en} movement error: ${step.en}`, zh: `${brewer.zh}动作错误：${step.zh}` },
    meaning: inferredWords,
    cause: like?.cause ?? null,
    remedy: like?.remedy ?? null,
    part: null,
    source: 'field',
    isListed: false,
  };
}

/** The rule `ERROR:ccff` gives the part, and sometimes the fault. */
function ofPart(name: string): ErrorCodeInfo | null {
  const fault = inferredFault(name);
  if (fault === null) return ofPartAlone(name);
  const { code, title, meaning, cause, remedy, part } = fault;
  return {
    id: `ERROR:${code}`,
    severity: 'fault',
    title,
    meaning: { en: `${meaning.en} ${inferredWords.en}`, zh: `${meaning.zh}${inferredWords.zh}` },
    cause,
    remedy,
    part,
    source: 'field',
    isListed: false,
  };
}

function ofPartAlone(name: string): ErrorCodeInfo | null {
  const part = partOf(name);
  if (part === null) return null;
  const fault = name.slice(2);
  return {
    id: `ERROR:${name}`,
    severity: 'fault',
    title: {
      en: `${part.en}: fault ${fault}, whose meaning is not known`,
      zh: `${part.zh}：故障 ${fault}，含义不明`,
    },
    meaning: null,
    cause: null,
    remedy: null,
    part,
    source: 'field',
    isListed: false,
  };
}

/** Characters of a machine's own description in a title. */
const longestDescription = 120;

/** The title of a code: listed, otherwise the machine's own, otherwise inferred from its number; `null`: unknown. */
export function titleOfError(code: string, description: string | null = null): Words | null {
  const known = lookupErrorCode(code);
  if (known?.isListed === true) return known.title;
  const own = description?.trim().slice(0, longestDescription) ?? '';
  return own === '' ? (known?.title ?? null) : { en: own, zh: translatedText(own) ?? own };
}

/** A key that ignores case, stray spaces and, for codes in the catalogue, the prefix. */
export function errorKey(code: string): string {
  return lookupErrorCode(code)?.id ?? code.trim().toUpperCase();
}

/**
 * The severity of an error. The workshop's own entry takes precedence.
 *
 * `isFatalFlag` is the message's `is_fatal_error`. The linux program sets it correctly for each error, so on linux the flag decides [field3].
 * android sets it for every error [field]. On android and unknown platforms the catalogue takes precedence.
 */
export function severityOf(
  code: string,
  isFatalFlag: boolean | null,
  platform: 'linux' | 'android' | null,
): ErrorSeverity {
  const known = lookupErrorCode(code);
  const own = ownErrorOf(errorKey(code))?.severity;
  if (own !== undefined) return own;
  const listed = known?.isListed === true ? known.severity : null;
  if (platform === 'linux' && isFatalFlag === true) return 'fatal';
  if (platform === 'linux' && isFatalFlag === false && listed === 'fatal') return 'fault';
  if (listed !== null) return listed;
  if (split(code).prefix === 'WARNING') return 'warning';
  return isFatalFlag === true && platform !== 'android' ? 'fatal' : (known?.severity ?? 'fault');
}

/**
 * android keeps one machine fault, one "all sold out" and one cup lid error at a time. A new code silently replaces the old one [field].
 * Warnings can coexist.
 */
export type ErrorSlot = 'machine' | 'soldOut' | 'cupLid';

const soldOut = 'ERROR:9998';
const cupLid = /^(?:ERROR:0EE0|WARNING:0E0[1-5])$/;

/** `null`: a warning, which replaces no other error. */
export function slotOf(code: string): ErrorSlot | null {
  const key = errorKey(code);
  if (key === soldOut) return 'soldOut';
  if (cupLid.test(key)) return 'cupLid';
  return key.startsWith('WARNING') ? null : 'machine';
}
