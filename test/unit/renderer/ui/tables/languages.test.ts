import { expect, it } from 'vitest';
import type { FetchedTable } from '#shared/model/fetched';
import { inOneLanguage, languagesOf } from '../../../../../src/renderer/src/ui/tables/languages';

const table: FetchedTable = {
  title: 'a.product',
  columns: ['productId', 'names.en', 'names.zh', 'note_en', 'note_zh-CN', 'sold.at'],
  rows: [['15', 'Latte', '拿铁', 'hot', '热', '9']],
};

it('detects languages from columns with several translations', () => {
  expect(languagesOf([table])).toEqual(['en', 'zh', 'zh-CN']);
  expect(languagesOf([{ ...table, columns: ['productId', 'name.en', 'sold.at'] }])).toEqual([]);
});

it('shows one language, and all columns without a language', () => {
  expect(inOneLanguage(table, 'zh')).toEqual({
    title: 'a.product',
    columns: ['productId', 'names.zh', 'sold.at'],
    rows: [['15', '拿铁', '9']],
  });
  expect(inOneLanguage(table, null)).toBe(table);
});
