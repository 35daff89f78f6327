import { expect, it } from 'vitest';
import { requests } from '#shared/contract/requests/index';

it('a table is saved whole, even with every machine that a computer can serve', () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => [String(i), 'made']);
  expect(requests.saveTable.args.parse({ name: 'totals.csv', rows }).rows).toHaveLength(20_000);
});

it('a verification code is eight characters without white space', () => {
  const takes = (code: string | null): boolean =>
    requests.setMachineCode.args.safeParse({ vmcNo: 7, code }).success;
  expect([takes('ABCD1234'), takes('验证码ab-_!'), takes(null)]).toEqual([true, true, true]);
  for (const code of [
    'ABCD123',
    'ABCD12345',
    ' ABCD123',
    'ABCD123 ',
    'ABCD 123',
    'ABCD\u3000123',
    'ABCD123\n',
    'ABCD1234\n',
  ])
    expect([code, takes(code)]).toEqual([code, false]);
});
