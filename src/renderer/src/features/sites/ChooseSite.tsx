import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import { showCapture, showLive } from '../../bridge/source';
import { useCrema } from '../../store';
import { siteJournals } from '../../store/sites';
import { useWords } from '../../text/useWords';
import { EmptyNote } from '../../ui/EmptyNote';
import { ErrorNote } from '../../ui/ErrorNote';
import classes from './AllSites.module.css';

/** A screen that is not offered for all sites together: one is chosen. */
export function ChooseSite({ screen }: { readonly screen: 'inspector' | 'orders' }) {
  const { t } = useWords();
  const sites = useCrema((s) => s.sites);
  const captures = useCrema((s) => s.captures);
  const [error, setError] = useState<AppError | null>(null);
  const journals = useMemo(() => siteJournals({ sites, captures }), [sites, captures]);
  return (
    <EmptyNote title={t(`sites.all.choose.${screen}`)}>
      <ul className={classes['choices']} aria-label={t('sites.menu.list')}>
        <li>
          <Button variant="default" onClick={() => void showLive({ screen }).then(setError)}>
            {t('sites.live')}
          </Button>
        </li>
        {journals.map(({ site, newest }) => (
          <li key={site.id}>
            <Button
              variant="default"
              disabled={newest === null}
              onClick={() => newest !== null && void showCapture(newest.id, { screen }).then(setError)}
            >
              {site.name}
            </Button>
          </li>
        ))}
      </ul>
      <ErrorNote error={error} />
    </EmptyNote>
  );
}
