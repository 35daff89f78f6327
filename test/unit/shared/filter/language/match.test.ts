import { describe, expect, it } from 'vitest';
import type { FilterFacts } from '#shared/filter/language/facts';
import { matcher } from '#shared/filter/language/match';
import { parseFilter } from '#shared/filter/language/parse';
import { now } from '../../../../builders/filterArbitraries';
import { facts } from '../../../../fixtures/filterCases';
import { casesOfBody } from '../../../../fixtures/filterCasesOfBody';
import { casesOfEntry } from '../../../../fixtures/filterCasesOfEntry';

const cases = [...casesOfEntry, ...casesOfBody];

function judge(text: string, of: FilterFacts): boolean {
  const parsed = parseFilter(text, { now });
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.code}`);
  return matcher(parsed.filter)(of);
}

describe('matcher', () => {
  it.each(cases.flatMap(([what, of, yes]) => yes.map((text) => [what, text, of] as const)))(
    '%s: %s',
    (_, text, of) => {
      expect(judge(text, of)).toBe(true);
    },
  );

  it.each(cases.flatMap(([what, of, , no]) => no.map((text) => [what, text, of] as const)))(
    '%s: not %s',
    (_, text, of) => {
      expect(judge(text, of)).toBe(false);
    },
  );

  it('requests the body only if the cheaper facts do not decide', () => {
    let asked = 0;
    const of = facts({
      body: () => {
        asked += 1;
        return { Amount: 1 };
      },
    });
    expect(judge('body.Amount:1 cmd:hb', of)).toBe(false);
    expect(judge('body.Amount:1 OR cmd:login', of)).toBe(true);
    expect(judge('body.status:dooropen', of)).toBe(false);
    expect(judge('code:5300', of)).toBe(false);
    expect(asked).toBe(0);
    expect(judge('body.Amount:1', of)).toBe(true);
    expect(asked).toBe(1);
  });
});
