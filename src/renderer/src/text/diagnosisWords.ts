/** Texts of the diagnosis rules. */
import { ruleOf, type RuleName } from '#shared/diagnosis/index';
import type { DiagnosisAction } from '#shared/diagnosis/kit/rule';
import type { ShownDiagnosis } from '#shared/model/machine';
import { screens } from '#shared/screens';
import { shortOrderNo } from './orderNo';
import { productWords } from './orderWords';
import { anyKey } from './t';
import { readableParams } from './readable';
import type { Words } from './words';

export interface DiagnosisWords {
  readonly what: string;
  readonly why: string;
  readonly leads: string;
  readonly todo: string;
}

export function diagnosisWords(
  words: Words,
  { rule, cause, params }: Pick<ShownDiagnosis, 'rule' | 'cause' | 'params'>,
): DiagnosisWords {
  const t = anyKey(words.t);
  const filled = readable(words, params);
  return {
    what: t(`diagnosis.rule.${rule}.says`, filled),
    why: t(`diagnosis.rule.${rule}.causes.${cause}.why`),
    leads: t(`diagnosis.rule.${rule}.leads`),
    todo: t(`diagnosis.rule.${rule}.causes.${cause}.todo`),
  };
}

interface RuleWords {
  /** With “…” in place of a machine's own values. */
  readonly what: string;
  readonly leads: string;
  readonly causes: readonly { readonly why: string; readonly todo: string }[];
}

/** A rule with all its possible causes, independent of a machine. */
export function ruleWords({ t: typed }: Words, rule: RuleName): RuleWords {
  const t = anyKey(typed);
  const key = `diagnosis.rule.${rule}`;
  return {
    what: t(`${key}.says`, { skipInterpolation: true }).replace(/\{\{[^}]*\}\}/g, '…'),
    leads: t(`${key}.leads`),
    causes: Object.keys(ruleOf(rule).causes).map((cause) => ({
      why: t(`${key}.causes.${cause}.why`),
      todo: t(`${key}.causes.${cause}.todo`),
    })),
  };
}

/** Texts for heads, materials and JSON mistakes; other parameters as everywhere. */
function readable(words: Words, params: ShownDiagnosis['params']): Readonly<Record<string, string | number>> {
  const t = anyKey(words.t);
  const known = (room: string, value: string | number): string | number => {
    const key = `${room}.${value}`;
    const word = t(key);
    return word === key ? value : word;
  };
  const { materials, from, to, what, expected, got, bytes, ...rest } = params;
  const all = String(materials ?? '').split(',');
  return {
    ...readableParams(words, rest),
    ...productParams(words, params),
    ...(materials !== undefined && {
      materials: all.map((id) => words.material(id)).reduce((a, b) => words.t('phrase.list', { a, b })),
    }),
    ...(from !== undefined && { from: known('machine.heads', from) }),
    ...(to !== undefined && { to: known('machine.heads', to) }),
    ...(what !== undefined && { what: known('lenient', what) }),
    ...(expected !== undefined && { missing: missingWords(words, Number(expected), Number(got)) }),
    // Beside the limit, exact to the byte.
    ...(bytes !== undefined && { bytes }),
  };
}

/** "Latte (701)"; for an order, "1234 (Latte)". Without a name, the number of the product. */
function productParams(
  words: Words,
  { product, name, order }: ShownDiagnosis['params'],
): Readonly<Record<string, string>> {
  if (typeof product !== 'number') return {};
  const productName = name === undefined ? null : String(name);
  const named = productWords(words, { productName, productId: product });
  const aside = (text: string, more: string): string => words.t('packages.aside', { text, more });
  if (order !== undefined) return { order: aside(shortOrderNo(String(order)), named) };
  return productName === null ? {} : { product: aside(named, String(product)) };
}

/** The numbers between the expected frame and the received one. The numbers of a machine start again at some point. */
function missingWords({ t }: Words, first: number, got: number): string {
  const last = got - 1;
  if (last < first) return t('diagnosis.missing.from', { first });
  return last === first
    ? t('diagnosis.missing.one', { first })
    : t('diagnosis.missing.many', { first, last });
}

/** The label of an action's button. */
export function actionWords({ t, inLanguage }: Words, action: DiagnosisAction): string {
  switch (action.kind) {
    case 'setting':
      return t('diagnosis.openSetting', { what: t(`machineSetting.${action.setting}.title`) });
    case 'command':
      return t('diagnosis.openCommand', { what: t(`command.${action.command}.name`) });
    case 'tab':
      return t('diagnosis.openTab', { what: t(`machine.tabs.${action.tab}`) });
    case 'screen':
      return t('diagnosis.openTab', { what: inLanguage(screens[action.screen].says) });
  }
}
