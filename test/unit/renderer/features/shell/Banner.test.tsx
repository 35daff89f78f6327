/** The words of the banners about lost, copied and damaged data, in both languages. */
import { MantineProvider } from '@mantine/core';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { afterEach, expect, it } from 'vitest';
import type { Run } from '#shared/model/run';
import { CopiedBanner } from '../../../../../src/renderer/src/features/shell/CopiedBanner';
import { FileDamageBanner } from '../../../../../src/renderer/src/features/shell/FileDamageBanner';
import { JournalBanner } from '../../../../../src/renderer/src/features/shell/JournalBanner';
import { useCrema } from '../../../../../src/renderer/src/store';
import { i18n, startTexts, type Language } from '../../../../../src/renderer/src/text';
import { WordsProvider } from '../../../../../src/renderer/src/text/useWords';

type State = ReturnType<typeof useCrema.getState>;
const initial = useCrema.getInitialState();
const before = { ...initial };
afterEach(() => void Object.assign(initial, before));

/** The text of a banner. A page that is rendered as text reads the store's first state. */
function drawn(banner: ReactElement, language: Language, state: Partial<State>): string {
  Object.assign(initial, state);
  if (!i18n.isInitialized) startTexts(language);
  const own = i18n.cloneInstance({ lng: language });
  return renderToStaticMarkup(
    <MantineProvider>
      <I18nextProvider i18n={own}>
        <WordsProvider ownErrors={{}} currencies={{ ofAll: 'CNY', own: {} }}>
          {banner}
        </WordsProvider>
      </I18nextProvider>
    </MantineProvider>,
  )
    .replace(/<style.*?<\/style>/g, '')
    .replace(/<[^>]*>/g, '|');
}

it.each([
  [
    'en',
    'moved',
    'The data folder was moved while Crema was running. Earlier records are in /old/journal.sqlite',
  ],
  ['en', 'deleted', 'The data folder was deleted or moved to another disk while Crema was running.'],
  ['zh-CN', 'moved', 'Crema 运行期间，数据目录被移走。此前的记录在 /old/journal.sqlite，已新建记录文件。'],
  [
    'zh-CN',
    'deleted',
    'Crema 运行期间，数据目录被删除或移到了其他磁盘。已在 /old/journal.sqlite 新建记录文件。',
  ],
] as const)('%s: a data folder that was %s is reported with its file', (language, why, text) => {
  const journal = { status: 'open', aside: { file: '/old/journal.sqlite', why } } as const;
  expect(drawn(<JournalBanner />, language, { journal })).toContain(text);
});

const salvage = {
  share: 0.376,
  isOver: false,
  saved: 1_200,
  lost: 0,
  lostFrom: null,
  lostTo: null,
  lostRows: {},
};
const damaged = { file: '/data/journal.damaged-1.sqlite', why: 'damaged' } as const;

it.each([
  ['en', 'Earlier records are being restored: 37 %.', '1,200 records were restored.'],
  ['zh-CN', '正在恢复原有记录：37%。', '已恢复1,200条记录。'],
] as const)('%s: a recovery shows how far it is, then its result', (language, progress, result) => {
  const at = (some: Partial<typeof salvage>, aside: typeof damaged | null = damaged): string =>
    drawn(<JournalBanner />, language, {
      journal: { status: 'open', aside, salvage: { ...salvage, ...some } },
    });
  expect(at({})).toContain(progress);
  expect(at({})).toContain(damaged.file);
  expect(at({})).not.toContain(result);
  // After another start nothing is set aside any more.
  expect(at({}, null)).toContain(progress);
  expect(at({ share: 0 })).toMatch(/\D0 ?%/);
  // Only the end itself is shown as the end.
  expect(at({ share: 0.999 })).toMatch(/99 ?%/);
  expect(at({ share: 1, isOver: true })).toContain(result);
  expect(at({ share: 1, isOver: true })).not.toMatch(/\d ?%/);
});

it.each([
  ['en', 'This data folder was copied or moved, so 2 rollouts are paused.', 'Continue here', 'Leave paused'],
  ['zh-CN', '此数据目录是副本或已移动，2个批量升级已暂停。', '在本机继续', '保持暂停'],
] as const)('%s: a copied data folder asks about its paused rollouts', (language, ...texts) => {
  const run = { paused: 'copied' } as Run;
  const openRuns = new Map([1, 2, 3].map((id) => [id, { ...run, id, paused: id === 3 ? null : run.paused }]));
  for (const text of texts) expect(drawn(<CopiedBanner />, language, { openRuns })).toContain(text);
  expect(drawn(<CopiedBanner />, language, { openRuns: new Map() })).not.toMatch(/[^|\s]/);
});

it.each([
  ['en', 'Files missing from the list were added again: packages/a.zip.', 'Can’t be read: photos (EIO).'],
  ['zh-CN', '以下文件不在列表中，现已重新加入：packages/a.zip。', 'photos'],
] as const)('%s: damaged files are named with the consequence', (language, ...texts) => {
  const fileDamage = [
    { what: 'foundAgain', file: 'packages/a.zip', detail: '' },
    { what: 'unread', file: 'photos', detail: 'EIO' },
  ] as const;
  for (const text of texts) expect(drawn(<FileDamageBanner />, language, { fileDamage })).toContain(text);
});
