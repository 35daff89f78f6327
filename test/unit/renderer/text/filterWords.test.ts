import { describe, expect, it } from 'vitest';
import { complete } from '#shared/filter/language/complete';
import { filterErrorCodes } from '#shared/filter/language/errors';
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

  it('has a sentence for every mistake, with nothing left open', () => {
    for (const code of filterErrorCodes) {
      const text = filterError(words, { code, at: 0, length: 0, params });
      expect(text, code).not.toMatch(/\{\{|filter\./);
      expect(text.length, code).toBeGreaterThan(3);
    }
  });

  it('says of all it offers what it is', () => {
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
