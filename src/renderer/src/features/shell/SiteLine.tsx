import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import { showCapture, showLive } from '../../bridge/source';
import { useCrema } from '../../store';
import { siteJournals } from '../../store/sites';
import { shownCapture } from '../../store/source';
import { isAway } from '#shared/model/sites';
import { asOfWords, troubleWords } from '../../text/siteWords';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { LiveRegion } from '../../ui/LiveRegion';
import { StateShape } from '../../ui/StateShape';
import classes from './SiteLine.module.css';

/** The real time, each second: the window's clock stands at the site's newest entry. */
function useRealTime(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** While a site is shown: its name, that it is read-only, and how old the data is. */
export function SiteLine() {
  const capture = useCrema(shownCapture);
  const allSites = useCrema((s) => s.allSites);
  if (allSites) return <AllLine />;
  return (capture?.site ?? null) === null ? null : <OneLine />;
}

function AllLine() {
  const { t } = useWords();
  const ofRows = useCrema(({ route: { screen } }) => screen === 'inspector' || screen === 'orders');
  return (
    <div className={classes['line']}>
      <span>{t(ofRows ? 'sites.all.shownRows' : 'sites.all.shown')}</span>
      <GoButton label={t('sites.live')} go={showLive} />
    </div>
  );
}

function OneLine() {
  const words = useWords();
  const { t } = words;
  const now = useRealTime();
  const capture = useCrema(shownCapture);
  const site = useCrema(({ sites }) => sites.sites.find(({ id }) => id === capture?.site?.site) ?? null);
  const newest = useCrema(
    (state) => siteJournals(state).find((one) => one.site.id === capture?.site?.site)?.newest?.id ?? null,
  );
  if (capture === null) return null;
  const shown = t('sites.shown', { site: capture.fileName });
  const isOld = capture.site?.isNewest === false;
  const heardAt = site?.progress.heardAt ?? null;
  const away = capture.to !== null && isAway(capture.to, heardAt, now);
  const trouble = site?.progress.status === 'waiting' ? site.progress.trouble : null;
  const why = trouble === null ? null : troubleWords(words, trouble);
  return (
    <div className={classes['line']} data-away={away || undefined}>
      {(away || why !== null) && <StateShape status="warning" decorative />}
      <span className="tabular">
        <strong>{shown}</strong> {asOfWords(words, { to: capture.to, heardAt }, now)}{' '}
        {isOld && t('sites.olderShown')} {why}
      </span>
      <LiveRegion>{[shown, why ?? ''].join(' ')}</LiveRegion>
      {isOld && newest !== null && <GoButton label={t('sites.toNewest')} go={() => showCapture(newest)} />}
      <GoButton label={t('sites.live')} go={showLive} />
    </div>
  );
}

interface GoButtonProps {
  readonly label: string;
  readonly go: () => Promise<AppError | null>;
}
function GoButton({ label, go }: GoButtonProps) {
  const [error, setError] = useState<AppError | null>(null);
  return (
    <>
      <ErrorNote error={error} />
      <Button size="compact-sm" variant="default" onClick={() => void go().then(setError)}>
        {label}
      </Button>
    </>
  );
}
