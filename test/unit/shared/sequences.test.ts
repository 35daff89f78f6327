import { describe, expect, it } from 'vitest';
import { rowOf } from '#shared/commands/kit/rows';
import { ownSequence, runStep } from '#shared/model/sequence';
import { sequenceNames, sequenceOf } from '#shared/sequences';

describe.each(sequenceNames)('the built-in procedure %s', (name) => {
  const { steps, ...texts } = sequenceOf(name);

  it('is valid as a workshop’s own', () => {
    expect(ownSequence.safeParse({ name: texts.name.en, note: texts.note.zh, steps }).error).toBeUndefined();
  });

  it('has all texts in both languages', () => {
    const questions = steps.flatMap((step) => (step.do === 'ask' ? [step.question] : []));
    const all = [texts.name, texts.note, ...questions].flatMap((text) =>
      typeof text === 'string' ? [] : [text],
    );
    expect(all).toHaveLength(2 + questions.length);
    expect(all.filter(({ en = '', zh = '' }) => !/^[A-Z]/.test(en) || !/^\p{Script=Han}/u.test(zh))).toEqual(
      [],
    );
  });

  it('works on both programs: steps that one lacks or cannot prove are skipped', () => {
    const stuck = steps.flatMap((step) => {
      if (step.do !== 'command') return [];
      const { has, stages } = rowOf(step.name);
      return (['linux', 'android'] as const).flatMap((platform) => {
        const lacks = !has[platform] && !step.optional;
        const unproved = has[platform] && stages[platform].length === 0 && !step.withoutProof;
        return lacks || unproved ? [`${step.name} on ${platform}`] : [];
      });
    });
    expect(stuck).toEqual([]);
  });

  it('asks before anything flows, and never twice in a row without a person’s check', () => {
    const flows = steps.map(
      (step) => step.do === 'command' && rowOf(step.name).effects.linux.includes('dispenses'),
    );
    expect(flows.filter(Boolean).length).toBeGreaterThan(0);
    const before = steps.filter((_, place) => flows[place + 1] === true).map((step) => step.do);
    expect(new Set(before)).toEqual(new Set(['ask']));
    expect(flows[0]).toBe(false);
  });
});

describe('a step', () => {
  it.each([
    [{ do: 'command', name: 'makeDrink', input: { productId: 0 } }, 'input'],
    [{ do: 'command', name: 'reboot', input: { now: true } }, 'input'],
    [{ do: 'wait', seconds: 0 }, 'seconds'],
    [{ do: 'ask', question: '' }, 'question'],
    [{ do: 'command', name: 'makeDrink', input: null }, 'input'],
    [{ do: 'shout' }, 'do'],
  ])('%j is refused', (step, member) => {
    expect(runStep.safeParse(step).error?.issues[0]?.path).toEqual([member]);
  });
});
