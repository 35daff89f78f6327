import { describe, expect, it } from 'vitest';
import { settingWords } from '../../../../src/renderer/src/text/settingWords';
import { wordsOf } from '../../../builders/wordsOf';

describe.each(['en', 'zh-CN'] as const)('a setting in words, %s', (language) => {
  const words = wordsOf(language);

  it('has a title and a label for each value, with its parameters', () => {
    const { title, value, placeholder } = settingWords(words, 'setting.language', { name: 'English' });
    expect(title).toBe(words.t('setting.language.title'));
    expect(value('system')).toContain('English');
    expect(placeholder).toBeNull();
    expect(settingWords(words, 'machineSetting.name').placeholder).toBeTruthy();
  });

  it('has the note of its value first, then current notes, then its own; or none', () => {
    const policy = settingWords(words, 'machineSetting.signPolicy');
    expect(policy.notes(null, ['now'])).toEqual([words.t('machineSetting.signPolicy.valueNote.auto'), 'now']);
    const platform = settingWords(words, 'machineSetting.platform');
    expect(platform.notes('linux', ['seen'])).toEqual(['seen', words.t('machineSetting.platform.note')]);
    expect(settingWords(words, 'setting.theme').notes('dark', [])).toEqual([]);
  });

  it('never uses typed text as a text key', () => {
    const template = settingWords(words, 'machineSetting.qrTemplate');
    expect(template.notes('https://pay.example/{order}', [])).toEqual([
      words.t('machineSetting.qrTemplate.note'),
    ]);
  });

  it('asks before a harmful value', () => {
    const { question, yes } = settingWords(words, 'machineSetting.signPolicy').ask('enforce');
    expect(question).toContain('Linux');
    expect(yes).toBe(words.t('machineSetting.signPolicy.yes.enforce'));
  });
});
