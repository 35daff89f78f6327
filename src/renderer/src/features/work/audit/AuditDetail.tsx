import { Button, Group } from '@mantine/core';
import type { AuditEntry, AuditRow } from '#shared/model/audit';
import { screens } from '#shared/screens';
import { navigate, showFrame } from '../../../store/navigate';
import { formatRoute, parseRoute } from '../../../store/route';
import { factName, factsOf, factValue } from '../../../text/auditFacts';
import { actWords, auditWords, resultWords } from '../../../text/auditWords';
import { useWords } from '../../../text/useWords';
import { HistoryDetail, type Opened } from '../../../ui/HistoryDetail';
import { Boundary } from '../../../ui/Boundary';
import { KeyValue, KeyValues } from '../../../ui/KeyValue';
import classes from './Audit.module.css';

interface AuditDetailProps extends Opened {
  readonly row: AuditRow;
}

/** An opened line of the audit trail: all its content, and whether it is intact. */
export function AuditDetail({ row, onClose, onStep }: AuditDetailProps) {
  const words = useWords();
  const { t } = words;
  const { line, entry, fault } = row;
  const check = fault === null ? t('audit.fits') : t(`audit.fault.${fault}`);
  return (
    <HistoryDetail
      label={`${t('audit.column.line')} ${line}`}
      title={entry === null ? check : actWords(words, entry.act)}
      words={{ previous: t('audit.previous'), next: t('audit.next'), close: t('audit.close') }}
      onClose={onClose}
      onStep={onStep}
    >
      <div className={classes['detailBody']}>
        {entry !== null && <Facts entry={entry} />}
        <KeyValues>
          <KeyValue label={t('audit.column.line')}>{words.number(line)}</KeyValue>
          <KeyValue label={t('audit.column.check')}>
            <span data-tone={fault === null ? undefined : 'fault'}>{check}</span>
          </KeyValue>
        </KeyValues>
      </div>
    </HistoryDetail>
  );
}

function Facts({ entry }: { readonly entry: AuditEntry }) {
  const all = useWords();
  const { vmcNo, what, screen } = entry;
  const words = vmcNo === null ? all : all.of(vmcNo);
  const { t } = words;
  const from = parseRoute(`#${screen}`);
  const frame = what['entry'];
  return (
    <>
      <p className={classes['sentence']}>{auditWords(words, entry)}</p>
      <KeyValues>
        <KeyValue label={t('audit.column.result')}>{resultWords(words, entry)}</KeyValue>
        <KeyValue label={t('audit.column.time')}>{words.dateTime(entry.at)}</KeyValue>
        <KeyValue label={t('audit.column.name')}>{entry.name === '' ? null : entry.name}</KeyValue>
        <KeyValue label={t('audit.column.user')}>{entry.user === '' ? null : entry.user}</KeyValue>
        <KeyValue label={t('audit.column.machine')}>
          {vmcNo !== null && (
            <a href={formatRoute({ screen: 'machines', vmcNo, tab: 'overview' })}>{String(vmcNo)}</a>
          )}
        </KeyValue>
        <KeyValue label={t('audit.column.screen')}>
          {screen !== '' &&
            (from === null ? (
              screen
            ) : (
              <a href={formatRoute(from)}>{words.inLanguage(screens[from.screen].says)}</a>
            ))}
        </KeyValue>
        {factsOf(entry).map((key) => (
          <Boundary key={key} as="row" where={`fact ${key} of the audit trail`} of={entry}>
            <Fact entry={entry} name={key} />
          </Boundary>
        ))}
      </KeyValues>
      <Group gap="sm">
        {vmcNo !== null && typeof frame === 'number' && (
          <Button variant="default" size="compact-sm" onClick={() => showFrame(vmcNo, frame)}>
            {t('audit.frame')} {frame}
          </Button>
        )}
        {vmcNo !== null && what['name'] !== undefined && (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => navigate({ screen: 'machines', vmcNo, tab: 'commands' })}
          >
            {t('machine.tabs.commands')}
          </Button>
        )}
      </Group>
    </>
  );
}

function Fact({ entry, name }: { readonly entry: AuditEntry; readonly name: string }) {
  const all = useWords();
  const words = entry.vmcNo === null ? all : all.of(entry.vmcNo);
  return (
    <KeyValue label={factName(words, entry.act, name) || actWords(words, entry.act)}>
      {factValue(words, entry, name)}
    </KeyValue>
  );
}
