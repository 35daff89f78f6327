import { Button } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState, type Ref } from 'react';
import type { Fault } from '#shared/model/history';
import { useFaults } from '../../bridge/faults';
import { useCrema } from '../../store';
import { faultMatches, isNewer, shownFaults } from '../../store/faults';
import { navigate } from '../../store/navigate';
import { useRemembered } from '../../store/remembered';
import { useWords } from '../../text/useWords';
import { EmptyNote } from '../../ui/EmptyNote';
import { ErrorNote } from '../../ui/ErrorNote';
import { Split } from '../../ui/Split';
import { VirtualList, type ListHandle } from '../../ui/VirtualList';
import { FaultDetail } from './FaultDetail';
import { FaultColumns, FaultLine } from './FaultLine';
import classes from './Errors.module.css';

interface FaultListProps {
  readonly vmcNo: number | null;
  readonly activeOnly: boolean;
  readonly query: string;
  readonly onShowAll: () => void;
  readonly ref: Ref<Pick<ListHandle, 'focus'>>;
}

const isShare = (value: unknown): value is number => typeof value === 'number' && value >= 30 && value <= 80;

/** The list stands still while someone looks closer: what is newer waits, what is over stays until then. */
interface Held {
  readonly newest: Fault;
  readonly ids: ReadonlySet<number>;
}

export function FaultList({ vmcNo, activeOnly, query, onShowAll, ref }: FaultListProps) {
  const words = useWords();
  const { t } = words;
  const configs = useCrema((s) => s.configs);
  const { log, error, more } = useFaults(vmcNo, activeOnly);
  const [hovered, setHovered] = useState(false);
  const [scrolledDown, setScrolledDown] = useState(false);
  const [openId, setOpenId] = useState<number | null>(null);
  const [held, setHeld] = useState<Held | null>(null);
  const [share, setShare] = useRemembered('faultListShare', 62, isShare);
  const list = useRef<ListHandle>(null);

  const known = useMemo(() => shownFaults(log), [log]);
  const found = useMemo(
    () =>
      known.filter((fault) => {
        if (activeOnly && fault.clearedAt !== null && held?.ids.has(fault.id) !== true) return false;
        if (query === '') return true;
        const name = configs[fault.vmcNo]?.name ?? '';
        return faultMatches(fault, query, { name, title: words.errorTitle(fault.code) });
      }),
    [known, activeOnly, held, query, configs, words],
  );
  const hold = (): Held | null => {
    const newest = known[0];
    return newest === undefined ? null : { newest, ids: new Set(found.map(({ id }) => id)) };
  };
  const holding = hovered || scrolledDown || openId !== null;
  if (holding && held === null && known.length > 0) setHeld(hold());
  else if (!holding && held !== null) setHeld(null);
  const shown = useMemo(
    () => (held === null ? found : found.filter((fault) => !isNewer(fault, held.newest))),
    [found, held],
  );
  const news = found.length - shown.length;
  const ids = useMemo(() => shown.map(({ id }) => id), [shown]);
  const open = openId === null ? undefined : known.find(({ id }) => id === openId);

  useImperativeHandle(ref, () => ({
    focus: () => {
      if (openId === null && ids[0] !== undefined) setOpenId(ids[0]);
      list.current?.focus();
    },
  }));
  // Whoever comes to this screen walks through the list at once; whoever is busy elsewhere is left alone.
  const read = log.cursor !== null;
  useEffect(() => {
    const { activeElement } = document;
    if (read && (activeElement === document.body || activeElement?.closest('nav'))) list.current?.focus();
  }, [read]);
  const close = (): void => {
    setOpenId(null);
    list.current?.focus();
  };
  const step = (by: 1 | -1): void => {
    const next = openId === null ? undefined : ids[ids.indexOf(openId) + by];
    if (next !== undefined) setOpenId(next);
  };
  const renderRow = useCallback(
    (_id: number, index: number) => {
      const fault = shown[index];
      return fault === undefined ? null : <FaultLine fault={fault} ofAll={vmcNo === null} />;
    },
    [shown, vmcNo],
  );

  if (error !== null && known.length === 0)
    return (
      <EmptyNote title={t('errors.unreadable')}>
        <ErrorNote error={error} />
      </EmptyNote>
    );
  const faults = (
    <div className={classes['table']}>
      {ids.length > 0 && <FaultColumns ofAll={vmcNo === null} />}
      <div
        className={classes['list']}
        onPointerEnter={() => setHovered(true)}
        onPointerLeave={() => setHovered(false)}
      >
        {ids.length === 0 && (log.complete || query !== '') && (
          <Nothing
            ofAll={vmcNo === null}
            activeOnly={activeOnly}
            searched={query !== ''}
            onShowAll={onShowAll}
          />
        )}
        {ids.length > 0 && (
          <VirtualList
            ref={list}
            label={t('errors.list')}
            ids={ids}
            rowHeight={26}
            selected={openId}
            onSelect={setOpenId}
            onEscape={close}
            onScrolled={(atEnd, atStart) => {
              setScrolledDown(!atStart);
              if (atEnd && !log.complete) more();
            }}
            renderRow={renderRow}
          />
        )}
        {news > 0 && (
          <button
            type="button"
            className={classes['news']}
            onClick={() => {
              setHeld(hold());
              list.current?.toStart();
            }}
          >
            <IconArrowUp size={14} aria-hidden /> {t('errors.newer', { count: news })}
          </button>
        )}
      </div>
      {read && !log.complete && (
        <footer className={classes['older']}>
          <span className="dim tabular">{t('errors.readSoFar', { count: known.length })}</span>
          <Button variant="default" size="compact-xs" onClick={more}>
            {t('errors.older')}
          </Button>
          <ErrorNote error={error} />
        </footer>
      )}
    </div>
  );
  return (
    <Split
      label={t('errors.resize')}
      size={share}
      initial={62}
      min={30}
      restMin={20}
      onSize={(size) => isShare(size) && setShare(size)}
      first={faults}
      second={
        open === undefined ? null : (
          <FaultDetail fault={open} ofAll={vmcNo === null} onClose={close} onStep={step} />
        )
      }
    />
  );
}

interface NothingProps {
  readonly ofAll: boolean;
  readonly activeOnly: boolean;
  readonly searched: boolean;
  readonly onShowAll: () => void;
}
/** Why the list is empty, and the way out. */
function Nothing({ ofAll, activeOnly, searched, onShowAll }: NothingProps) {
  const { t } = useWords();
  const noMachine = useCrema((s) => s.rows.size === 0);
  if (searched || activeOnly)
    return (
      <EmptyNote
        title={t(searched ? 'errors.noneMatch' : 'errors.noneActive')}
        {...(searched ? {} : { text: t('errors.noneActiveText') })}
      >
        <Button variant="default" onClick={onShowAll}>
          {t('errors.showAll')}
        </Button>
      </EmptyNote>
    );
  return (
    <EmptyNote title={t('errors.none')} text={t(ofAll ? 'errors.noneText' : 'errors.noneOfMachineText')}>
      {noMachine && <Button onClick={() => navigate({ screen: 'connect' })}>{t('errors.toConnect')}</Button>}
    </EmptyNote>
  );
}
