import type { BodyHint } from '#shared/compose/checkBody';
import type { FindingCode } from '#shared/findings';
import type { SendRisk } from '#shared/compose/sendRisk';
import { anyKey } from './t';
import { listed } from './phrases';
import type { Words } from './words';

/** The repair of a faulty frame and its reason; `null`: none. */
export function repairReason({ t }: Words, code: FindingCode): string | null {
  const key = `finding.${code}.repair`;
  const reason = anyKey(t)(key);
  return reason === key ? null : reason;
}

/** The duration of an answer: "3 ms", "1.25 s". */
export function latencyWords(words: Words, ms: number): string {
  const { t } = words;
  const took = Math.max(0, ms);
  if (took < 1_000) return t('detail.relations.ms', { ms: Math.round(took) });
  if (took < 60_000) return t('detail.relations.s', { s: (took / 1_000).toFixed(2) });
  return words.duration(took);
}

/** "2 changed, 1 new" */
export function differenceWords(
  { t }: Words,
  counts: Readonly<Record<'changed' | 'added' | 'gone', number>>,
): string {
  const parts = (['changed', 'added', 'gone'] as const)
    .filter((what) => counts[what] > 0)
    .map((what) => t(`detail.relations.${what}`, { count: counts[what] }));
  const [first, ...rest] = parts;
  if (first === undefined) return t('detail.relations.same');
  return rest.reduce<string>((a, b) => t('phrase.and', { a, b }), first);
}

export function hintWords(words: Words, hint: BodyHint): string {
  const { t } = words;
  switch (hint.code) {
    case 'notJson':
      return t('compose.hint.notJson');
    case 'noCmd':
      return t('compose.hint.noCmd');
    case 'cmdUnknown':
      return t('compose.hint.cmdUnknown', { cmd: hint.cmd });
    case 'fromMachine':
      return t('compose.hint.fromMachine', { cmd: hint.cmd });
    case 'otherMachine':
      return t('compose.hint.otherMachine', { vmcNo: hint.vmcNo });
    case 'fieldUnknown':
      return t('compose.hint.fieldUnknown', { field: hint.field });
    case 'fieldMissing':
      return t('compose.hint.fieldMissing', { field: hint.field });
    case 'wrongType':
      return t('compose.hint.wrongType', { field: hint.field, type: t(`compose.type.${hint.type}`) });
    case 'outOfRange':
      return hint.max === null
        ? t('compose.hint.least', { field: hint.field, min: hint.min })
        : t('compose.hint.range', { field: hint.field, min: hint.min, max: hint.max });
    case 'wrongForm':
      return t('compose.hint.wrongForm', { field: hint.field, form: t(`compose.form.${hint.form}`) });
    case 'valueUnknown':
      return t('compose.hint.valueUnknown', { field: hint.field, known: listed(words, hint.known) });
    case 'valueHarmful':
      return t('compose.hint.valueHarmful', { field: hint.field, value: hint.value });
    case 'listEmpty':
      return t('compose.hint.listEmpty', { field: hint.field });
    case 'wrongRow': {
      const places = hint.places.map((means) => t(`field.${means}.means`)).join(' / ');
      return t('compose.hint.wrongRow', { field: hint.field, n: hint.places.length, places });
    }
  }
}

/** The confirmation before a custom message is sent: its effect and warnings. */
export function sendQuestion({ t }: Words, sent: SendRisk): { readonly what: string; readonly mind: string } {
  if (sent === null) return { what: t('compose.unknownRisk'), mind: t('compose.unknownAsk') };
  const { risk, command } = sent;
  if (risk === 'refuses' || risk === 'stores')
    return { what: t(`compose.messageRisk.${risk}`), mind: t(`compose.messageAsk.${risk}`) };
  return {
    what: t(`commandRisk.${risk}`),
    mind: command === null ? t('compose.unknownAsk') : t(`command.${command}.ask`),
  };
}
