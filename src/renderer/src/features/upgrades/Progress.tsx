import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useCommands } from '../../bridge/commands';
import { useCrema } from '../../store';
import { isUpgrade, packageTransfer } from '../../store/upgrades';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { ErrorNote } from '../../ui/ErrorNote';
import { Panel } from '../../ui/Panel';
import { ProgressLine } from './ProgressLine';
import { RateNote } from './RateNote';
import classes from './Progress.module.css';
import screen from './Upgrades.module.css';

/** Every machine that was sent a package, newest first, until its login proves that it runs it. */
export function Progress() {
  const { t } = useWords();
  const { rows, begun, complete, error, more } = useCommands(null);
  const transfers = useCrema((s) => s.transfers);
  const upgrades = useMemo(() => rows.filter(isUpgrade), [rows]);
  return (
    <Panel title={t('upgrades.progress')}>
      <div className={screen['stack']}>
        <RateNote />
        {error !== null && <p>{t('upgrades.progressUnreadable')}</p>}
        <ErrorNote error={error} />
        {begun && upgrades.length === 0 && <p className="dim">{t('upgrades.progressNone')}</p>}
        {upgrades.length > 0 && (
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
        )}
        {begun && !complete && (
          <div>
            <Button variant="default" size="compact-xs" onClick={more}>
              {t('upgrades.older')}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}
