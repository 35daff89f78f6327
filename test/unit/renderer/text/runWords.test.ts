/** The progress of a machine in a run, in words: the step, its outcome, and the reason. */
import { describe, expect, it } from 'vitest';
import { stepOutcomes } from '#shared/model/run';
import type { OwnText, RunStep } from '#shared/model/sequence';
import { sequenceOf } from '#shared/sequences';
import { doesWords, lineWords, outcomeWords, runState, runTitle } from '#text/runWords';
import { Running } from '../../../builders/running';
import { wordsOf } from '../../../builders/wordsOf';

const en = wordsOf('en');
const drink: RunStep = {
  do: 'command',
  name: 'makeDrink',
  input: { productId: 801, strength: 2, milk: 1, sugar: 0 },
};
const rinse: RunStep = { do: 'command', name: 'rinse', input: {} };
const ask: RunStep = { do: 'ask', question: 'Cup there?' };

describe('a run', () => {
  it('of one command has the command’s name, a sequence its own', () => {
    const book = new Running()
      .starts([drink], [1])
      .starts([ask, rinse], [2], {}, sequenceOf('closeDown').name);
    expect(runTitle(en, { ...book.run(1), title: '1.2.9.1 (a.zip)' })).toBe('Brew: 1.2.9.1 (a.zip)');
    expect(runTitle(en, book.run(1))).toBe(doesWords(en, drink));
    expect([runTitle(en, book.run(2)), runTitle(wordsOf('zh-CN'), book.run(2))]).toEqual([
      'Close down',
      '打烊收尾',
    ]);
    expect(runState(en, book.run(2))).toBe('Running');
    book.runs.stop(2);
    expect(runState(en, book.run(2))).toBe('Stopped');
  });

  it('that sent nothing or failed says so, although it ended', () => {
    const book = new Running().starts([rinse], [1]).becomes(1, 'failed', 'rinseFailed');
    expect(runState(en, book.run())).toBe('Ended: 1 machine failed or is not confirmed');
    book.refusing.set(2, { code: 'commandNotPossible', params: { name: 'rinse', why: 'doorOpen' } });
    book.starts([rinse], [2]);
    expect(runState(en, book.run(2))).toBe('Ended: 1 machine failed or is not confirmed');
    const { counts } = book.run(2);
    expect(runState(en, { ...book.run(2), counts: { ...counts, failed: 0, leftOut: 1 } })).toBe(
      'Ended: nothing was sent',
    );
    book.starts([rinse], [3]).becomes(3, 'confirmed', 'rinsed');
    expect(runState(en, book.run(3))).toBe('Ended');
  });

  it('of an upgrade has the version of its package, as long as the library has it', () => {
    const upgrade: RunStep = { do: 'command', name: 'upgrade', input: { packageId: 'a'.repeat(64) } };
    const run = { title: null, steps: [upgrade] };
    const pkg = { id: 'a'.repeat(64), version: '1.2.9.0', fileName: 'a.zip' };
    expect(runTitle(en, run, [pkg])).toBe('Upgrade: 1.2.9.0');
    expect(runTitle(en, run, [{ ...pkg, version: '' }])).toBe('Upgrade: a.zip');
    expect(runTitle(en, run, [])).toBe('Upgrade');
  });

  it('its machine shows the question’s own text, then the current step', () => {
    const book = new Running().starts([ask, rinse], [1]);
    expect(lineWords(en, book.run(), book.line(1))).toBe('Cup there?');
    book.runs.answer(book.line(1).id, true);
    book.goesOn();
    expect(lineWords(en, book.run(), book.line(1))).toBe('Rinse: running');
    book.becomes(1, 'expired');
    expect(lineWords(en, book.run(), book.line(1))).toBe('Rinse: not confirmed in time');
  });

  it('shows the reason: the machine’s text, or why nothing was sent', () => {
    const book = new Running().starts([drink], [1]).becomes(1, 'failed', 'drinkRefused');
    expect(lineWords(en, book.run(), book.line(1))).toMatch(/^failed: .{10}/);
    book.starts([rinse], [3]).becomes(3, 'cancelled', 'cancelled');
    expect(lineWords(en, book.run(2), book.line(3))).toBe('withdrawn before it was sent');
    book.refusing.set(2, { code: 'commandNotPossible', params: { name: 'rinse', why: 'doorOpen' } });
    book.starts([rinse], [2]);
    expect(lineWords(en, book.run(3), book.line(2))).toBe('not sent: The door is open.');
    expect(lineWords(en, book.run(1), { ...book.line(1), steps: [], state: 'waiting' })).toBe('');
  });
});

it('a question in one language is shown in that language everywhere', () => {
  const asks = (question: OwnText, language: 'en' | 'zh-CN'): string =>
    doesWords(wordsOf(language), { do: 'ask', question });
  expect(asks({ zh: '空了？' }, 'en')).toBe('空了？');
  expect(asks({ en: 'Empty?' }, 'zh-CN')).toBe('Empty?');
  expect(asks({ en: 'Empty?', zh: '空了？' }, 'zh-CN')).toBe('空了？');
});

describe.each(['en', 'zh-CN'] as const)('%s', (language) => {
  it.each(stepOutcomes)('%s has a complete text', (outcome) => {
    const said = outcomeWords(wordsOf(language), rinse, {
      at: 1,
      endedAt: 2,
      outcome,
      command: 1,
      last: null,
      error: null,
      until: null,
    });
    expect(said).not.toMatch(/\{\{|work\.|undefined/);
  });
});
