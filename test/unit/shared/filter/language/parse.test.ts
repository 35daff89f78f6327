import { describe, expect, it } from 'vitest';
import { parseFilter } from '#shared/filter/language/parse';
import {
  allOf,
  anyOf,
  everything,
  not,
  term,
  type Choice,
  type FieldName,
  type Filter,
} from '#shared/filter/language/tree';
import { now } from '../../../../builders/filterArbitraries';

const words = (value: string): Filter => term('text', [{ is: 'text', how: 'contains', value }]);
const text = (value: string, how: 'equals' | 'contains' | 'starts' | 'ends' = 'equals'): Choice => ({
  is: 'text',
  how,
  value,
});
const number = (value: number, op: '=' | '>' | '>=' | '<' | '<=' = '='): Choice => ({
  is: 'number',
  op,
  value,
});
const word = (value: string, op: '=' | '>=' = '='): Choice => ({ is: 'word', op, word: value });
const one = (field: FieldName, ...any: Choice[]): Filter => term(field, any);
const ago = (ms: number) => ({ kind: 'ago', ms, at: now - ms }) as const;
const span = (from: number, length: number) => ({ kind: 'at', from, to: from + length }) as const;
const local = (month: number, day: number, h = 0, m = 0, s = 0, ms = 0): number =>
  new Date(2026, month - 1, day, h, m, s, ms).getTime();
const hour = 3_600_000;

describe('parseFilter', () => {
  it.each<[string, Filter]>([
    ['', everything],
    ['  \t　', everything],
    ['hopper', words('hopper')],
    ['a b', allOf([words('a'), words('b')])],
    ['a AND b', allOf([words('a'), words('b')])],
    ['a OR b c', anyOf([words('a'), allOf([words('b'), words('c')])])],
    ['(a OR b) c', allOf([anyOf([words('a'), words('b')]), words('c')])],
    ['（a OR b）c', allOf([anyOf([words('a'), words('b')]), words('c')])],
    ['NOT a -b -(c d)', allOf([not(words('a')), not(words('b')), not(allOf([words('c'), words('d')]))])],
    ['--a', words('a')],
    ['"or" "not" "and"', allOf([words('or'), words('not'), words('and')])],
    ['ordering nothing android 或者说', allOf(['ordering', 'nothing', 'android', '或者说'].map(words))],
    ['"order" nothing order', allOf(['order', 'nothing', 'order'].map(words))],
    ['order OR cmd:hb', anyOf([words('order'), one('cmd', text('hb'))])],
    ['order cmd:hb', allOf([words('order'), one('cmd', text('hb'))])],
    ['order cmd eq hb', allOf([words('order'), one('cmd', text('hb'))])],
    ['order -hb', allOf([words('order'), not(words('hb'))])],
    ['a or b', anyOf([words('a'), words('b')])],
    ['a Or b and c', anyOf([words('a'), allOf([words('b'), words('c')])])],
    ['a || b && c', anyOf([words('a'), allOf([words('b'), words('c')])])],
    ['cmd:hb||cmd:login', anyOf([one('cmd', text('hb')), one('cmd', text('login'))])],
    ['cmd~^hb&&size>5', allOf([one('cmd', { is: 'regex', source: '^hb' }), one('size', number(5, '>'))])],
    ['(a)or(b)', anyOf([words('a'), words('b')])],
    ['cmd:hb 或 cmd:login', anyOf([one('cmd', text('hb')), one('cmd', text('login'))])],
    ['a 且 b', allOf([words('a'), words('b')])],
    ['not cmd:hb', not(one('cmd', text('hb')))],
    ['not (a or b)', not(anyOf([words('a'), words('b')]))],
    ['not "a b"', not(words('a b'))],
    ['!cmd:hb ! (a) !x', allOf([not(one('cmd', text('hb'))), not(words('a')), not(words('x'))])],
    ['cmd==hb cmd === "hb"', allOf([one('cmd', text('hb')), one('cmd', text('hb'))])],
    ['cmd<>hb cmd≠hb cmd ne hb', allOf([1, 2, 3].map(() => not(one('cmd', text('hb')))))],
    ['cmd eq hb', one('cmd', text('hb'))],
    ['size gt 5 and size le 9', allOf([one('size', number(5, '>')), one('size', number(9, '<='))])],
    [
      'size:>5 size=>5 size≥5',
      allOf([one('size', number(5, '>')), one('size', number(5, '>=')), one('size', number(5, '>='))]),
    ],
    ['text:<a', one('text', text('<a', 'contains'))],
    ['cmd contains don', one('cmd', text('don', 'contains'))],
    ['text contains "door open"', one('text', text('door open', 'contains'))],
    ['body.Amount eq 5', term('body', [number(5)], ['Amount'])],
    ['cmd matches "^hb"', one('cmd', { is: 'regex', source: '^hb' })],
    [
      'cmd=~^hb cmd!~^hb',
      allOf([one('cmd', { is: 'regex', source: '^hb' }), not(one('cmd', { is: 'regex', source: '^hb' }))]),
    ],
    ['"a OR b"', words('a OR b')],
    ['"say \\"hi\\" C:\\new \\\\"', words('say "hi" C:\\new \\')],
    ['“卡杯”', words('卡杯')],
    ['"“卡杯”"', words('“卡杯”')],
    ['10:30 5=3', allOf([words('10:30'), words('5=3')])],
    ['EC_2, 5300!', allOf([words('EC_2,'), words('5300!')])],
    ['*ab*', words('ab')],
    ['a-b -5', allOf([words('a-b'), not(words('5'))])],

    ['cmd:error', one('cmd', text('error'))],
    ['CMD:Error', one('cmd', text('Error'))],
    ['指令：error', one('cmd', text('error'))],
    ['cmd = error', one('cmd', text('error'))],
    ['cmd!=hb', not(one('cmd', text('hb')))],
    ['cmd:hb,login,"door open"', one('cmd', text('hb'), text('login'), text('door open'))],
    ['cmd:*_r', one('cmd', text('_r', 'ends'))],
    ['cmd:query*', one('cmd', text('query', 'starts'))],
    ['cmd:*done*', one('cmd', text('done', 'contains'))],
    ['cmd:*', one('cmd', { is: 'present' })],
    ['cmd:"*"', one('cmd', text('*'))],
    ['cmd:"door op"*', one('cmd', text('door op', 'starts'))],
    ['cmd:*"r op"*', one('cmd', text('r op', 'contains'))],
    ['cmd~^(hb|login)$', one('cmd', { is: 'regex', source: '^(hb|login)$' })],
    ['(cmd~a)', one('cmd', { is: 'regex', source: 'a' })],
    ['text~"a \\d\\"\\\\"', one('text', { is: 'regex', source: 'a \\d"\\\\' })],
    ['text:a text=a', allOf([one('text', text('a', 'contains')), one('text', text('a'))])],
    ['text:a* note:x', allOf([one('text', text('a', 'starts')), one('note', text('x', 'contains'))])],
    ['note:""* OR note=""', anyOf([one('note', { is: 'present' }), one('note', text(''))])],

    ['vmc:33232,大厅', one('vmc', number(33232), text('大厅', 'contains'))],
    ['machine:"33232"', one('vmc', text('33232', 'contains'))],
    ['vmc:332*', one('vmc', text('332', 'starts'))],
    ['机器>5', one('vmc', number(5, '>'))],
    ['方向:发', one('dir', word('out'))],
    ['dir:IN', one('dir', word('in'))],
    ['head:none,le48', one('head', word('none'), word('le48'))],
    ['kind:junk', one('kind', word('junk'))],
    ['fold:hb', one('fold', word('hb'))],
    ['severity>=fault', one('severity', word('fault', '>='))],
    ['finding:* finding:error', allOf([one('finding', { is: 'present' }), one('finding', word('error'))])],
    ['finding>=warning', one('finding', word('warning', '>='))],
    ['finding:json.*,seq.gap', one('finding', text('json.', 'starts'), text('seq.gap'))],
    ['code:5300', one('code', text('5300'))],
    ['ERROR:5300', one('code', text('ERROR:5300'))],
    ['error：53*', one('code', text('ERROR:53', 'starts'))],
    ['WARNING:*', one('code', text('WARNING:', 'contains'))],
    ['code:ERROR:5300', one('code', text('ERROR:5300'))],

    ['size:100..200', one('size', { is: 'range', from: 100, to: 200 })],
    ['size>200 size<=1.5KB', allOf([one('size', number(200, '>')), one('size', number(1536, '<='))])],
    ['size:..5,10,20..', one('size', number(5, '<='), number(10), number(20, '>='))],
    ['seq:4 conn:7 id!=3', allOf([one('seq', number(4)), one('conn', number(7)), not(one('id', number(3)))])],
    ['amount:10.5', one('amount', number(1050))],
    ['金额:10..20元', one('amount', { is: 'range', from: 1000, to: 2000 })],
    ['order:5940*', one('order', text('5940', 'starts'))],
    ['order:123456789012345678901', one('order', text('123456789012345678901'))],
    [
      'product:100 product:latte',
      allOf([one('product', number(100)), one('product', text('latte', 'contains'))]),
    ],

    ['body.Amount>=1000', term('body', [number(1000, '>=')], ['Amount'])],
    ['body.supply.1>100', term('body', [number(100, '>')], ['supply', '1'])],
    ['body."a.b".c:"1000"', term('body', [text('1000')], ['a.b', 'c'])],
    ['包体.名：a..b', term('body', [text('a..b')], ['名'])],
    ['body.x:1..5,..9', term('body', [{ is: 'range', from: 1, to: 5 }, number(9, '<=')], ['x'])],
    ['body.v:1.2.3', term('body', [text('1.2.3')], ['v'])],

    ['time>=-2h', one('time', { is: 'time', op: '>=', when: ago(2 * hour) })],
    ['time:-1h30m', one('time', { is: 'time', op: '>=', when: ago(1.5 * hour) })],
    ['time<-5d', one('time', { is: 'time', op: '<', when: ago(120 * hour) })],
    ['time:-2h..-10s', one('time', { is: 'timeRange', from: ago(2 * hour), to: ago(10_000) })],
    ['time>=2026-11-24', one('time', { is: 'time', op: '>=', when: span(local(11, 24), 24 * hour) })],
    [
      'time:today,yesterday',
      one(
        'time',
        { is: 'time', op: '=', when: span(local(11, 24), 24 * hour) },
        { is: 'time', op: '=', when: span(local(11, 23), 24 * hour) },
      ),
    ],
    [
      'time>="2026-11-24 10:30"',
      one('time', { is: 'time', op: '>=', when: span(local(11, 24, 10, 30), 60_000) }),
    ],
    [
      'time>=2026-11-24T10:30',
      one('time', { is: 'time', op: '>=', when: span(local(11, 24, 10, 30), 60_000) }),
    ],
    [
      'time:2026-11-24T10:30:00Z',
      one('time', { is: 'time', op: '=', when: span(Date.UTC(2026, 10, 24, 10, 30), 1000) }),
    ],
    ['时间：10:30', one('time', { is: 'time', op: '=', when: span(local(11, 24, 10, 30), 60_000) })],
    ['time:10:30:05.25', one('time', { is: 'time', op: '=', when: span(local(11, 24, 10, 30, 5, 250), 1) })],
    [
      'time:"2026-11-23 10:00".."2026-11-24 11:00:30"',
      one('time', {
        is: 'timeRange',
        from: span(local(11, 23, 10), 60_000),
        to: span(local(11, 24, 11, 0, 30), 1000),
      }),
    ],
    [
      'time:10:00..11:00,.."2026-11-02"',
      one(
        'time',
        { is: 'timeRange', from: span(local(11, 24, 10), 60_000), to: span(local(11, 24, 11), 60_000) },
        { is: 'time', op: '<=', when: span(local(11, 2), 24 * hour) },
      ),
    ],
  ])('reads %s', (source, filter) => {
    expect(parseFilter(source, { now })).toEqual({ ok: true, filter });
  });
});
