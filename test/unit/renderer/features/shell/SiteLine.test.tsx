/** The line above the records of another site. */
import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { afterEach, expect, it } from 'vitest';
import { SiteLine } from '../../../../../src/renderer/src/features/shell/SiteLine';
import { useCrema } from '../../../../../src/renderer/src/store';
import { i18n, startTexts } from '../../../../../src/renderer/src/text';
import { WordsProvider } from '../../../../../src/renderer/src/text/useWords';
import { site, siteJournal } from '../../../../builders/siteRows';

const initial = useCrema.getInitialState();
const before = { ...initial };
afterEach(() => void Object.assign(initial, before));

/** The text of the line while this journal of the site is shown. */
function drawn(source: number): string {
  const older = siteJournal(3, 'bern', { to: 200, site: { site: 'bern', isNewest: false, commands: 0 } });
  Object.assign(initial, {
    captures: [siteJournal(2, 'bern', { to: 300 }), older],
    sites: { problem: null, asks: [], sites: [site('bern')] },
    source,
  });
  if (!i18n.isInitialized) startTexts('en');
  return renderToStaticMarkup(
    <MantineProvider>
      <I18nextProvider i18n={i18n.cloneInstance({ lng: 'en' })}>
        <WordsProvider ownErrors={{}} currencies={{ ofAll: 'CNY', own: {} }}>
          <SiteLine />
        </WordsProvider>
      </I18nextProvider>
    </MantineProvider>,
  ).replace(/<[^>]*>/g, '|');
}

// A site with a new data folder begins another journal, and the opened tab stays on the earlier one.
it('leads from earlier records of a site to its newest', () => {
  expect(drawn(3)).toContain('Show newest records');
  expect(drawn(2)).toContain('Site bern.');
  expect(drawn(2)).not.toContain('Show newest records');
});
