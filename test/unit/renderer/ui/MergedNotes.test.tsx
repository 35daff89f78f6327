/** The notes about sites whose rows are missing from a list of all sites. */
import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { describe, expect, it } from 'vitest';
import type { AppError } from '#shared/contract/errors';
import { i18n, startTexts } from '../../../../src/renderer/src/text';
import { WordsProvider } from '../../../../src/renderer/src/text/useWords';
import { mergedError, MergedNotes } from '../../../../src/renderer/src/ui/MergedNotes';

type Merged = Parameters<typeof MergedNotes>[0]['merged'];
const noJournal: AppError = { code: 'noJournal', params: {} };
const whole: Merged = {
  late: [],
  failed: [],
  unread: [],
  away: [],
  isFull: false,
  rows: [],
  again: () => undefined,
};

/** The texts of the notes, one each. */
function drawn(change: Partial<Merged>, lng: 'en' | 'zh-CN' = 'en'): readonly string[] {
  if (!i18n.isInitialized) startTexts('en');
  const html = renderToStaticMarkup(
    <MantineProvider>
      <I18nextProvider i18n={i18n.cloneInstance({ lng })}>
        <WordsProvider ownErrors={{}} currencies={{ ofAll: 'CNY', own: {} }}>
          <MergedNotes merged={{ ...whole, ...change }} />
        </WordsProvider>
      </I18nextProvider>
    </MantineProvider>,
  );
  return html
    .replace(/<style[^>]*>.*?<\/style>/gs, '')
    .split(/<[^>]*>/)
    .filter((text) => text.trim() !== '');
}
const failed = (...sites: readonly string[]): Pick<Merged, 'failed'> => ({
  failed: sites.map((site) => ({ site, error: noJournal })),
});

describe('the notes of a list of all sites', () => {
  it('are none if all sites are in it', () => {
    expect(drawn({})).toEqual([]);
  });

  it('name the sites that answer late', () => {
    const [note, another] = drawn({ late: ['Bern', 'Basel'] });
    expect(another).toBeUndefined();
    expect(note).toBe('Still being read: Bern, Basel');
    expect(drawn({ late: ['Bern', 'Basel'] }, 'zh-CN')).toHaveLength(1);
  });

  it('name each failed site with its reason, and offer to try again', () => {
    const notes = drawn(failed('Bern', 'Basel'));
    expect(notes).toHaveLength(3);
    expect(notes[0]).toMatch(/^Bern can’t be read: /);
    expect(notes[1]).toMatch(/^Basel can’t be read: /);
    expect(notes[2]).toBe('Try again');
  });

  it('name four sites at most, and count the others', () => {
    const many = ['A', 'B', 'C', 'D', 'E', 'F'];
    expect(drawn({ late: many })[0]).toBe('Still being read: A, B, C, D, 2 more');
    const notes = drawn(failed(...many));
    expect(notes).toHaveLength(6);
    expect(notes[4]).toContain('2');
    expect(notes[5]).toBe('Try again');
  });

  it('name sites without records, sites that are away, and a full list', () => {
    const at = Date.now() - 86_400_000;
    const notes = drawn({ unread: ['Chur'], away: [{ site: 'Genf', to: at }], isFull: true, rows: [1, 2] });
    expect(notes).toHaveLength(3);
    expect(notes[0]).toContain('Genf');
    expect(notes[1]).toContain('Chur');
    expect(notes[2]).toContain('2');
  });
});

describe('a list that could read nothing', () => {
  it('shows the error instead of the list, but not while rows may come', () => {
    const error = { rows: [], complete: true, ...failed('Bern') };
    expect(mergedError(error)).toEqual(noJournal);
    expect(mergedError({ ...error, complete: false })).toBeNull();
    expect(mergedError({ ...error, rows: [1] })).toBeNull();
    expect(mergedError({ ...error, failed: [] })).toBeNull();
  });
});
