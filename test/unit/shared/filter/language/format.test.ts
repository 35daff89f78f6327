import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFilter } from '#shared/filter/language/format';
import { parseFilter } from '#shared/filter/language/parse';
import { everything } from '#shared/filter/language/tree';
import { filters, now } from '../../../../builders/filterArbitraries';

const canonical = (text: string): string => {
  const parsed = parseFilter(text, { now });
  return parsed.ok ? formatFilter(parsed.filter) : parsed.error.code;
};

describe('formatFilter', () => {
  it('writes text that reads back as the same tree', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        expect(parseFilter(formatFilter(filter), { now })).toEqual({ ok: true, filter });
      }),
      { numRuns: 400 },
    );
  });

  it('writes an empty text for everything', () => {
    expect(formatFilter(everything)).toBe('');
  });

  it.each([
    ['  cmd : ERROR   机器：33232 ', 'cmd:ERROR vmc:33232'],
    ['((a b) (c OR (d OR e)))', 'a b (c OR d OR e)'],
    ['NOT NOT a', 'a'],
    ['NOT (a OR b)', '-(a OR b)'],
    ['cmd!=hb,login', '-cmd:hb,login'],
    ['NOTE="x" OR note:x OR note=*x', 'note=x OR note:x OR note:*x'],
    ['a AND b OR c AND -d', 'a b OR c -d'],
    ['size>=1.5KB size:..1m size:2..3', 'size>=1536 size<=1048576 size:2..3'],
    ['time:-90m', 'time>=-1h30m'],
    ['time>10:30', 'time>"2026-11-24 10:30"'],
    ['time:today', 'time:2026-11-24'],
    ['time:-2h..-1h time:11:00..', 'time:-2h..-1h time>="2026-11-24 11:00"'],
    ['amount:10.5元,¥12', 'amount:10.50,12'],
    ['"door open" "a\\"b" "OR" "5"', '"door open" "a\\"b" "OR" 5'],
    ['vmc:"33232" vmc:33232 vmc:大厅', 'vmc:"33232" vmc:33232 vmc:大厅'],
    ['body.Supply."x y".1>100', 'body.Supply."x y".1>100'],
    ['text~"a b\\"c" cmd~^(hb|error)$', 'text~"a b\\"c" cmd~"^(hb|error)$"'],
    ['ERROR:5300 warning:10009,0a', 'code:ERROR:5300 code:WARNING:10009,WARNING:0a'],
    ['finding:警告 dir:收 fold:心跳', 'finding:warning dir:in fold:hb'],
    ['“卡 杯”', '"卡 杯"'],
    ['*', 'text:*'],
    ['*abc*', 'abc'],
  ])('%s becomes %s', (text, wanted) => {
    expect(canonical(text)).toBe(wanted);
    expect(canonical(wanted)).toBe(wanted);
  });
});
