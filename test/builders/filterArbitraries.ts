/** Random filters in their normal form, and random entries for them to judge. */
import fc from 'fast-check';
import { findings, type FindingCode } from '#shared/findings';
import type { FilterFacts } from '#shared/filter/language/facts';
import { specOf } from '#shared/filter/language/fields';
import { readMoment } from '#shared/filter/language/times';
import {
  allOf,
  anyOf,
  fieldNames,
  not,
  term,
  type Choice,
  type FieldName,
  type Filter,
  type Moment,
  type Term,
} from '#shared/filter/language/tree';
import type { JsonObject } from '#shared/model/frame';
import { anyCharacter } from './anyCharacter';

export const now = new Date(2026, 10, 24, 12, 30, 15, 250).getTime();

const findingCodes = Object.keys(findings) as FindingCode[];
const words = [
  'error',
  'hb',
  'door open',
  'EC_2',
  'ERROR:5300',
  '5300',
  '9.5',
  '1e3',
  'A1',
  'Latte',
  '拿铁',
  'a',
  '',
  '"',
  '\\',
  '*',
  'OR',
  'or',
  '或',
  'not',
  'gt',
  'contains',
  'a||b',
  "'a'",
  '!a',
  '-x',
  'a..b',
  'K',
  'ß',
  '（',
  'a,b',
  'true',
  '大厅',
  'İx',
  'in',
  'x y',
];
const anyText = fc.oneof(
  fc.constantFrom(...words),
  fc.string({ maxLength: 8 }),
  fc.string({ unit: anyCharacter, maxLength: 5 }),
);
const lines = fc.constantFrom(
  'x',
  '-2h',
  '-1d3h',
  '-0s',
  '2026-11-24',
  'yesterday',
  '10:30',
  '2026-11-24 12:30:15',
  '2026-11-24 12:30:15.250',
  '2026-02-28 23:59',
);

const moments: fc.Arbitrary<Moment> = fc.oneof(
  lines.map((text) => readMoment(text, now)).filter((moment) => moment !== null),
  fc
    .integer({ min: 0, max: 40_000_000 })
    .map((s): Moment => ({ kind: 'ago', ms: s * 1000, at: now - s * 1000 })),
  fc
    .integer({ min: -3_000_000, max: 3_000_000 })
    .map((d): Moment => ({ kind: 'at', from: now + d, to: now + d + 1 })),
);
const start = (moment: Moment): number => (moment.kind === 'ago' ? moment.at : moment.from);

const numberOf = (unit: 'plain' | 'bytes' | 'fen' | 'ms'): fc.Arbitrary<number> =>
  unit === 'plain' || unit === 'ms'
    ? fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constantFrom(33232, 1000, 12.5, 1e-7, 2 ** 53 - 1))
    : unit === 'bytes'
      ? fc.oneof(fc.nat(60), fc.constantFrom(1536, 102.4))
      : fc.oneof(fc.nat(60), fc.constantFrom(1000, 1050, 5));
const ordering = fc.constantFrom('>', '>=', '<', '<=' as const);
const regexes = fc.constantFrom(
  'a',
  '^hb$',
  'er{1,2}o|x',
  '[^a-f]\\d+',
  '"cmd":"(?:hb|error)"',
  'a\\\\"b c',
  '.*',
  '\\.',
  'x“',
);

/** A value that a list may contain. */
function listed(field: FieldName): fc.Arbitrary<Choice> {
  const { number, isTime, text, words: fixed } = specOf(field);
  const kinds: fc.Arbitrary<Choice>[] = [fc.constant({ is: 'present' })];
  if (fixed.length > 0)
    kinds.push(fc.constantFrom(...fixed).map(({ word }) => ({ is: 'word', op: '=', word })));
  if (number !== null) {
    const value = numberOf(number);
    kinds.push(
      fc
        .tuple(fc.constantFrom('=', '>=', '<=' as const), value)
        .map(([op, one]) => ({ is: 'number', op, value: one })),
      fc.tuple(value, value).map(([a, b]) => ({ is: 'range', from: Math.min(a, b), to: Math.max(a, b) })),
    );
  }
  if (isTime) {
    kinds.push(
      fc
        .tuple(fc.constantFrom('=', '>=', '<=' as const), moments)
        // The parser reads "time:-2h" as "since".
        .map(([op, when]) => ({ is: 'time', op: op === '=' && when.kind === 'ago' ? '>=' : op, when })),
      fc
        .tuple(moments, moments)
        .map(([a, b]) =>
          start(a) <= start(b) ? { is: 'timeRange', from: a, to: b } : { is: 'timeRange', from: b, to: a },
        ),
    );
  }
  if (text !== null) kinds.push(texts(field));
  return fc.oneof(...kinds);
}

function texts(field: FieldName): fc.Arbitrary<Choice> {
  if (field === 'finding')
    return fc.oneof(
      fc.constantFrom(...findingCodes).map((value): Choice => ({ is: 'text', how: 'equals', value })),
      fc.constantFrom('json.', 'link', 's').map((value): Choice => ({ is: 'text', how: 'starts', value })),
      fc.constant<Choice>({ is: 'text', how: 'contains', value: 'length' }),
    );
  return fc
    .tuple(fc.constantFrom('equals', 'contains', 'starts', 'ends' as const), anyText)
    .filter(([how, value]) => value !== '' || how === 'equals')
    .map(([how, value]) => ({ is: 'text', how, value }));
}

const paths = fc.array(
  fc.constantFrom('Amount', 'amount', 'supply', '1', 'list', '0', 'x y', 'a.b', '"', '名', 'true'),
  { minLength: 1, maxLength: 3 },
);

const terms: fc.Arbitrary<Term> = fc.tuple(fc.constantFrom(...fieldNames), paths).chain(([field, path]) => {
  const { number, isTime, ordered, words: fixed, text } = specOf(field);
  const single: fc.Arbitrary<Choice>[] = [];
  if (number !== null)
    single.push(fc.tuple(ordering, numberOf(number)).map(([op, value]) => ({ is: 'number', op, value })));
  if (isTime) single.push(fc.tuple(ordering, moments).map(([op, when]) => ({ is: 'time', op, when })));
  if (ordered)
    single.push(
      fc.tuple(ordering, fc.constantFrom(...fixed)).map(([op, { word }]) => ({ is: 'word', op, word })),
    );
  if (text !== null) single.push(regexes.map((source) => ({ is: 'regex', source })));
  if (field === 'body')
    single.push(
      fc
        .tuple(fc.oneof(ordering, fc.constant('=' as const)), paths)
        .map(([op, other]) => ({ is: 'member', op, path: other })),
    );
  const any = fc.oneof(
    ...single.map((one) => one.map((choice) => [choice])),
    fc.array(listed(field), { minLength: 1, maxLength: 3 }),
  );
  return any.map((choices) => term(field, choices, field === 'body' ? path : []));
});

export const filters: fc.Arbitrary<Filter> = fc.letrec<{ tree: Filter }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    terms,
    tie('tree').map(not),
    fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map(allOf),
    fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((of) => anyOf(of as [Filter, ...Filter[]])),
  ),
})).tree;

const scalar = fc.oneof(
  fc.constantFrom(...words),
  fc.integer({ min: -60, max: 60 }),
  fc.constantFrom(1000, 1050, 12.5, 33232, true, false, null),
);
const names = fc.constantFrom(
  'Amount',
  'amount',
  'ProductAmount',
  'order_no',
  'OrderNo',
  'ProductId',
  'product_id',
  'ProductName',
  'error_code',
  'is_fatal_error',
  'supply',
  'list',
  '1',
  'x y',
  'a.b',
);
const bodies: fc.Arbitrary<JsonObject> = fc.dictionary(
  names,
  fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.dictionary(names, scalar, { maxKeys: 2 })),
  { maxKeys: 5 },
);

const ports = fc.oneof(fc.nat(60), fc.constant(4567));
const peers = fc
  .tuple(fc.ipV4(), ports, fc.oneof(fc.ipV6(), fc.constant('::ffff:10.0.0.1')), ports)
  .map(([remoteAddress, remotePort, localAddress, localPort]) => ({
    remoteAddress,
    remotePort,
    localAddress,
    localPort,
  }));

/** Possible facts of an entry. The text is that of the body, if there is one. */
export const someFacts: fc.Arbitrary<FilterFacts> = fc
  .record({
    id: fc.nat(60),
    at: fc.integer({ min: now - 4_000_000, max: now + 4_000_000 }),
    conn: fc.nat(60),
    vmcNo: fc.option(fc.oneof(fc.nat(60), fc.constant(33232))),
    vmcName: fc.option(anyText),
    kind: fc.constantFrom('frame', 'junk', 'opened', 'closed', 'finding' as const),
    dir: fc.option(fc.constantFrom('in', 'out' as const)),
    head: fc.option(fc.constantFrom('decimal', 'le48' as const)),
    sequence: fc.option(fc.nat(60)),
    cmd: fc.option(
      fc
        .oneof(fc.constantFrom('error', 'ERROR', 'hb', 'login', 'door open'), anyText)
        .map((cmd) => cmd.trim()),
    ),
    size: fc.nat(2000),
    json: fc.option(bodies),
    junk: anyText,
    findings: fc.array(
      fc.constantFrom(...findingCodes).map((code) => ({ code })),
      { maxLength: 2 },
    ),
    gap: fc.option(fc.integer({ min: -50, max: 50 })),
    latency: fc.option(fc.integer({ min: -50, max: 50 })),
    answered: fc.option(fc.constantFrom('yes', 'late', 'no' as const)),
    peer: fc.option(peers),
    mark: fc.option(anyText),
    note: fc.option(anyText),
  })
  .map(({ json, junk, ...rest }) =>
    Object.assign(rest, {
      text: json === null ? junk : JSON.stringify(json),
      body: () => json,
    }),
  );
