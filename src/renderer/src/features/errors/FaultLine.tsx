import { memo } from 'react';
import { severityOf } from '#shared/errors/codes';
import type { Fault } from '#shared/model/history';
import { useConfig, useCrema } from '../../store';
import { faultEnd, faultLength } from '../../text/faultWords';
import { useWords } from '../../text/useWords';
import { StateShape } from '../../ui/StateShape';
import { Ago, Ticking } from '../../ui/Ticking';
import { severityShape } from '../../ui/severity';
import classes from './Errors.module.css';

interface LineProps {
  readonly fault: Fault;
  /** Lines name their machine, because the list has all machines. */
  readonly ofAll: boolean;
}

/** One fault with its times, which update themselves. */
export const FaultLine = memo(function FaultLine({ fault, ofAll }: LineProps) {
  const words = useWords();
  const { t } = words;
  const { vmcNo, code, clearedAt } = fault;
  const platform = useCrema((s) => s.machines.get(vmcNo)?.platform ?? null);
  const goneSince = useGoneSince(vmcNo);
  const { name } = useConfig(vmcNo);
  const severity = severityOf(code, fault.isFatal, platform);
  const end = faultEnd(words, fault);
  const title = words.errorTitle(code);
  return (
    <div
      className={classes['line']}
      data-severity={severity}
      data-active={clearedAt === null || undefined}
      data-fault={fault.id}
      data-all={ofAll || undefined}
    >
      <span className={classes['severity']}>
        <StateShape status={severityShape[severity]} size={13} decorative />{' '}
        {t(`machine.severity.${severity}`)}
      </span>
      <span title={`${title} ${code}`}>
        <strong>{title}</strong> <span className={classes['code']}>{code}</span>
      </span>
      {ofAll && (
        <span title={`${vmcNo} ${name}`}>
          <span className="tabular">{vmcNo}</span> <span className="dim">{name}</span>
        </span>
      )}
      <Ago at={fault.setAt} />
      {clearedAt === null ? (
        <span className={classes['active']}>
          {t(goneSince === null ? 'faults.active' : 'faults.lastKnown')}
        </span>
      ) : (
        <Ago at={clearedAt} />
      )}
      <span className={classes['by']} title={end}>
        {end}
      </span>
      <Ticking className="tabular" text={(now) => faultLength(words, fault, now, goneSince)} />
      <span className={classes['times']}>{words.number(fault.times)}</span>
    </div>
  );
});

/** The column headings. */
export function FaultColumns({ ofAll }: { readonly ofAll: boolean }) {
  const { t } = useWords();
  return (
    <div className={classes['columns']} data-all={ofAll || undefined}>
      <span className={classes['severity']}>{t('faults.column.severity')}</span>
      <span>{t('faults.column.what')}</span>
      {ofAll && <span>{t('faults.column.machine')}</span>}
      <span>{t('faults.column.set')}</span>
      <span>{t('faults.column.ended')}</span>
      <span className={classes['by']}>{t('faults.column.by')}</span>
      <span>{t('faults.column.length')}</span>
      <span className={classes['times']}>{t('faults.column.times')}</span>
    </div>
  );
}

/** Since when the machine is offline, ms: later changes of its faults are unknown. `null`: online, or unknown. */
export function useGoneSince(vmcNo: number): number | null {
  return useCrema((s) => {
    const row = s.machines.get(vmcNo);
    return row === undefined || row.online ? null : row.since;
  });
}
