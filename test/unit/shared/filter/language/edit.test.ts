import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addTerm, anyValue, type EditField, type EditValue } from '#shared/filter/language/edit';
import { formatFilter } from '#shared/filter/language/format';
import { matcher } from '#shared/filter/language/match';
import { parseFilter } from '#shared/filter/language/parse';
import { filters, now, someFacts } from '../../../../builders/filterArbitraries';

describe('addTerm', () => {
  it.each<[string, EditField, EditValue, 'only' | 'not', string]>([
    ['', 'cmd', 'hb', 'only', 'cmd:hb'],
    ['', 'cmd', 'hb', 'not', '-cmd:hb'],
    ['  ', 'cmd', 'door open', 'only', 'cmd:"door open"'],
    ['', 'vmc', 33232, 'only', 'vmc:33232'],
    ['', 'vmc', '2 号楼', 'only', 'vmc="2 号楼"'],
    ['', 'seq', '41', 'only', 'seq:41'],
    ['', 'dir', 'in', 'not', '-dir:in'],
    ['', 'amount', 1050, 'only', 'amount:10.50'],
    ['', 'time', now, 'only', 'time:"2026-11-24 12:30:15.250"'],
    ['', 'text', 'say "hi"', 'only', '"say \\"hi\\""'],
    ['', 'order', '5940*', 'only', 'order:"5940*"'],
    ['', 'order', '5940', 'only', 'order:5940'],
    ['', 'finding', 'json.lenient', 'only', 'finding:json.lenient'],
    ['', 'code', 'ERROR:5300', 'only', 'code:ERROR:5300'],
    ['', 'cmd', null, 'only', '-cmd:*'],
    ['', 'cmd', null, 'not', 'cmd:*'],
    ['', 'mark', anyValue, 'only', 'mark:*'],
    ['', ['supply'], anyValue, 'not', '-body.supply:*'],
    ['mark:* a', 'mark', anyValue, 'not', 'a -mark:*'],
    ['', 'time', { kind: 'at', from: now - 250, to: now + 750 }, 'only', 'time:"2026-11-24 12:30:15"'],
    ['', ['supply', '1'], '9999', 'only', 'body.supply.1:"9999"'],
    ['', ['Amount'], 1000, 'only', 'body.Amount:1000'],
    ['', ['isOk'], true, 'not', '-body.isOk:true'],
    ['', ['a b'], '', 'only', 'body."a b":""'],
    ['', ['long'], 'x'.repeat(900), 'only', `body.long:${'x'.repeat(200)}*`],
    // The rest stays as typed.
    ['指令：hb   size > 200', 'dir', 'in', 'only', '指令：hb size > 200 dir:in'],
    ['a OR b', 'cmd', 'hb', 'only', '(a OR b) cmd:hb'],
    ['(a OR b)', 'cmd', 'hb', 'only', '((a OR b)) cmd:hb'],
    ['"open', 'cmd', 'hb', 'only', '"open cmd:hb'],
    // Contradicting terms are removed.
    ['cmd:login x', 'cmd', 'hb', 'only', 'x cmd:hb'],
    ['-cmd:hb x', 'cmd', 'hb', 'only', 'x cmd:hb'],
    ['-cmd:login size>5', 'size', 9, 'only', '-cmd:login size:9'],
    ['cmd:hb x', 'cmd', 'HB', 'not', 'x -cmd:HB'],
    ['cmd:hb,login x', 'cmd', 'hb', 'not', 'cmd:login x -cmd:hb'],
    ['-cmd:login', 'cmd', 'hb', 'not', '-cmd:login -cmd:hb'],
    ['-cmd:hb', 'cmd', 'hb', 'not', '-cmd:hb'],
    ['finding:json.*', 'finding', 'seq.gap', 'only', 'finding:json.* finding:seq.gap'],
    ['-finding:seq.gap,seq.restart', 'finding', 'seq.gap', 'only', '-finding:seq.restart finding:seq.gap'],
    ['hopper', 'text', 'cup', 'only', 'hopper cup'],
    ['-cup', 'text', 'cup', 'only', 'cup'],
    ['body.a:1 body.b:1', ['A'], 2, 'only', 'body.b:1 body.A:2'],
    ['time:10:30,11:30 a', 'time', now, 'not', 'time:10:30,11:30 a -time:"2026-11-24 12:30:15.250"'],
    [
      'time:12:30:15.250,11:30 a',
      'time',
      now,
      'not',
      'time:"2026-11-24 11:30" a -time:"2026-11-24 12:30:15.250"',
    ],
    // Readable only relative to the current time.
    ['time:2026-11-24..-1h OR a', 'cmd', 'hb', 'only', '(time:2026-11-24..-1h OR a) cmd:hb'],
    ['-cmd:* a', 'cmd', null, 'not', 'a cmd:*'],
  ])('to %j: %j %j %s', (text, field, value, mode, wanted) => {
    const added = addTerm(text, field, value, mode, { now });
    expect(added).toBe(wanted);
  });

  it.each(['', 'cmd:login x', '-cmd:hb,login', '指令：hb size > 200', '(a OR b)'])(
    'a second time to %j changes nothing more',
    (text) => {
      for (const mode of ['only', 'not'] as const) {
        const added = addTerm(text, 'cmd', 'hb', mode, { now });
        expect(addTerm(added, 'cmd', 'hb', mode, { now })).toBe(added);
      }
    },
  );

  it('matches the same entries as the term alone, within the rest', () => {
    const fields = fc.constantFrom<EditField[]>('cmd', 'vmc', 'note', 'mark', 'text', ['Amount'], ['x y']);
    const values = fc.oneof(fc.string({ maxLength: 6 }), fc.integer(), fc.boolean(), fc.constant(null));
    fc.assert(
      fc.property(
        filters,
        fields,
        values,
        fc.constantFrom('only', 'not' as const),
        fc.array(someFacts, { maxLength: 20 }),
        (filter, field, value, mode, all) => {
          const only = parseFilter(addTerm('', field, value, mode, { now }), { now });
          const text = addTerm(formatFilter(filter), field, value, mode, { now });
          const added = parseFilter(text, { now });
          if (!added.ok || !only.ok) throw new Error(text);
          const [isAdded, isAlone, was] = [matcher(added.filter), matcher(only.filter), matcher(filter)];
          // Never entries that the term excludes, and all entries that both match.
          const wrong = all.filter((facts) => {
            const [alone, both] = [isAlone(facts), isAlone(facts) && was(facts)];
            return !(isAdded(facts) ? alone : !both);
          });
          expect(wrong, text).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
