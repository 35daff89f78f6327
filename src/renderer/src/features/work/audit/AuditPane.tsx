import { Button, Select } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { AuditFilter, AuditRow } from '#shared/model/audit';
import { useAudit } from '../../../bridge/audit';
import { useCrema } from '../../../store';
import { useRemembered } from '../../../store/remembered';
import { searchOf } from '../../../text/auditWords';
import { useWords } from '../../../text/useWords';
import { DayField } from '../../../ui/DayField';
import { EmptyNote } from '../../../ui/EmptyNote';
import { HistoryList, isShare } from '../../../ui/HistoryList';
import { SearchField } from '../../../ui/SearchField';
import type { ListHandle } from '../../../ui/VirtualList';
import { AuditColumns, AuditLine } from './AuditLine';
import { AuditDetail } from './AuditDetail';
import { AuditSave } from './AuditSave';
import { rowHeights } from '../../../ui/rows';
import classes from './Audit.module.css';

const results = ['all', 'done', 'refused', 'broken'] as const;
interface Chosen {
  readonly text: string;
  readonly result: AuditFilter['result'];
  /** Days as a field for days has them; '' for none. */
  readonly from: string;
  readonly until: string;
}
const all: Chosen = { text: '', result: 'all', from: '', until: '' };

const idOf = ({ line }: AuditRow): number => line;
const finds = (): boolean => true;
const renderLine = (row: AuditRow) => <AuditLine row={row} />;

/** The audit trail: who did what, when, from where, and what became of it. */
export function AuditPane() {
  const words = useWords();
  const { t } = words;
  const [chosen, setChosen] = useState(all);
  const [share, setShare] = useRemembered('auditShare', 62, isShare);
  const list = useRef<ListHandle>(null);
  const choose = useCallback((over: Partial<Chosen>) => setChosen((before) => ({ ...before, ...over })), []);
  const filter = useMemo(
    (): AuditFilter => ({
      ...searchOf(words, chosen.text),
      vmcNo: null,
      result: chosen.result,
      from: startOf(chosen.from, 0),
      to: startOf(chosen.until, 1),
    }),
    [chosen, words],
  );
  const { counts, ...audit } = useAudit(filter);
  const isSearched = chosen !== all && JSON.stringify(chosen) !== JSON.stringify(all);
  return (
    <section className={classes['pane']} aria-label={t('work.tabs.audit')}>
      <div className={classes['tools']} data-tools>
        <SearchField
          label={t('audit.searchLabel')}
          placeholder={t('audit.search')}
          clearLabel={t('audit.clearSearch')}
          value={chosen.text}
          onChange={(text) => choose({ text: text.slice(0, 200) })}
          onLeave={() => list.current?.focus()}
        />
        <Select
          w={120}
          aria-label={t('audit.result')}
          allowDeselect={false}
          data={results.map((value) => ({ value, label: t(`audit.results.${value}`) }))}
          value={chosen.result}
          onChange={(value) => choose({ result: results.find((one) => one === value) ?? 'all' })}
        />
        <DayField
          label={t('audit.from')}
          isInside
          value={chosen.from}
          onChange={(day) => choose({ from: day })}
        />
        <DayField
          label={t('audit.until')}
          isInside
          value={chosen.until}
          onChange={(day) => choose({ until: day })}
        />
        <AuditSave filter={filter} />
      </div>
      <State counts={counts} onBroken={() => setChosen({ ...all, result: 'broken' })} />
      <HistoryList
        ref={list}
        {...audit}
        words={{
          list: t('audit.list'),
          resize: t('audit.resize'),
          unreadable: t('audit.unreadable'),
          readSoFar: (count) => t('audit.readSoFar', { count }),
          older: t('audit.older'),
          newer: (count) => t('audit.newer', { count }),
        }}
        idOf={idOf}
        finds={finds}
        columns={<AuditColumns />}
        renderLine={renderLine}
        rowHeight={rowHeights.list}
        nothing={
          isSearched ? (
            <EmptyNote title={t('audit.noneMatch')}>
              <Button variant="default" onClick={() => setChosen(all)}>
                {t('audit.clearSearch')}
              </Button>
            </EmptyNote>
          ) : (
            <EmptyNote title={t('audit.none')} text={t('audit.noneText')} />
          )
        }
        searched={isSearched}
        share={share}
        onShare={setShare}
        renderDetail={({ row, close, step }) => (
          <AuditDetail key={row.line} row={row} onClose={close} onStep={step} />
        )}
      />
    </section>
  );
}

/** ms at which a day begins here, or one so many days later; `null`: no day. */
function startOf(day: string, later: number): number | null {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  const at = new Date(year, month - 1, date + later).getTime();
  return Number.isNaN(at) ? null : at;
}

/** Whether the trail is whole, and whether it can be written. */
interface StateProps {
  readonly counts: { readonly lines: number; readonly faults: number } | null;
  /** Lists them alone. */
  readonly onBroken: () => void;
}
function State({ counts, onBroken }: StateProps) {
  const { t } = useWords();
  const { problem, waiting } = useCrema((s) => s.audit);
  return (
    <div className={classes['state']} role="status">
      {counts !== null &&
        (counts.faults === 0 ? (
          counts.lines > 0 && (
            <span title={t('audit.wholeNote')}>{t('audit.whole', { count: counts.lines })}</span>
          )
        ) : (
          <>
            <strong data-tone="fault">{t('audit.broken', { count: counts.faults })}</strong>{' '}
            <Button variant="default" size="compact-xs" onClick={onBroken}>
              {t('audit.showBroken')}
            </Button>
          </>
        ))}
      {problem !== null && (
        <strong data-tone="fault">{t('audit.unwritten', { count: waiting, detail: problem })}</strong>
      )}
    </div>
  );
}
