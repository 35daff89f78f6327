import { ActionIcon, Button, Group } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import type { AuditEntry, AuditRow } from '#shared/model/audit';
import { navigate, showFrame } from '../../../store/navigate';
import { formatRoute, parseRoute } from '../../../store/route';
import { factName, factsOf, factValue } from '../../../text/auditFacts';
import { actWords, auditWords, resultWords } from '../../../text/auditWords';
import { useWords } from '../../../text/useWords';
import { KeyValue, KeyValues } from '../../../ui/KeyValue';
import { useHotkey } from '../../../ui/useHotkey';
import classes from './Audit.module.css';

interface AuditDetailProps {
  readonly row: AuditRow;
  readonly onClose: () => void;
  readonly onStep: (by: 1 | -1) => void;
}

/** One line of the trail, opened: all that it says, and whether it stands as it was written. */
export function AuditDetail({ row, onClose, onStep }: AuditDetailProps) {
  const words = useWords();
  const { t } = words;
  const { line, entry, fault } = row;
  useHotkey('close', onClose);
  useHotkey('next', () => onStep(1));
  useHotkey('previous', () => onStep(-1));
  const check = fault === null ? t('audit.fits') : t(`audit.fault.${fault}`);
  return (
    <section className={classes['detail']} aria-label={`${t('audit.column.line')} ${line}`}>
      <header className={classes['detailHead']}>
        <h2>{entry === null ? check : actWords(words, entry.act)}</h2>
        <Group gap={2} wrap="nowrap">
          <ActionIcon aria-label={t('audit.previous')} onClick={() => onStep(-1)}>
            <IconChevronUp size={16} />
          </ActionIcon>
          <ActionIcon aria-label={t('audit.next')} onClick={() => onStep(1)}>
            <IconChevronDown size={16} />
          </ActionIcon>
          <ActionIcon aria-label={t('audit.close')} onClick={onClose}>
            <IconX size={16} />
          </ActionIcon>
        </Group>
      </header>
      <div className={classes['detailBody']}>
        {entry !== null && <Facts entry={entry} />}
        <KeyValues>
          <KeyValue label={t('audit.column.line')}>{words.number(line)}</KeyValue>
          <KeyValue label={t('audit.column.check')}>
            <span data-tone={fault === null ? undefined : 'fault'}>{check}</span>
          </KeyValue>
        </KeyValues>
      </div>
    </section>
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
            (from === null ? screen : <a href={formatRoute(from)}>{t(`rail.${from.screen}`)}</a>)}
        </KeyValue>
        {factsOf(entry).map((key) => (
          <KeyValue key={key} label={factName(words, entry.act, key) || actWords(words, entry.act)}>
            {factValue(words, entry, key)}
          </KeyValue>
        ))}
      </KeyValues>
      <Group gap={8}>
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
