import { describe, expect, it } from 'vitest';
import { complete } from '#shared/filter/language/complete';
import { filterErrorCodes } from '#shared/filter/language/errors';
import { findField, findWord } from '#shared/filter/language/fields';
import { machineVocabulary } from '#shared/filter/language/machineFields';
import { en } from '../../../../src/renderer/src/locales/en';
import type { Shape } from '../../../../src/renderer/src/locales/shape';
import { zhCN } from '../../../../src/renderer/src/locales/zh-CN';
import { filterError, filterHint } from '../../../../src/renderer/src/text/filterWords';
import { wordsOf } from '../../../builders/wordsOf';

const params = {
  max: 50,
  word: 'OR',
  op: '>',
  field: 'siz',
  suggestion: 'size',
  example: 'body.Amount',
  value: 'x',
  allowed: 'in, out',
  from: '2',
  to: '1',
  part: '(?<',
  written: '|',
  ours: 'OR',
};
const context = {
  commands: ['hb', 'error'],
  machines: [{ vmcNo: 33232, name: 'Lobby' }],
  members: ['Amount'],
  saved: [{ name: 'Mine', text: 'cmd:error' }],
};

describe.each(['en', 'zh-CN'] as const)('the filter box in %s', (language) => {
  const words = wordsOf(language);

  it('has a complete sentence for every mistake', () => {
    for (const code of filterErrorCodes) {
      const text = filterError(words, { code, at: 0, length: 0, params });
      expect(text, code).not.toMatch(/\{\{|filter\./);
      expect(text.length, code).toBeGreaterThan(3);
    }
  });

  it('describes every completion item', () => {
    const starts = [
      '',
      'a ',
      'siz',
      'cmd:',
      'dir:',
      'head:',
      'kind:',
      'finding:',
      'code:',
      'time>=',
      'fold:',
    ];
    for (const text of [
      ...starts,
      'severity:',
      'body.status:',
      'body.ret:',
      'vmc:',
      'body.',
      'size',
      'mi',
      'mark:',
    ]) {
      for (const item of complete(text, text.length, context).items) {
        const hint = filterHint(words, item.hint);
        if (item.hint.of === 'machine' || item.hint.of === 'command') continue;
        expect(hint, `${text} ${item.label}`).toBeTruthy();
        expect(hint, `${text} ${item.label}`).not.toMatch(/filter\.|field\./);
      }
    }
  });
});

/** Texts of fixed values in lists, and the filter's value for each. */
const shown = (locale: Shape<typeof en>) =>
  ({
    state: [
      machineVocabulary.find('state'),
      Object.entries(locale.state).map(([status, word]) => [status === 'doorOpen' ? 'door' : status, word]),
    ],
    kind: [findField('kind'), Object.entries(locale.frames.kind)],
    dir: [
      findField('dir'),
      [
        ['in', locale.frames.in],
        ['out', locale.frames.out],
      ],
    ],
    finding: [findField('finding'), Object.entries(locale.frames.severity)],
    severity: [findField('severity'), Object.entries(locale.machine.severity)],
  }) as const;

it.each([
  ['en', en],
  ['zh-CN', zhCN],
] as const)('a filter accepts the texts shown in %s', (_, locale) => {
  for (const [name, [field, words]] of Object.entries(shown(locale))) {
    if (field === null) throw new Error(`no field ${name}`);
    for (const [value, word] of words) expect(findWord(field, word), `${name}: ${word}`).toBe(value);
  }
});

it('a warning has the same Chinese text for machines, errors and filters', () => {
  const { state, machine, filter } = zhCN;
  expect(new Set([state.warning, machine.severity.warning, filter.value.warning])).toEqual(new Set(['预警']));
});
