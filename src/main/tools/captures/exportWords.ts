/** Texts for findings and close reasons, from the words sent with the export request; without words, their codes. */
import type { Finding } from '#shared/findings';
import type { CloseReason } from '#shared/model/frame';

/**
 * `finding.<code>` and `close.<reason>` are sentences with `{{name}}` for a parameter. `<name>.<value>` is the text of a parameter's value.
 * `seconds` is a duration, with `{{s}}`. `mark`, `beganBefore` and `unknownEnds` are texts of marked entries and generated packets.
 */
export type ExportWords = Readonly<Record<string, string>>;

export interface ExportTexts {
  readonly describe?: (finding: Finding) => string;
  readonly reason?: (reason: CloseReason) => string;
  readonly markWord?: string;
  readonly beganBefore?: string;
  readonly unknownEnds?: string;
}

export function textsOf(words: ExportWords): ExportTexts {
  const word = (key: string): string | undefined => (Object.hasOwn(words, key) ? words[key] : undefined);
  const describe = ({ code, params = {} }: Finding): string => {
    const sentence = word(`finding.${code}`);
    if (sentence === undefined)
      return [code, ...Object.entries(params).map(([k, v]) => `${k}=${v}`)].join(' ');
    return sentence.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      if (name === 'time') return (word('seconds') ?? '{{s}} s').replace('{{s}}', secondsOf(params['ms']));
      const value = params[name];
      return value === undefined ? '' : (word(`${name}.${value}`) ?? String(value));
    });
  };
  const given = {
    markWord: word('mark'),
    beganBefore: word('beganBefore'),
    unknownEnds: word('unknownEnds'),
  };
  return {
    describe,
    reason: (reason) => word(`close.${reason}`) ?? `closed: ${reason}`,
    ...Object.fromEntries(Object.entries(given).filter(([, text]) => text !== undefined)),
  };
}

function secondsOf(ms: string | number | undefined): string {
  return String(Math.round(Number(ms ?? 0) / 1000));
}
