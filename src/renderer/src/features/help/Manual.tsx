import { useEffect, useRef } from 'react';
import { isManualPage, manual, manualChapters, manualPages, type ManualPage } from '#shared/manual';
import { navigate } from '../../store/navigate';
import { formatRoute, parseRoute, type Route } from '../../store/route';
import { useWords } from '../../text/useWords';
import { EmptyNote } from '../../ui/EmptyNote';
import { Markdown, type MarkdownParts } from './Markdown';
import type { ManualTexts } from './useManual';
import classes from './Manual.module.css';

const placeOf = (page: ManualPage): Route => ({ screen: 'help', topic: 'manual', item: page });

interface ManualProps {
  readonly page: string | null;
  readonly texts: ManualTexts;
}

/** A page of the manual; without one, the contents. */
export function Manual({ page, texts }: ManualProps) {
  const { t } = useWords();
  if (page === null) return <Contents texts={texts} />;
  if (!isManualPage(page)) return <EmptyNote title={t('help.manual.missing')} />;
  return <Page key={page} page={page} texts={texts} />;
}

function Contents({ texts }: Pick<ManualProps, 'texts'>) {
  const { t } = useWords();
  return (
    <section aria-labelledby="help-topic">
      <h2 id="help-topic">{t('help.topic.manual')}</h2>
      <p className="dim">{t('help.lead.manual')}</p>
      <div className={classes['contents']}>
        {manualChapters.map((chapter) => (
          <section key={chapter} aria-labelledby={`chapter-${chapter}`}>
            <h3 id={`chapter-${chapter}`}>{t(`help.manual.chapter.${chapter}`)}</h3>
            <ul>
              {manual[chapter].map((page) => (
                <li key={page}>
                  <a href={formatRoute(placeOf(page))}>{texts.title(page)}</a>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  );
}

function Page({ page, texts }: { readonly page: ManualPage; readonly texts: ManualTexts }) {
  const { t } = useWords();
  const place = useRef<HTMLElement>(null);
  // A page begins at its top, and the keyboard continues from there.
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'start' });
    place.current?.focus({ preventScroll: true });
  }, []);
  const at = manualPages.indexOf(page);
  const [before, after] = [manualPages[at - 1], manualPages[at + 1]];
  return (
    <article ref={place} className={classes['page']} tabIndex={-1}>
      <nav aria-label={t('help.manual.way')}>
        <a href={formatRoute({ screen: 'help', topic: 'manual', item: null })}>{t('help.topic.manual')}</a>
      </nav>
      <Markdown text={texts.text(page)} top={2} link={linkOf} picture={texts.picture} />
      <nav className={classes['turn']} aria-label={t('help.manual.turn')}>
        {before === undefined ? <span /> : <a href={formatRoute(placeOf(before))}>← {texts.title(before)}</a>}
        {after !== undefined && <a href={formatRoute(placeOf(after))}>{texts.title(after)} →</a>}
      </nav>
    </article>
  );
}

/** `page.md` is another page of the manual, `#/screen` a place in the window. */
const linkOf: MarkdownParts['link'] = (target) => {
  const page = /^([a-z-]+)\.md$/.exec(target)?.[1];
  const route = page !== undefined && isManualPage(page) ? placeOf(page) : parseRoute(target);
  return route === null ? null : { href: formatRoute(route), go: () => navigate(route) };
};
