import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complete } from '#shared/filter/language/complete';
import { machineVocabulary } from '#shared/filter/language/machineFields';
import type { CompletionContext } from '#shared/filter/language/completion';
import { fieldSpecs } from '#shared/filter/language/fields';
import { parseFilter } from '#shared/filter/language/parse';
import { now } from '../../../../builders/filterArbitraries';
import { anyCharacter } from '../../../../builders/anyCharacter';

const context: CompletionContext = {
  commands: ['hb', 'login', 'error', 'error_r', 'door open'],
  machines: [
    { vmcNo: 33232, name: '大厅' },
    { vmcNo: 44401, name: null },
  ],
  members: ['Amount', 'order_no', 'odd one'],
  saved: [{ name: 'Faults today', text: 'cmd:error OR finding:error' }],
};

/** The text of the box after each item is accepted; `|` is the caret. */
function after(text: string): readonly string[] {
  const caret = text.indexOf('|');
  const typed = text.replace('|', '');
  const { from, to, items } = complete(typed, caret, context);
  return items.map(({ insert }) => typed.slice(0, from) + insert + typed.slice(to));
}

describe('complete', () => {
  it.each([
    ['cm|', ['cmd:']],
    ['a -cm| b', ['a -cmd: b']],
    ['(cm|)', ['(cmd:)']],
    ['fin|', ['finding:']],
    ['指|', ['指令:']],
    ['tim|', ['time>=']],
    ['编号|', ['机器编号:']],
    ['商品|', []],
    ['bod|', ['body.']],
    ['cm|d:hb', ['cmd:hb']],
    ['cmd:lo|', ['cmd:login']],
    ['cmd:hb,lo| x', ['cmd:hb,login x']],
    ['cmd: lo|', ['cmd: login']],
    ['指令：lo|', ['指令：login']],
    ['cmd:"lo|', ['cmd:login']],
    ['cmd:"lo|gin" x', ['cmd:login x']],
    ['cmd:er|ror x', ['cmd:error x', 'cmd:error_r x']],
    ['cmd:door|', ['cmd:"door open"']],
    ['vmc:大|', ['vmc:33232']],
    ['vmc:44|', ['vmc:44401']],
    ['dir:|', ['dir:in', 'dir:out', 'dir:*']],
    ['dir:发|', ['dir:out']],
    ['severity>=fa|', ['severity>=fault', 'severity>=fatal']],
    ['finding:seq.|', ['finding:seq.*', 'finding:seq.gap', 'finding:seq.restart']],
    ['code:5300|', ['code:ERROR:5300']],
    ['time>=2|', ['time>=-2h', 'time>=-24h']],
    ['time>=yes|', ['time>=yesterday']],
    ['body.am|', ['body.Amount:']],
    ['body.odd|', ['body."odd one":']],
    ['body.Am|>5', ['body.Amount>5']],
    ['faul|', ['cmd:error OR finding:error']],
    ['a faul|', ['a (cmd:error OR finding:error)']],
    ['a NO|', ['a note:', 'a NOT ']],
    [
      'body.status:|',
      [
        'body.status:clearerror',
        'body.status:cupblock',
        'body.status:dooropen',
        'body.status:doorclose',
        'body.status:supply',
        'body.status:machinelock',
        'body.status:*',
      ],
    ],
    ['body.a."is_ok"=fa|', ['body.a."is_ok"=false']],
    ['body.Amount:|', ['body.Amount:*']],
    ['body.status>|', []],
    ['text~er|', []],
    ['"cm|', []],
    ['size>|', []],
  ])('at %s offers %j', (text, wanted) => {
    expect(after(text)).toEqual(wanted);
  });

  it('offers every field and the saved filters for an empty text', () => {
    expect(after('|')).toEqual(
      expect.arrayContaining([
        ...fieldSpecs.map(({ name }) => expect.stringMatching(`^${name}`) as string),
        'cmd:error OR finding:error',
      ]),
    );
  });

  it('offers the operators of a completely typed field', () => {
    expect(after('size|').slice(0, 7)).toEqual([
      'size:',
      'size=',
      'size!=',
      'size>',
      'size>=',
      'size<',
      'size<=',
    ]);
    expect(after('cmd|').slice(0, 4)).toEqual(['cmd:', 'cmd=', 'cmd!=', 'cmd~']);
  });

  it('offers a command after its beginning', () => {
    expect(after('logi|')).toContain('cmd:login');
  });

  it('offers at most 50', () => {
    expect(complete('code:', 5, context).items).toHaveLength(50);
  });

  it('offers only valid values', () => {
    for (const { name } of fieldSpecs) {
      if (name === 'body') continue;
      for (const text of after(`${name}:|`))
        expect(parseFilter(text, { now }), text).toMatchObject({ ok: true });
    }
  });

  it('never throws, and replaces the existing text', () => {
    const pieces = fc.constantFrom(
      'a',
      'cmd',
      'time',
      'body',
      '.',
      ':',
      '>',
      '~',
      '"',
      '(',
      ')',
      ' ',
      ',',
      '*',
      '-',
      '\\',
      '：',
      '“',
    );
    const texts = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.array(pieces, { maxLength: 10 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, fc.oneof(fc.integer({ min: -3, max: 30 }), fc.double()), (text, caret) => {
        const { from, to, items } = complete(text, caret, context);
        expect([from >= 0, from <= to, to <= text.length, items.length <= 50]).toEqual([
          true,
          true,
          true,
          true,
        ]);
      }),
      { numRuns: 2000 },
    );
    expect(complete('x'.repeat(5000), 5000, context).items).toEqual([]);
  });
});

describe('in a table of machines', () => {
  const offered = (typed: string): readonly string[] =>
    complete(
      typed,
      typed.length,
      { ...context, present: { place: ['Hall 2', 'Roof'] } },
      machineVocabulary,
    ).items.map(({ insert }) => insert);

  it('offers its own fields, and “at least” for counts', () => {
    expect(offered('pla')).toEqual(['place:', 'platform:']);
    expect(offered('err')).toContain('errors>=');
    expect(offered('err')).not.toContain('finding:');
  });

  it('offers the texts of its fields, and the existing values', () => {
    expect(offered('state:f')).toEqual(['fault', 'offline']);
    expect(offered('place:')).toEqual(['"Hall 2"', 'Roof', '*']);
    expect(offered('place:ro')).toEqual(['Roof']);
  });
});
