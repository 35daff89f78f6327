import { Checkbox } from '@mantine/core';
import { memo } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { MachineRow } from '#shared/model/machine';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { StateShape } from '../../ui/StateShape';
import classes from './Send.module.css';

interface TargetLineProps {
  readonly row: MachineRow;
  /** The package's version. */
  readonly runsAlready: boolean;
  readonly upgrading: boolean;
  readonly checked: boolean;
  readonly error: AppError | null;
  readonly onCheck: (on: boolean) => void;
}

/** One machine that the package fits, with its version and whether it is connected. */
export const TargetLine = memo(function TargetLine(props: TargetLineProps) {
  const { row, runsAlready, upgrading, checked, error, onCheck } = props;
  const { t } = useWords();
  const status = useCrema((s) => s.list.statuses.get(row.vmcNo) ?? 'offline');
  return (
    <li>
      <label className={classes['target']} data-upgrading={upgrading || undefined}>
        <Checkbox
          size="xs"
          aria-label={t('upgrades.select', { vmcNo: row.vmcNo })}
          checked={checked}
          // Not `disabled`: a long list of those could not be scrolled from the keyboard.
          aria-disabled={upgrading || undefined}
          onChange={(event) => !upgrading && onCheck(event.currentTarget.checked)}
        />
        <span className="tabular">{row.vmcNo}</span>
        <span className={classes['targetName']}>{row.name}</span>
        <span className={classes['targetVersion']}>
          {row.version ?? <span className="dim">{t('upgrades.versionUnknown')}</span>}
          {runsAlready && <span className="dim"> · {t('upgrades.runsAlready')}</span>}
        </span>
        <span className={classes['targetState']}>
          <StateShape status={upgrading ? 'restarting' : status} size={12} decorative />{' '}
          {upgrading ? t('upgrades.upgrading') : t(`state.${status}`)}
        </span>
      </label>
      <ErrorNote error={error} />
    </li>
  );
});
