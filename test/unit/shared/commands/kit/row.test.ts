/** A row at run time: its defaults, and its members with stored input. */
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Definition } from '#shared/commands/kit/definition';
import { command } from '#shared/commands/kit/row';
import { never } from '#shared/commands/kit/verdict';
import { both } from '#shared/commands/kit/wire';
import { command as given } from '../../../../builders/rows';

const input = z.strictObject({ n: z.int() });
type Input = z.infer<typeof input>;
const least = {
  examples: [{ n: 1 }],
  offered: 'menu',
  effects: ['opens'],
  wire: both(({ n }: Input) => ({ cmd: 'reboot', n })),
  expects: both(never('a test')),
  queueFor: 1,
  virtual: both(null),
} as const satisfies Definition<Input, never, never, 'proof', never>;

const now = { machine: null, platform: null, packages: [], now: 0 };
const to = { vmcNo: 1, platform: null, sessionId: '', upgradeDir: '', upgradeType: null };
const names = { productName: () => null };
const one = given(1);

it('members that a definition leaves out have defaults', () => {
  const row = command(input)(least);
  expect(row).toMatchObject({
    effects: both(['opens']),
    risk: both('opens'),
    has: both(true),
    stages: both([]),
    messages: both(['reboot']),
    needs: null,
    alone: both(0),
    namedByProof: both(false),
    lateFor: 600_000,
    replacedBy: 'replaced',
    retry: null,
    preview: null,
    newPrice: null,
  });
  expect([row.possible(now, null), row.notice(one), row.waiting(one)]).toEqual([
    null,
    'accepted',
    ['proof', {}],
  ]);
  expect([row.sameAs({ n: 1 }, { n: 2 }), row.replaces(one, { n: 1 })]).toEqual([true, false]);
});

/** Notes the input that each member receives. */
const noting = (seen: (Input | null)[]) => {
  const noted =
    <Result>(result: Result) =>
    (read: Input | null): Result => (seen.push(read), result);
  const second =
    <Result>(result: Result) =>
    (_first: unknown, read: Input | null): Result =>
      noted(result)(read);
  return command(input)({
    ...least,
    wire: both(noted({ cmd: 'reboot' })),
    refuses: noted({ code: 'heldGone', params: {} } as const),
    possible: second(null),
    already: second({ n: 1 }),
    awaitsLogin: second(true),
    remember: second({ fact: 1 }),
    follows: second({ fact: 2 }),
    silent: noted(true),
    awaits: noted([1]),
    sameAs: noted(false),
    replaces: second(true),
    retry: { after: 1, input: second({ n: 2 }) },
    says: noted(['text', {}] as const),
    preview: noted({}),
    newPrice: noted(5),
  });
};

const results = (row: ReturnType<typeof noting>, stored: Record<string, number | string>) => [
  row.wire(stored, to).length,
  row.refuses(stored, null)?.code ?? null,
  row.already(now, stored),
  row.awaitsLogin(now, stored),
  row.remember(now, stored, null),
  row.follows([], stored),
  row.silent(stored, null),
  row.awaits(stored),
  row.sameAs(stored, stored),
  row.retry?.input(one, stored),
  row.says(stored, stored, names),
  row.newPrice?.(stored, 1),
];

it('members receive the checked input without stored facts', () => {
  const seen: (Input | null)[] = [];
  const row = noting(seen);
  seen.length = 0;
  expect(results(row, { n: 1, fact: 'stored' })).toEqual([
    1,
    'heldGone',
    { n: 1 },
    true,
    { fact: 1 },
    { fact: 2 },
    true,
    [1],
    false,
    { n: 2 },
    ['text', {}],
    5,
  ]);
  expect(seen).toEqual(Array.from({ length: 12 }, () => ({ n: 1 })));
});

it('with input of another version of Crema, members have no effect', () => {
  const seen: (Input | null)[] = [];
  const row = noting(seen);
  seen.length = 0;
  const stored = { n: 'many' };
  expect(results(row, stored)).toEqual([0, null, null, false, {}, {}, false, [], true, null, null, null]);
  expect(seen).toEqual([]);
  // These members accept an incomplete form too.
  row.possible(now, stored);
  row.replaces(one, stored);
  row.preview?.(stored);
  expect(seen).toEqual([null, null, null]);
});
