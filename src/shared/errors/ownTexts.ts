/** The machine's own English texts of unlisted codes: a translation, if every word is known, and whether the text means overheating. */
import { partNames } from './parts';

const phrases: ReadonlyMap<string, string> = new Map([
  ...partNames().map(({ en, zh }) => [en.toLowerCase(), zh] as const),
  ['steam arm', '蒸汽臂'],
  ['steam', '蒸汽'],
  ['boiler', '锅炉'],
  ['heater', '加热器'],
  ['motor', '电机'],
  ['pump', '泵'],
  ['valve', '阀'],
  ['sensor', '传感器'],
  ['grinder', '磨豆机'],
  ['brewer', '酿造器'],
  ['canister', '料盒'],
  ['mixer', '搅拌器'],
  ['door', '门'],
  ['cup', '杯子'],
  ['water', '水'],
  ['over temp', '过温'],
  ['over temperature', '过温'],
  ['over current', '过流'],
  ['open circuit', '开路'],
  ['short circuit', '短路'],
  ['blocked', '堵转'],
  ['timeout', '超时'],
  ['error', '错误'],
  ['fault', '故障'],
]);
const longest = Math.max(...[...phrases.keys()].map((phrase) => phrase.split(' ').length));

/** In Chinese, in the order of the words; `null`: a word is unknown. */
export function translatedText(text: string): string | null {
  const left = text
    .toLowerCase()
    .split(/[\s_-]+/)
    .filter((word) => word !== '');
  let translated = '';
  while (left.length > 0) {
    const count = Array.from({ length: longest }, (_, i) => longest - i).find((n) =>
      phrases.has(left.slice(0, n).join(' ')),
    );
    if (count === undefined) return null;
    translated += phrases.get(left.splice(0, count).join(' ')) ?? '';
  }
  return translated === '' ? null : translated;
}

/** Whether the text names an overheated part. Such a part must cool down before a restart heats it again. */
export const isOverheating = (text: string): boolean =>
  /over[\s_-]*(?:temp|heat)|too hot|超温|过温|过热/i.test(text);
