/** The search over all settings. */
import { expect, it } from 'vitest';
import { startTexts } from '#text/index';
import { hasTexts } from '#text/settingWords';

it('finds a setting by its name, values and explanation, in both languages and by pinyin', () => {
  startTexts('en');
  const keys = ['setting.rateInAll'];
  for (const typed of ['download', 'MB/s', 'heartbeats bandwidth', '下载', 'xiazai'])
    expect([typed, hasTexts(keys, typed)]).toEqual([typed, true]);
  expect(hasTexts(keys, 'quiet hours')).toBe(false);
  expect(hasTexts(['setting.quietHours', ...keys], 'quiet hours')).toBe(true);
  expect(hasTexts(['setting.noSuch'], 'download')).toBe(false);
});
