import { memo } from 'react';
import { isTrailAct, type AuditRow } from '#shared/model/audit';
import { useConfig } from '../../../store';
import { auditWords, personOf, resultWords } from '../../../text/auditWords';
import { useWords } from '../../../text/useWords';
import { StateShape } from '../../../ui/StateShape';
import classes from './Audit.module.css';

export const AuditLine = memo(function AuditLine({ row }: { readonly row: AuditRow }) {
  const words = useWords();
  const { t } = words;
  const { entry, fault } = row;
  const wrong = fault !== null && (
    <strong data-tone="fault" title={t(`audit.fault.${fault}`)}>
      <StateShape status="warning" size={13} decorative /> {t(`audit.fault.${fault}`)}
    </strong>
  );
  if (entry === null) return <div className={classes['broken']}>{wrong}</div>;
  const { vmcNo, at } = entry;
  const what = auditWords(vmcNo === null ? words : words.of(vmcNo), entry);
  const result = resultWords(words, entry);
  return (
    <div className={classes['line']} data-refused={entry.refused !== null || undefined}>
      <span className="tabular">{words.dateTime(at)}</span>
      <span title={`${entry.user} ${entry.name}`}>{personOf(words, entry)}</span>
      {vmcNo === null ? <span /> : <Machine vmcNo={vmcNo} />}
      <span title={what}>{what}</span>
      {fault === null ? (
        <span className={classes['result']} title={result}>
          {entry.act === 'commandEnded' || isTrailAct(entry.act) ? '' : result}
        </span>
      ) : (
        <span>{wrong}</span>
      )}
    </div>
  );
});

function Machine({ vmcNo }: { readonly vmcNo: number }) {
  const { name } = useConfig(vmcNo);
  return (
    <span title={`${vmcNo} ${name}`}>
      <span className="tabular">{vmcNo}</span> <span className="dim">{name}</span>
    </span>
  );
}

/** The column headings. */
export function AuditColumns() {
  const { t } = useWords();
  return (
    <div className={classes['columns']}>
      <span>{t('audit.column.time')}</span>
      <span>{t('audit.column.who')}</span>
      <span>{t('audit.column.machine')}</span>
      <span>{t('audit.column.act')}</span>
      <span>{t('audit.column.result')}</span>
    </div>
  );
}
