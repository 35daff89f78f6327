/** The permission for support's commands: how long it can be, until when it is, and its end. */
import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { expect, it } from 'vitest';
import { SiteAllowed } from '../../../../../../src/renderer/src/features/settings/sites/SiteAllowed';
import { i18n, startTexts } from '../../../../../../src/renderer/src/text';
import { WordsProvider } from '../../../../../../src/renderer/src/text/useWords';
import { site } from '../../../../../builders/siteRows';

function drawn(allowedUntil: number | null): { readonly says: string; readonly buttons: readonly string[] } {
  if (!i18n.isInitialized) startTexts('en');
  const html = renderToStaticMarkup(
    <MantineProvider>
      <I18nextProvider i18n={i18n.cloneInstance({ lng: 'en' })}>
        <WordsProvider ownErrors={{}} currencies={{ ofAll: 'CNY', own: {} }}>
          <SiteAllowed site={{ ...site('bern'), allowedUntil }} />
        </WordsProvider>
      </I18nextProvider>
    </MantineProvider>,
  );
  const textsOf = (tag: string): readonly string[] =>
    [...html.matchAll(new RegExp(`<${tag}[ >].*?</${tag}>`, 'gs'))].map(([part]) =>
      part.replace(/<[^>]*>/g, ''),
    );
  return { says: textsOf('p')[0] ?? '', buttons: textsOf('button') };
}

it('can be given for an hour, a shift or a week', () => {
  expect(drawn(null).buttons).toEqual(['Allow for 1 hour', 'Allow for 8 hours', 'Allow for 7 days']);
  expect(drawn(Date.now() - 1).buttons).toHaveLength(3);
});

it('shows its end, and can be ended', () => {
  const { says, buttons } = drawn(Date.now() + 3_600_000);
  expect(says).toMatch(/\d\d:\d\d/);
  expect(buttons).toHaveLength(4);
  expect(buttons[3]).toBe('Ask again');
});
