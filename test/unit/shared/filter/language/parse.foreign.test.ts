/**
 * Input in other filter languages or in plain text is understood if it has one clear meaning. Otherwise it is refused,
 * never searched for as text.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameVocabulary, findField } from '#shared/filter/language/fields';
import { formatFilter } from '#shared/filter/language/format';
import { parseFilter } from '#shared/filter/language/parse';
import type { Filter } from '#shared/filter/language/tree';
import { now } from '../../../../builders/filterArbitraries';

const read = (source: string): string => {
  const parsed = parseFilter(source, { now });
  return parsed.ok ? formatFilter(parsed.filter) : `refused: ${parsed.error.code}`;
};

describe('is accepted', () => {
  it.each([
    ['cmd is hb', 'cmd:hb'],
    ['cmd is not hb', '-cmd:hb'],
    ['cmd IS NOT "hb"', '-cmd:hb'],
    ['cmd equals hb', 'cmd:hb'],
    ['cmd is equal to hb', 'cmd:hb'],
    ['cmd starts with hb', 'cmd:hb*'],
    ['cmd startsWith hb', 'cmd:hb*'],
    ['cmd begins  with hb', 'cmd:hb*'],
    ['cmd ends with hb', 'cmd:*hb'],
    ['cmd 是 hb', 'cmd:hb'],
    ['指令 为 hb', 'cmd:hb'],
    ['cmd 不是 hb', '-cmd:hb'],
    ['size 大于等于 5', 'size>=5'],
    ['a 或者 b', 'a OR b'],
    ['a 并且 b', 'a b'],
    ['a 而且 b', 'a b'],
    ['cmd:hb ｜｜ cmd:login', 'cmd:hb OR cmd:login'],
    ['cmd:hb ＆＆ size>5', 'cmd:hb size>5'],
    ['cmd:hb｜｜cmd:login', 'cmd:hb OR cmd:login'],
  ])('%s', (source, ours) => {
    expect(read(source)).toBe(ours);
  });
});

/** The suggested spelling, or the code of another refusal; `null`: the text is understood. */
function refusalOf(source: string): string | null {
  const parsed = parseFilter(source, { now });
  if (parsed.ok) return null;
  const { code, params } = parsed.error;
  return code === 'spelling' ? String(params['ours']) : code;
}

/** With the suggested spelling. */
const refused: readonly (readonly [string, string])[] = [
  ['cmd like hb', 'cmd:*hb*'],
  ['cmd like %hb%', 'cmd:*hb*'],
  ['size between 1 and 5', 'size:1..5'],
  ['cmd regex ^hb', 'cmd~^hb'],
  ['cmd xor login', ''],
  ['a xor b', '(a -b) OR (-a b)'],
  ['a nor b', '-(a OR b)'],
  ['a 和 b', 'AND'],
  ['a ｜ b', 'OR'],
  ['a ＆ b', 'AND'],
  ['cmd:hb;login', ','],
  ['cmd:hb；login', ','],
  ['cmd:hb&login', ','],
  ['cmd:hb&cmd:login', 'AND'],
  ['cmd:hb/login', ','],
  ['cmd:hb+login', ','],
  ['cmd:hb、login', ','],
  ['vmc:33232;33240', ','],
  ['cmd:hb｜login', ','],
  ['cmd:/hb/', 'cmd~hb'],
  ['text:/hb/i', 'text~hb'],
  ['/hb/', 'text~hb'],
  ['cmd:h?', 'h*'],
  ['cmd:%hb', '*hb'],
  ['cmd:^hb', 'cmd~^hb'],
  ['cmd:hb$', 'cmd~hb$'],
  ['vmc:33232-33240', '33232..33240'],
  ['vmc:33232~33240', '33232..33240'],
  ['vmc:33232～33240', '33232..33240'],
  ['vmc:33232至33240', '33232..33240'],
  ['vmc:33232...33240', ''],
  ['amount:10-20', '10..20'],
  ['body.Amount:100-200', '100..200'],
  ['[1 TO 5]', '1..5'],
  ['size:[1 TO 5]', '1..5'],
  ['cmd:{hb,login}', 'a,b'],
  ['vmc = = 5', '='],
  ['cmd := hb', ':'],
  ['cmd~=hb', '!='],
  ['cmd::hb', ':'],
  ['cmd is to hb', '"to"'],
  ['cmd hb', ''],
  ['vmc 33232', ''],
  ['机器是33232', '机器:33232'],
  ['金额大于10', '金额>10'],
  ['hb,login', 'OR'],
  ['hb;login', '"hb;login"'],
  ['cmd:a=b', '"a=b"'],
  ['机器不是33232', '机器!=33232'],
  ['指令包含hb', '指令:*hb*'],
  ['时间大于10:30', '时间>10:30'],
  ['故障码5300', '故障码:5300'],
  ['机器33232', '机器:33232'],
  ['订单号5940', '订单号:5940'],
  ['order is null', '-order:*'],
  ['order IS NOT NULL', 'order:*'],
  ['order = null', '-order:*'],
  ['mark is empty', '-mark:*'],
  ['标记 为 空', '-标记:*'],
  ["'hb'", '"hb"'],
  ['「hb」', '"hb"'],
  ['cmd:《hb》', '"hb"'],
  ["cmd LIKE '%hb%'", 'cmd:*hb*'],
  ['+cmd:hb', 'cmd:hb'],
  ['+hb', 'hb'],
  ['@timestamp:2026-11-24', '"@timestamp:2026-11-24"'],
  ['cmd!:hb', '-cmd:hb'],
  ['body.isok', ''],
  ['json.lenient', ''],
  ['head.lengthWrong', 'finding:head.lengthWrong'],
  ['cmd:(hb OR login)', 'cmd:a,b'],
  ['cmd:hb,cmd:login', 'login'],
  ['cmd:hb,vmc:5', 'AND vmc:5'],
  ['cmd:hb:login', ','],
  ['cmd:hb ,login', 'a,b'],
  ['cmd=hb;', 'hb'],
  ['hb , login', 'OR'],
  ['hb / login', 'OR'],
  ['cmd:hb + cmd:login', 'AND'],
  ['^hb', 'text~^hb'],
  ['hb$', 'text~hb$'],
  ['[error]', '"[error]"'],
  ['code:5300-5310', '5300,5310'],
  ['code:5300..5310', '5300,5310'],
  ['time>=2026-11-24 10:30', '"2026-11-24 10:30"'],
  ['size > 1 KB', '1KB'],
  ['金额 > 5 元', '5元'],
];

describe('is a search text, as the characters belong to it', () => {
  it.each(['+200', 'US 5$', "it's", '产品100', '不等于5', '-"10:30" 5', 'user@host', '或者说', 'a/b', '???'])(
    '%s',
    (source) => expect(refusalOf(source)).toBeNull(),
  );
  it.each(['body.name:null', 'order:"null"', 'time:2026-11-24 cmd:hb', 'size>1024 KB5', '(time:2026-11-24)'])(
    '%s',
    (source) => expect(refusalOf(source)).toBeNull(),
  );
});

describe('is refused', () => {
  it.each(refused)('%s, with the correct spelling', (source, ours) => {
    const said = refusalOf(source);
    expect(said, 'it is read').not.toBeNull();
    expect(ours === '' ? '' : said).toBe(ours);
  });

  it.each(refused)('%s in quotation marks is text', (source) => {
    expect(parseFilter(`"${source}"`, { now }).ok).toBe(true);
  });
});

const texts = (filter: Filter): readonly Filter[] => {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.of.flatMap(texts);
  if (filter.kind === 'not') return texts(filter.of);
  return filter.kind === 'term' && filter.field === 'text' ? [filter] : [];
};

it('a field followed by any word or sign is never a search text', () => {
  const sign = fc.string({
    unit: fc.constantFrom(...Array.from('=<>~!:&|;^%?≈∈∋#@$[]{}\\')),
    minLength: 1,
    maxLength: 3,
  });
  const word = fc.oneof(
    sign,
    fc.stringMatching(/^[a-z]{1,12}$/),
    fc.constantFrom('是', '像', '属于', '不在'),
  );
  const value = fc.stringMatching(/^[a-z0-9]{1,6}$/);
  const spaced = fc.constantFrom(' ', '  ');
  const fields = fc.constantFrom(
    ...frameVocabulary.everyName.filter((name) => !['text', 'note'].includes(findField(name)?.name ?? '')),
  );
  fc.assert(
    fc.property(fields, spaced, word, spaced, value, (field, a, operator, b, wanted) => {
      const parsed = parseFilter(`${field}${a}${operator}${b}${wanted}`, { now });
      // Operators that join or negate terms, and regular expressions with any characters: two terms, as written.
      if (!parsed.ok || /^(?:and|or|not|&&.*|\|\|.*|!.*|-|=?~.*)$/.test(operator)) return;
      expect(texts(parsed.filter)).toEqual([]);
    }),
    { numRuns: 3_000 },
  );
});
