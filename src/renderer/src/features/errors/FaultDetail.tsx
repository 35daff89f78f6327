import { Button, Tooltip } from '@mantine/core';
import { IconZoomCode } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { errorKey, lookupErrorCode, severityOf } from '#shared/errors/codes';
import type { Fault } from '#shared/model/history';
import { useConfig, useRow } from '../../store';
import { showFrame } from '../../store/navigate';
import { formatRoute } from '../../store/route';
import { faultEnd, faultLength } from '../../text/faultWords';
import type { Words } from '../../text/words';
import { useNumbered } from '../../bridge/numbered';
import { numberText } from '../../text/entryNumber';
import { useWords } from '../../text/useWords';
import { HistoryDetail, type Opened } from '../../ui/HistoryDetail';
import { CopyButton } from '../../ui/Copyable';
import { KeyValue, KeyValues } from '../../ui/KeyValue';
import { StateShape } from '../../ui/StateShape';
import { Ago, Ticking } from '../../ui/Ticking';
import { severityShape } from '../../ui/severity';
import { request } from '../../bridge/request';
import { CloseFault } from './CloseFault';
import { OwnEntry } from './catalogue/OwnEntry';
import { ExportFrames } from './ExportFrames';
import { useIsOnline } from './FaultLine';
import classes from './Errors.module.css';

interface FaultDetailProps extends Opened {
  readonly fault: Fault;
  readonly ofAll: boolean;
}

/** An opened fault: what to do, the export of its frames, then its facts with the frames that prove them. */
export function FaultDetail({ fault, ofAll, onClose, onStep }: FaultDetailProps) {
  const words = useWords();
  const { t } = words;
  const { vmcNo, code } = fault;
  const row = useRow(vmcNo);
  const isOnline = useIsOnline(vmcNo);
  const { name } = useConfig(vmcNo);
  const severity = severityOf(code, fault.isFatal, row?.platform ?? null);
  const title = words.errorTitle(code, fault.description);
  const remedy = words.errorRemedy(code);
  const part = lookupErrorCode(code)?.part ?? null;
  const active = fault.clearedAt === null;
  return (
    <HistoryDetail
      label={title}
      title={title}
      shape={
        <StateShape status={severityShape[severity]} isLastKnown={active && !isOnline} size={16} decorative />
      }
      isOver={!active}
      words={{ previous: t('faults.previous'), next: t('faults.next'), close: t('faults.close') }}
      onClose={onClose}
      onStep={onStep}
    >
      <div className={classes['detailBody']}>
        {remedy !== null && (
          <div className={classes['remedy']}>
            <p>{t('machine.remedy', { what: remedy })}</p>
            <p className="dim">{t('machine.remedyNote')}</p>
          </div>
        )}
        <div className={classes['actions']}>
          <ExportFrames fault={fault} />
          {active && <CloseFault key={fault.id} fault={fault} />}
        </div>
        <KeyValues>
          <KeyValue label={t('faults.meaning')}>{words.errorMeaning(code)}</KeyValue>
          <KeyValue label={t('faults.cause')}>{words.errorCause(code)}</KeyValue>
          <KeyValue label={t('faults.column.severity')}>{t(`machine.severity.${severity}`)}</KeyValue>
          <KeyValue label={t('faults.code')}>
            <span className={classes['codeFact']}>
              <span className="mono">{code}</span>
              <CopyButton text={() => code} what={t('faults.code')} />
              {lookupErrorCode(code)?.isListed === true && (
                <a href={formatRoute({ screen: 'help', topic: 'codes', item: errorKey(code) })}>
                  {t('help.means')}
                </a>
              )}
            </span>
          </KeyValue>
          {ofAll && (
            <KeyValue label={t('faults.column.machine')}>
              {row === undefined ? (
                vmcNo
              ) : (
                <a
                  href={formatRoute({ screen: 'machines', vmcNo, tab: 'errors' })}
                  title={t('faults.openMachine', { vmcNo })}
                >
                  {vmcNo}
                </a>
              )}{' '}
              {name}
            </KeyValue>
          )}
          <KeyValue label={t('faults.column.set')}>
            <Moment words={words} at={fault.setAt} />
            <Frame
              fault={fault}
              entry={fault.id}
              label={t('faults.frameSet')}
              reachable={row !== undefined}
            />
          </KeyValue>
          <KeyValue label={t(active ? 'faults.column.state' : 'faults.column.ended')}>
            {fault.clearedAt === null ? (
              <>
                <strong>{t(isOnline ? 'faults.active' : 'faults.lastKnown')}</strong>
                {!isOnline && <div className="dim">{t('faults.activeOffline')}</div>}
              </>
            ) : (
              <>
                <Moment words={words} at={fault.clearedAt} />
                {fault.clearedEntry !== null && (
                  <Frame
                    fault={fault}
                    entry={fault.clearedEntry}
                    label={t('faults.frameCleared')}
                    reachable={row !== undefined}
                  />
                )}
              </>
            )}
          </KeyValue>
          <KeyValue label={t('faults.column.by')}>
            {fault.clearedBy !== null && (
              <>
                {faultEnd(words, fault)}
                {fault.clearedBy === 'person' && fault.clearedEntry !== null && (
                  <ClosedNote entry={fault.clearedEntry} />
                )}
              </>
            )}
          </KeyValue>
          <KeyValue label={t('faults.column.length')}>
            <Ticking text={(now) => faultLength(words, fault, now)} />
          </KeyValue>
          <KeyValue label={t('faults.times')}>{t('machine.times', { count: fault.times })}</KeyValue>
          <KeyValue label={t('faults.machineText')}>{fault.description}</KeyValue>
          <KeyValue label={t('faults.fatal')}>
            {fault.isFatal !== null && t(fault.isFatal ? 'faults.fatalYes' : 'faults.fatalNo')}
          </KeyValue>
          <KeyValue label={t('faults.persistent')}>
            {fault.isPersistent !== null &&
              t(fault.isPersistent ? 'faults.persistentYes' : 'faults.persistentNo')}
          </KeyValue>
          <KeyValue label={t('faults.part')}>{part !== null && words.inLanguage(part)}</KeyValue>
          <KeyValue label={t('faults.source')}>{sourceWords(words, code)}</KeyValue>
        </KeyValues>
        <OwnEntry key={code} code={code} />
      </div>
    </HistoryDetail>
  );
}

function Moment({ words, at }: { readonly words: Words; readonly at: number }) {
  return (
    <>
      {words.dateTime(at)}{' '}
      <span className="dim">
        · <Ago at={at} />
      </span>
    </>
  );
}

interface FrameProps {
  readonly fault: Fault;
  readonly entry: number;
  readonly label: string;
  /** The frames are shown on their machine's page. */
  readonly reachable: boolean;
}
function Frame({ fault, entry, label, reachable }: FrameProps) {
  const { t } = useWords();
  const number = numberText(useNumbered(entry));
  const button = (
    <Button
      variant="default"
      size="compact-xs"
      leftSection={<IconZoomCode size={13} />}
      {...(!reachable && {
        'data-disabled': true,
        'aria-disabled': true,
        'aria-description': t('faults.noFrame'),
      })}
      onClick={() => reachable && showFrame(fault.vmcNo, entry)}
    >
      {label}
    </Button>
  );
  return (
    <div className={classes['frame']}>
      {reachable ? button : <Tooltip label={t('faults.noFrame')}>{button}</Tooltip>}
      <span className="dim tabular">{t('faults.entry', { id: number })}</span>
    </div>
  );
}

/** The source of the texts: the user's own entry, and the catalogue where that entry is empty. */
function sourceWords(words: Words, code: string): string {
  const listed = listedWords(words, code);
  return words.ownError(code) === null ? listed : `${words.t('faults.sourceOwn')} ${listed}`;
}

function listedWords({ t }: Words, code: string): string {
  const known = lookupErrorCode(code);
  if (known === null) return t('faults.sourceNone');
  if (!known.isListed) return t('faults.sourceRule');
  return t(known.source === 'doc' ? 'faults.sourceDoc' : 'faults.sourceField');
}

/** The user's note about a closed fault, from the entry that closed it. */
function ClosedNote({ entry }: { readonly entry: number }) {
  const { t } = useWords();
  const [note, setNote] = useState<string | null>(null);
  useEffect(() => {
    let isActive = true;
    const ask = async (): Promise<void> => {
      const reply = await request('frame', { id: entry });
      const found = reply.ok ? reply.value.findings[0]?.params?.['note'] : undefined;
      if (isActive) setNote(found === undefined ? null : String(found));
    };
    void ask();
    return () => {
      isActive = false;
    };
  }, [entry]);
  return note === null ? null : <p>{t('faults.closedNote', { note })}</p>;
}
