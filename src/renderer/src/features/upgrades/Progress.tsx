import { useMemo } from 'react';
import { useCommands } from '../../bridge/commands';
import { useCrema, wantSetting } from '../../store';
import { isUpgrade, packageTransfer } from '../../store/upgrades';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { formatRoute } from '../../store/route';
import { PagedPanel } from './PagedPanel';
import { ProgressLine } from './ProgressLine';
import classes from './Progress.module.css';

/** Machines with a sent package, newest first, until a login proves the version. */
export function Progress() {
  const { t } = useWords();
  const pages = useCommands(null);
  const { rows, error } = pages;
  const transfers = useCrema((s) => s.transfers);
  const upgrades = useMemo(() => rows.filter(isUpgrade), [rows]);
  return (
    <PagedPanel
      title={t('upgrades.progress')}
      pages={pages}
      none={t('upgrades.progressNone')}
      isEmpty={upgrades.length === 0}
      before={
        <>
          <RateNote />
          {error !== null && <p>{t('upgrades.progressUnreadable')}</p>}
        </>
      }
    >
      <div className={classes['progress']}>
        <div className={classes['progressColumns']} aria-hidden>
          <span />
          <span>{t('upgrades.column.machine')}</span>
          <span>{t('upgrades.column.version')}</span>
          <span>{t('upgrades.column.stage')}</span>
          <span>{t('upgrades.column.time')}</span>
          <span>{t('upgrades.column.took')}</span>
        </div>
        <ul aria-label={t('upgrades.progress')}>
          {upgrades.map((command) => (
            <Boundary key={command.id} as="item" where={`upgrade ${command.id}`} of={command}>
              <ProgressLine command={command} transfer={packageTransfer(transfers, command.id)} />
            </Boundary>
          ))}
        </ul>
      </div>
    </PagedPanel>
  );
}

/** The limit of the download rate, if any. */
function RateNote() {
  const { t } = useWords();
  const all = useCrema((s) => s.settings.rateInAll);
  const machine = useCrema((s) => s.settings.ratePerMachine);
  if (all === 'none' && machine === 'none') return null;
  const which = machine === 'none' ? 'all' : all === 'none' ? 'machine' : 'both';
  return (
    <p className="dim">
      {t(`upgrades.limits.${which}`, { all, machine })}{' '}
      <a href={formatRoute({ screen: 'settings', page: 'listen' })} onClick={() => wantSetting('rateInAll')}>
        {t('upgrades.limits.change')}
      </a>
    </p>
  );
}
