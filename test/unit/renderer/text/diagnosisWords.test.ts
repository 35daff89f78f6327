/** Texts of the diagnosis, in both languages, for every rule in each of its scenes. */
import { describe, expect, it } from 'vitest';
import { ruleNames, ruleOf } from '#shared/diagnosis/index';
import { actionWords, diagnosisWords } from '#text/diagnosisWords';
import { played, type RuleCase } from '../../../builders/diagnosing';
import { wordsOf } from '../../../builders/wordsOf';
import { diagnosisCases } from '../../../fixtures/diagnosisCases';

const scenes = ruleNames.flatMap((rule) => {
  const { is }: RuleCase<string> = diagnosisCases[rule];
  return Object.entries(is).map(([cause, scene]) => ({ rule, cause, scene }));
});

describe.each(['en', 'zh-CN'] as const)('%s', (language) => {
  const words = wordsOf(language);

  it.each(scenes)('$rule ($cause) has a complete text', ({ rule, cause, scene }) => {
    const seen = ruleOf(rule).when(played(scene));
    const said = diagnosisWords(words, { rule, cause, params: seen?.params ?? {} });
    for (const sentence of [said.what, said.why, said.leads, said.todo]) {
      expect(sentence).not.toMatch(/\{\{|diagnosis\.|undefined|NaN/);
      expect(sentence.length).toBeGreaterThan(2);
    }
  });

  it('every action has a text', () => {
    const actions = ruleNames.flatMap((rule) => Object.values(ruleOf(rule).causes));
    const proposed = actions.filter((action) => action !== null);
    expect(proposed.length).toBeGreaterThan(10);
    for (const action of proposed) expect(actionWords(words, action)).not.toMatch(/\.\w|\{\{/);
  });
});

it('formats its parameters by their meaning', () => {
  const words = wordsOf('en');
  const says = (
    rule: 'clockOff' | 'materialEmpty' | 'headForced' | 'jsonLenient' | 'framesLost',
    params: Record<string, string | number>,
  ) => diagnosisWords(words, { rule, cause: Object.keys(ruleOf(rule).causes)[0] ?? '', params }).what;
  expect(says('materialEmpty', { materials: '10009,10007' })).toContain('coffee beans, water');
  expect(says('headForced', { from: 'le48', to: 'decimal' })).toContain('le48 (+48 bytes)');
  expect(says('jsonLenient', { what: 'trailingComma' })).toContain('an extra comma');
  expect(says('clockOff', { deviation: -7_200_000 })).toBe(
    'The machine’s clock is 2 h behind this computer’s.',
  );
  expect(says('clockOff', { deviation: 600_000 })).toBe(
    'The machine’s clock is 10 min ahead of this computer’s.',
  );
  expect(says('framesLost', { expected: 2, got: 5 })).toContain('(number 2 to 4)');
});
