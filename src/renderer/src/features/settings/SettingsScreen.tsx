import { useDeferredValue, useRef, useState } from 'react';
import { useCrema } from '../../store';
import { formatRoute, settingPages, type SettingPage } from '../../store/route';
import { useRemembered } from '../../store/remembered';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { EmptyNote } from '../../ui/EmptyNote';
import { SearchField } from '../../ui/SearchField';
import { usePages, type SettingPart } from './pages';
import classes from './SettingsScreen.module.css';
import { hasTexts } from '../../text/settingWords';

const isPage = (value: unknown): value is SettingPage => settingPages.some((page) => page === value);

/** All settings: one page at a time, or those that a search finds. */
export function SettingsScreen() {
  const { t } = useWords();
  const route = useCrema((s) => s.route);
  const [last, setLast] = useRemembered<SettingPage>('settingsPage', 'window', isPage);
  const [typed, setTyped] = useState('');
  const searched = useDeferredValue(typed.trim());
  const pages = usePages();
  const content = useRef<HTMLDivElement>(null);
  const wanted = route.screen === 'settings' ? route.page : undefined;
  if (wanted !== undefined && wanted !== last) setLast(wanted);
  const shown = wanted ?? last;
  const found = settingPages
    .map((page) => ({
      page,
      parts:
        searched === ''
          ? pages[page].filter(() => page === shown)
          : pages[page].filter(({ keys }) => hasTexts([`settings.page.${page}`, ...keys], searched)),
    }))
    .filter(({ parts }) => parts.length > 0);
  return (
    <div className={classes['screen']}>
      <nav className={classes['side']} aria-label={t('settings.title')}>
        <h1>{t('settings.title')}</h1>
        <SearchField
          label={t('settings.search')}
          placeholder={t('settings.search')}
          clearLabel={t('settings.clearSearch')}
          value={typed}
          onChange={setTyped}
          onLeave={() => content.current?.focus()}
        />
        <ul>
          {settingPages.map((page) => (
            <li key={page}>
              <a
                href={formatRoute({ screen: 'settings', page })}
                aria-current={searched === '' && page === shown ? 'page' : undefined}
                onClick={() => setTyped('')}
              >
                {t(`settings.page.${page}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div ref={content} className={classes['content']} tabIndex={-1}>
        {found.length === 0 && (
          <EmptyNote
            title={t('settings.found', { count: 0, typed: searched })}
            text={t('settings.nothing')}
          />
        )}
        {found.map(({ page, parts }) => (
          <Page key={page} page={page} parts={parts} />
        ))}
      </div>
    </div>
  );
}

interface PageProps {
  readonly page: SettingPage;
  readonly parts: readonly SettingPart[];
}
function Page({ page, parts }: PageProps) {
  const { t } = useWords();
  const id = `settings-${page}`;
  return (
    <section className={classes['page']} aria-labelledby={id}>
      <h2 id={id}>{t(`settings.page.${page}`)}</h2>
      {parts.map(({ name, draw }) => (
        <Boundary key={name} where={`setting ${name}`}>
          {draw()}
        </Boundary>
      ))}
    </section>
  );
}
