import { IconFileExport } from '@tabler/icons-react';
import { memo } from 'react';
import { severityOf } from '#shared/errors/codes';
import type { Fault } from '#shared/model/history';
import { useConfig, useCrema } from '../../store';
import { faultLength, faultState } from '../../text/faultWords';
import { listTime } from '../../text/listTime';
import { useWords } from '../../text/useWords';
import { StateShape } from '../../ui/StateShape';
import { Ticking } from '../../ui/Ticking';
import { severityShape } from '../../ui/severity';
import { exportFrames } from './faultFrames';
import classes from './Errors.module.css';

interface LineProps {
  readonly fault: Fault;
  /** Lines name their machine, because the list has all machines. */
  readonly ofAll: boolean;
}

/** One fault with its times and state, which update themselves. */
export const FaultLine = memo(function FaultLine({ fault, ofAll }: LineProps) {
  const words = useWords();
  const { t } = words;
  const { vmcNo, code, setAt, clearedAt } = fault;
  const platform = useCrema((s) => s.machines.get(vmcNo)?.platform ?? null);
  const isOnline = useIsOnline(vmcNo);
  const { name } = useConfig(vmcNo);
  const severity = severityOf(code, fault.isFatal, platform);
  const title = words.errorTitle(code, fault.description);
  return (
    <div
      className={classes['line']}
      data-severity={severity}
      data-active={clearedAt === null || undefined}
      data-fault={fault.id}
      data-all={ofAll || undefined}
    >
      <span className={classes['severity']}>
        <StateShape
          status={severityShape[severity]}
          isLastKnown={clearedAt === null && !isOnline}
          size={13}
          decorative
        />{' '}
        <span>{t(`machine.severity.${severity}`)}</span>
      </span>
      <span title={`${title} ${code}`}>
        <strong>{title}</strong> <span className={classes['code']}>{code}</span>
      </span>
      {ofAll && (
        <span title={`${vmcNo} ${name}`}>
          <span className="tabular">{vmcNo}</span> <span className="dim">{name}</span>
        </span>
      )}
      <Ticking
        className={classes['started']}
        text={(now) => listTime(words, setAt, now)}
        title={words.dateTime(setAt)}
      />
      <Ticking className="tabular" text={(now) => faultLength(words, fault, now)} />
      <Ticking
        className={classes['state']}
        text={(now) => faultState(words, fault, isOnline, now)}
        title={
          clearedAt !== null ? words.dateTime(clearedAt) : isOnline ? undefined : t('faults.activeOffline')
        }
      />
      {/* For the pointer. Keys open the fault, which has the same button. */}
      {}
      <span
        className={classes['export']}
        aria-hidden
        data-export
        title={t('faults.exportFrames')}
        onClick={(event) => {
          // A click here must not open the line.
          event.stopPropagation();
          exportFrames(words, fault);
        }}
      >
        <IconFileExport size={15} />
      </span>
    </div>
  );
});

/** The column headings. */
export function FaultColumns({ ofAll }: { readonly ofAll: boolean }) {
  const { t } = useWords();
  return (
    <div className={classes['columns']} data-all={ofAll || undefined}>
      <span className={classes['severity']}>
        <span>{t('faults.column.severity')}</span>
      </span>
      <span>{t('faults.column.what')}</span>
      {ofAll && <span>{t('faults.column.machine')}</span>}
      <span className={classes['started']}>{t('faults.column.set')}</span>
      <span>{t('faults.column.length')}</span>
      <span className={classes['state']}>{t('faults.column.state')}</span>
    </div>
  );
}

/** An unknown machine counts as offline: nobody reports changes of its faults. */
export const useIsOnline = (vmcNo: number): boolean =>
  useCrema((s) => s.machines.get(vmcNo)?.online === true);
