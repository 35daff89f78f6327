import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FilterFacts } from '#shared/filter/language/facts';
import { matcher } from '#shared/filter/language/match';
import { needs, type Need, type Needs } from '#shared/filter/language/needs';
import { parseFilter } from '#shared/filter/language/parse';
import { foldCase, isPlainNeedle } from '#shared/filter/language/patterns';
import { filters, now, someFacts } from '../../../../builders/filterArbitraries';

/** Folds only ASCII letters, like a store. */
const asciiLower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
function holds(need: Need, facts: FilterFacts): boolean {
  switch (need.on) {
    case 'vmcNo':
      return facts.vmcNo !== null && need.among.includes(facts.vmcNo);
    case 'conn':
      return need.among.includes(facts.conn);
    case 'cmd':
      return facts.cmd !== null && need.among.includes(asciiLower(facts.cmd));
    case 'dir':
      return facts.dir !== null && need.among.includes(facts.dir);
    case 'kind':
      return need.among.includes(facts.kind);
    case 'at':
    case 'id':
    case 'size': {
      const value = facts[need.on];
      return value !== null && value >= (need.from ?? -Infinity) && value <= (need.to ?? Infinity);
    }
    case 'finding': {
      const { among } = need;
      return facts.findings.some(({ code }) => among === null || among.includes(code));
    }
    case 'text':
      return asciiLower(facts.text).includes(need.needle);
  }
}
const lets = (found: Needs | null, facts: FilterFacts): boolean =>
  found === null || found.some((all) => all.every((need) => holds(need, facts)));

const needsOf = (text: string): Needs | null => {
  const parsed = parseFilter(text, { now });
  if (!parsed.ok) throw new Error(parsed.error.code);
  return needs(parsed.filter);
};

describe('needs', () => {
  it('match everything that the filter matches', () => {
    let matched = 0;
    fc.assert(
      fc.property(filters, fc.array(someFacts, { minLength: 20, maxLength: 20 }), (filter, all) => {
        const found = needs(filter);
        const matches = matcher(filter);
        const matching = all.filter(matches);
        if (found !== null) matched += matching.length;
        expect({ found, kept: matching.filter((facts) => !lets(found, facts)) }).toEqual({ found, kept: [] });
      }),
      { numRuns: 500, seed: 1 },
    );
    expect(matched).toBeGreaterThan(200);
  });

  it.each<[string, Needs | null]>([
    ['', null],
    ['-cmd:hb', null],
    ['vmc:33232,44401', [[{ on: 'vmcNo', among: [33232, 44401] }]]],
    ['vmc:大厅', null],
    ['vmc:1,大厅', null],
    ['vmc>5', null],
    ['cmd:Error,HB', [[{ on: 'cmd', among: ['error', 'hb'] }]]],
    ['cmd:err*', null],
    ['cmd:ÄB', null],
    ['fold:hb', [[{ on: 'cmd', among: ['hb'] }]]],
    ['code:5300', [[{ on: 'cmd', among: ['error'] }]]],
    ['dir:in', [[{ on: 'dir', among: ['in'] }]]],
    ['dir:*', [[{ on: 'dir', among: ['in', 'out'] }]]],
    ['kind:junk,closed', [[{ on: 'kind', among: ['junk', 'closed'] }]]],
    ['conn:7', [[{ on: 'conn', among: [7] }]]],
    ['size>200', [[{ on: 'size', from: 200, to: null }]]],
    ['id:1..9,20', [[{ on: 'id', from: 1, to: 9 }], [{ on: 'id', from: 20, to: 20 }]]],
    ['time>=-2h', [[{ on: 'at', from: now - 7_200_000, to: null }]]],
    ['finding:*', [[{ on: 'finding', among: null }]]],
    ['finding:json.*', [[{ on: 'finding', among: ['json.lenient', 'json.invalid'] }]]],
    ['"EC_2"', [[{ on: 'text', needle: 'ec_2' }]]],
    ['拿铁咖啡', [[{ on: 'text', needle: '拿铁咖啡' }]]],
    ['ÄÖÜ', null],
    ['ab', [[{ on: 'text', needle: 'ab' }]]],
    ['text~abc', null],
    ['order:5940*', [[{ on: 'text', needle: '5940' }]]],
    ['body.status:dooropen', [[{ on: 'text', needle: 'dooropen' }]]],
    // Escaped in JSON by some programs.
    ['body.ProductName:拿铁咖啡', null],
    ['body.x:"a/b/c"', null],
    // 1e3 is the same number.
    ['body.Amount:1000', null],
    ['amount>=10', null],
    ['vmc:1 -cmd:hb note:*', [[{ on: 'vmcNo', among: [1] }]]],
    [
      'vmc:1 (cmd:error OR abc)',
      [
        [
          { on: 'vmcNo', among: [1] },
          { on: 'cmd', among: ['error'] },
        ],
        [
          { on: 'vmcNo', among: [1] },
          { on: 'text', needle: 'abc' },
        ],
      ],
    ],
    ['vmc:1 OR note:*', null],
  ])('of %s', (text, wanted) => {
    expect(needsOf(text)).toEqual(wanted);
  });

  it('drop parts of an AND, or a whole OR, above the limit', () => {
    const eight = (letter: string): string =>
      `(${Array.from({ length: 8 }, (_, i) => `"${letter}${letter}${letter}${i}"`).join(' OR ')})`;
    expect(needsOf(`${eight('a')} ${eight('b')}`)?.length).toBe(64);
    const three = needsOf(`${eight('a')} ${eight('b')} ${eight('c')} vmc:1`);
    expect(three?.length).toBe(64);
    expect(three?.every((all) => all.length === 3 && all[0]?.on === 'vmcNo')).toBe(true);
    expect(needsOf(Array.from({ length: 65 }, (_, i) => `abc${i}`).join(' OR '))).toBeNull();
    expect(needsOf(`id:${Array.from({ length: 65 }, (_, i) => i * 2).join(',')}`)).toBeNull();
  });
});

describe('lower case', () => {
  it('agrees with a store that folds only ASCII, for every plain needle', () => {
    const wrong: string[] = [];
    for (let code = 0; code <= 0xffff; code += 1) {
      const char = String.fromCharCode(code);
      const folded = foldCase(char);
      // Folding a letter never adds a character that a plain needle could contain.
      if (folded.split('').some(isPlainNeedle) && asciiLower(char) !== folded) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
    expect(foldCase('\u212aelvin İ ÄÖ AB')).toBe('\u212aelvin İ äö ab');
  });
});
