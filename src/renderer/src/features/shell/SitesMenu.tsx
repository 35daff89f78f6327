import { Button, CloseButton, Popover, TextInput, UnstyledButton } from '@mantine/core';
import { IconBuilding, IconChevronDown, IconSearch, IconTable } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import type { AppError } from '#shared/contract/errors';
import { showAllSites, showCapture } from '../../bridge/source';
import { useCrema } from '../../store';
import { siteJournals, type SiteJournals } from '../../store/sites';
import { journalFacts, olderWords, siteShape } from '../../text/siteWords';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { StateShape } from '../../ui/StateShape';
import classes from './SitesMenu.module.css';

interface SitesMenuProps {
  readonly onError: (error: AppError | null) => void;
}

/** All read sites. Choosing one opens its tab. */
export function SitesMenu({ onError }: SitesMenuProps) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const go = (show: Promise<AppError | null>): void => {
    setOpen(false);
    void show.then(onError);
  };
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-end"
      width={380}
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button
          className={classes['button'] ?? ''}
          size="compact-sm"
          variant="default"
          leftSection={<IconBuilding size={14} aria-hidden />}
          rightSection={<IconChevronDown size={12} aria-hidden />}
          onClick={() => setOpen(!isOpen)}
        >
          {t('sites.menu.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('sites.menu.button')}>
        <Choices onAll={() => go(showAllSites())} onChoose={(id) => go(showCapture(id))} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** Arrow keys move between the lines, and from the search to the first. */
function onArrow(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-site-line]:not(:disabled)')];
  const at = lines.findIndex((line) => line === document.activeElement);
  lines[Math.max(0, Math.min(lines.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)))]?.focus();
  event.preventDefault();
}

interface ChoicesProps {
  readonly onAll: () => void;
  readonly onChoose: (id: number) => void;
}
function Choices({ onAll, onChoose }: ChoicesProps) {
  const { t } = useWords();
  const [query, setQuery] = useState('');
  // Only to distinguish today from earlier days.
  const [now] = useState(Date.now);
  const search = useRef<HTMLInputElement>(null);
  const sites = useCrema((s) => s.sites);
  const captures = useCrema((s) => s.captures);
  const needle = query.trim().toLowerCase();
  const found = siteJournals({ sites, captures }).filter(({ site }) =>
    site.name.toLowerCase().includes(needle),
  );
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={classes['choices']} onKeyDown={onArrow}>
      <TextInput
        ref={search}
        data-autofocus
        aria-label={t('sites.menu.search')}
        placeholder={t('sites.menu.search')}
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={
          query === '' ? null : (
            <CloseButton
              size="xs"
              aria-label={t('sites.menu.clear')}
              onClick={() => {
                setQuery('');
                search.current?.focus();
              }}
            />
          )
        }
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          const first = found.find(({ newest }) => newest !== null)?.newest ?? null;
          if (event.key !== 'Enter' || needle === '' || first === null) return;
          event.preventDefault();
          onChoose(first.id);
        }}
      />
      <ul aria-label={t('sites.menu.list')}>
        {needle === '' && (
          <li>
            <UnstyledButton data-site-line className={classes['site']} onClick={onAll}>
              <IconTable size={14} aria-hidden />
              <span>
                <strong>{t('sites.all.title')}</strong>
              </span>
            </UnstyledButton>
          </li>
        )}
        {found.map((one) => (
          <Boundary key={one.site.id} as="item" where={`site ${one.site.name}`} of={one}>
            <SiteChoice {...one} now={now} onChoose={onChoose} />
          </Boundary>
        ))}
      </ul>
      {found.length === 0 && (
        <p className="dim" role="status">
          {t('sites.menu.nothing')}
        </p>
      )}
    </div>
  );
}

interface SiteChoiceProps extends SiteJournals, Pick<ChoicesProps, 'onChoose'> {
  readonly now: number;
}
function SiteChoice({ site, newest, older, now, onChoose }: SiteChoiceProps) {
  const words = useWords();
  return (
    <li>
      <UnstyledButton
        data-site-line
        className={classes['site']}
        disabled={newest === null}
        onClick={() => newest !== null && onChoose(newest.id)}
      >
        <StateShape status={siteShape(site, now)} decorative />
        <span>
          <strong>{site.name}</strong>
          <span className="dim tabular">{journalFacts(words, site, newest, now)}</span>
        </span>
      </UnstyledButton>
      {older.map((one) => (
        <UnstyledButton
          key={one.id}
          data-site-line
          className={classes['older']}
          onClick={() => onChoose(one.id)}
        >
          {olderWords(words, one)}
        </UnstyledButton>
      ))}
    </li>
  );
}
