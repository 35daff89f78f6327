import { ActionIcon, UnstyledButton } from '@mantine/core';
import { IconAntenna, IconBuilding, IconFile, IconTable, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { Capture } from '#shared/model/capture';
import { closeCapture, showAllSites, showCapture, showLive } from '../../bridge/source';
import { useCrema } from '../../store';
import { readSites, tabsOf } from '../../store/sites';
import { captureFacts, captureProgress } from '../../text/captureWords';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { ErrorNote } from '../../ui/ErrorNote';
import { ariaKey, isKey, withKey } from '../../ui/keys';
import { SitesMenu } from './SitesMenu';
import classes from './SourceTabs.module.css';

/** Tabs for live, the opened captures and sites, and the menu of all sites. Shown if there is one of them. */
export function SourceTabs() {
  const { t } = useWords();
  const source = useCrema((s) => s.source);
  const captures = useCrema((s) => s.captures);
  const openSites = useCrema((s) => s.openSites);
  const allSites = useCrema((s) => s.allSites);
  const hasSites = useCrema((s) => readSites(s).length > 0);
  const tabs = tabsOf({ captures, openSites, source });
  const [error, setError] = useState<AppError | null>(null);
  const live = useRef<HTMLButtonElement>(null);
  if (tabs.length === 0 && !hasSites) return null;
  const isLive = source === null && !allSites;
  /** After a close, the focus moves to the neighbouring tab, or to the newly shown one. */
  const close = (id: number, tab: Element | null): void => {
    const beside = id === source ? null : (tab?.nextElementSibling ?? tab?.previousElementSibling);
    (beside?.querySelector<HTMLElement>('button') ?? live.current)?.focus();
    void closeCapture(id).then(setError);
  };
  return (
    <nav className={classes['tabs']} aria-label={t(hasSites ? 'sites.tabs' : 'capture.tabs')}>
      <ul>
        <li className={classes['tab']} data-shown={isLive || undefined}>
          <UnstyledButton
            ref={live}
            className={classes['name']}
            aria-current={isLive}
            onClick={() => void showLive().then(setError)}
          >
            <IconAntenna size={14} aria-hidden /> <span>{t(hasSites ? 'sites.live' : 'capture.live')}</span>
          </UnstyledButton>
        </li>
        {allSites && (
          <li className={classes['tab']} data-shown>
            <UnstyledButton
              className={classes['name']}
              aria-current
              onClick={() => void showAllSites().then(setError)}
            >
              <IconTable size={14} aria-hidden /> <span>{t('sites.all.title')}</span>
            </UnstyledButton>
          </li>
        )}
        {tabs.map((capture) => (
          <Boundary key={capture.id} as="item" where={`tab of capture ${capture.id}`} of={capture}>
            <Tab
              capture={capture}
              shown={capture.id === source}
              onShow={() => void showCapture(capture.id).then(setError)}
              onClose={(tab) => close(capture.id, tab)}
            />
          </Boundary>
        ))}
      </ul>
      {hasSites && <SitesMenu onError={setError} />}
      <ErrorNote error={error} />
    </nav>
  );
}

interface TabProps {
  readonly capture: Capture;
  readonly shown: boolean;
  readonly onShow: () => void;
  readonly onClose: (tab: Element | null) => void;
}
function Tab({ capture, shown, onShow, onClose }: TabProps) {
  const words = useWords();
  const { fileName } = capture;
  const job = useCrema(({ jobs }) => jobs.find(({ id }) => id === capture.id) ?? null);
  const progress = captureProgress(words, capture, job);
  const isFile = capture.site === null;
  const close = isFile
    ? words.t('capture.close', { file: fileName })
    : words.t('sites.hide', { site: fileName });
  const Icon = isFile ? IconFile : IconBuilding;
  const tab = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (shown) tab.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [shown]);
  return (
    <li
      ref={tab}
      className={classes['tab']}
      data-shown={shown || undefined}
      onAuxClick={(event) => event.button === 1 && onClose(tab.current)}
    >
      <UnstyledButton
        className={classes['name']}
        aria-current={shown}
        title={`${fileName}\n${captureFacts(words, capture)}`}
        onClick={onShow}
        aria-keyshortcuts={ariaKey('closeCapture')}
        onKeyDown={(event) => isKey('closeCapture', event) && onClose(tab.current)}
      >
        <Icon size={14} aria-hidden /> <span>{fileName}</span>
        {progress !== null && <small className="dim tabular">{progress}</small>}
      </UnstyledButton>
      <ActionIcon
        className={classes['close'] ?? ''}
        size="xs"
        aria-label={close}
        title={withKey(words.t, close, 'closeCapture')}
        onClick={() => onClose(tab.current)}
      >
        <IconX size={12} aria-hidden />
      </ActionIcon>
    </li>
  );
}
