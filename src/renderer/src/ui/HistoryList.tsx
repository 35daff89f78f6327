import { Button } from '@mantine/core';
import {
  useCallback,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type ReactNode,
  type Ref,
} from 'react';
import type { AppError } from '#shared/contract/errors';
import { useWords } from '../text/useWords';
import { Boundary } from './Boundary';
import { EmptyNote } from './EmptyNote';
import { ErrorNote } from './ErrorNote';
import { Split } from './Split';
import { VirtualList, type ListHandle } from './VirtualList';
import { NewsButton } from './NewsButton';
import { isFocusIdle } from './isFocusIdle';
import classes from './HistoryList.module.css';

/** An opened row beside the list, and the actions that leave it. */
interface Opened<Row> {
  readonly row: Row;
  readonly close: () => void;
  readonly step: (by: 1 | -1) => void;
}

interface HistoryListProps<Row> {
  readonly words: {
    readonly list: string;
    /** For the divider between the list and the opened row. */
    readonly resize: string;
    readonly unreadable: string;
    readonly readSoFar: (count: number) => string;
    readonly older: string;
    readonly newer: (count: number) => string;
  };
  /** Newest first. */
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => number;
  /** Whether the row is listed; `held`: it was listed when the list was held. */
  readonly finds: (row: Row, held: boolean) => boolean;
  readonly begun: boolean;
  readonly complete: boolean;
  readonly error: AppError | null;
  readonly more: () => void;
  /** The column headings. */
  readonly columns: ReactNode;
  readonly renderLine: (row: Row) => ReactNode;
  readonly rowHeight: number;
  /** Why the list is empty, and the next step. */
  readonly nothing: ReactNode;
  /** A search is active and may find nothing until all pages are read. */
  readonly searched: boolean;
  /** The wanted row exists: pages are read until it is found, and it opens if it is the only one. */
  readonly seeks?: boolean;
  /** A row to open as soon as it is loaded. */
  readonly wanted?: number | null;
  /** The user closed the wanted row, or opened another. */
  readonly onLeft?: (() => void) | undefined;
  /** Per cent of the width; the caller remembers it. */
  readonly share?: number;
  readonly onShare?: (share: number) => void;
  /** Left out: nothing opens beside the list. */
  readonly renderDetail?: (opened: Opened<Row>) => ReactNode;
  /** Opens a row elsewhere, by Enter or a double click. */
  readonly onOpen?: (row: Row) => void;
  /** Shown beside the list while no row is open. */
  readonly beside?: ReactNode;
  readonly ref?: Ref<Pick<ListHandle, 'focus'>>;
}

const firstShare = 62;
export const isShare = (value: unknown): value is number =>
  typeof value === 'number' && value >= 30 && value <= 80;

/** A held list: newer rows wait, and rows that no longer match stay until then. */
interface Held {
  readonly newest: number;
  readonly ids: ReadonlySet<number>;
}

/** A history as a list that is read page by page, with one opened row beside it. */
export function HistoryList<Row>(props: HistoryListProps<Row>) {
  const {
    words,
    rows,
    idOf,
    finds,
    begun,
    complete,
    error,
    more,
    renderLine,
    renderDetail,
    share = firstShare,
    onShare,
    onOpen,
    ref,
  } = props;
  const { t } = useWords();
  const [hovered, setHovered] = useState(false);
  const [scrolledDown, setScrolledDown] = useState(false);
  const [openId, setOpenId] = useState<number | null>(null);
  const [held, setHeld] = useState<Held | null>(null);
  const list = useRef<ListHandle>(null);
  const area = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On the document: a line that is removed under the pointer reports no leave.
    const over = ({ target }: Event): void =>
      setHovered(target instanceof Node && area.current?.contains(target) === true);
    const leaveWindow = (): void => setHovered(false);
    const page = document.documentElement;
    document.addEventListener('pointerover', over);
    page.addEventListener('pointerleave', leaveWindow);
    return () => {
      document.removeEventListener('pointerover', over);
      page.removeEventListener('pointerleave', leaveWindow);
    };
  }, []);

  const found = useMemo(
    () => rows.filter((row) => finds(row, held?.ids.has(idOf(row)) === true)),
    [rows, finds, held, idOf],
  );
  const hold = (): Held | null => {
    const newest = rows[0];
    return newest === undefined ? null : { newest: idOf(newest), ids: new Set(found.map(idOf)) };
  };
  const holding = hovered || scrolledDown || openId !== null;
  if (holding && held === null && rows.length > 0) setHeld(hold());
  else if (!holding && held !== null) setHeld(null);
  const shown = useMemo(() => {
    const top = held === null ? 0 : rows.findIndex((row) => idOf(row) === held.newest);
    const newer = new Set(rows.slice(0, Math.max(0, top)));
    return newer.size === 0 ? found : found.filter((row) => !newer.has(row));
  }, [rows, found, held, idOf]);
  const news = found.length - shown.length;
  const ids = useMemo(() => shown.map(idOf), [shown, idOf]);
  // The scrolled list is gone; the next one begins at its top.
  if (ids.length === 0 && scrolledDown) setScrolledDown(false);
  const seeksOn = props.seeks === true && begun && !complete && error === null && found.length === 0;
  useEffect(() => {
    if (seeksOn) more();
  }, [seeksOn, more]);
  const { wanted = null, onLeft } = props;
  const [done, setDone] = useState<number | null>(null);
  if (wanted !== null && wanted !== done && rows.some((row) => idOf(row) === wanted)) {
    setDone(wanted);
    setOpenId(wanted);
  } else if (wanted === null && done !== null) setDone(null);
  const only = props.seeks === true && found.length === 1 && found[0] !== undefined ? idOf(found[0]) : null;
  const [opened, setOpened] = useState<number | null>(null);
  if (only !== null && only !== opened) {
    setOpened(only);
    setOpenId(only);
  } else if (props.seeks !== true && opened !== null) setOpened(null);
  const hasLeft = wanted !== null && wanted === done && openId !== wanted;
  const leave = useEffectEvent(() => onLeft?.());
  useEffect(() => {
    if (hasLeft) leave();
  }, [hasLeft]);
  const open = openId === null ? undefined : rows.find((row) => idOf(row) === openId);

  useImperativeHandle(ref, () => ({
    focus: () => {
      if (openId === null && ids[0] !== undefined) setOpenId(ids[0]);
      list.current?.focus();
    },
  }));
  // Focus the list for a user who comes to this screen, unless the focus is elsewhere.
  useEffect(() => {
    if (begun && isFocusIdle()) list.current?.focus();
  }, [begun]);
  const focusList = (): void => list.current?.focus();
  const close = (): void => {
    setOpenId(null);
    list.current?.focus();
  };
  const step = (by: 1 | -1): void => {
    const next = openId === null ? undefined : ids[ids.indexOf(openId) + by];
    if (next !== undefined) setOpenId(next);
  };
  const openRow = (id: number): void => {
    const row = shown.find((one) => idOf(one) === id);
    if (row !== undefined) onOpen?.(row);
  };
  const renderRow = useCallback(
    (_id: number, index: number) => {
      const row = shown[index];
      return row === undefined ? null : renderLine(row);
    },
    [shown, renderLine],
  );

  if (error !== null && rows.length === 0)
    return (
      <EmptyNote title={words.unreadable}>
        <ErrorNote error={error} />
        <More onClick={more} onGone={focusList}>
          {t('app.again')}
        </More>
      </EmptyNote>
    );
  const table = (
    <div className={classes['table']}>
      {ids.length > 0 && props.columns}
      <div ref={area} className={classes['list']}>
        {ids.length === 0 && (complete || (props.searched && !seeksOn)) && props.nothing}
        {ids.length > 0 && (
          <VirtualList
            ref={list}
            label={words.list}
            ids={ids}
            rowHeight={props.rowHeight}
            selected={openId}
            onSelect={setOpenId}
            {...(onOpen !== undefined && { onOpen: openRow })}
            onEscape={close}
            onScrolled={({ atStart, atEnd }) => {
              setScrolledDown(!atStart);
              if (atEnd && !complete) more();
            }}
            renderRow={renderRow}
            itemOf={(_id, index) => shown[index]}
          />
        )}
        {news > 0 && (
          <NewsButton
            side="top"
            onClick={() => {
              setHeld(hold());
              list.current?.toStart();
              list.current?.focus();
            }}
          >
            {words.newer(news)}
          </NewsButton>
        )}
      </div>
      {begun && !complete && (
        <footer className={classes['older']}>
          <span className="dim tabular">{words.readSoFar(rows.length)}</span>
          <More isSmall onClick={more} onGone={focusList}>
            {words.older}
          </More>
          <ErrorNote error={error} />
        </footer>
      )}
    </div>
  );
  return (
    <Split
      label={words.resize}
      size={share}
      initial={firstShare}
      min={30}
      restMin={20}
      onSize={(size) => isShare(size) && onShare?.(size)}
      first={table}
      second={
        open === undefined || renderDetail === undefined ? (
          (props.beside ?? null)
        ) : (
          <Boundary where={`opened line ${openId} of “${words.list}”`} of={open}>
            <OpenedRow row={open} close={close} step={step} render={renderDetail} />
          </Boundary>
        )
      }
    />
  );
}

/** A separate component, so that the opened row gets its handlers in the usual way. */
function OpenedRow<Row>({
  render,
  ...opened
}: Opened<Row> & { readonly render: (opened: Opened<Row>) => ReactNode }) {
  return render(opened);
}

interface MoreProps {
  readonly isSmall?: boolean;
  readonly onClick: () => void;
  /** The focused button disappeared: all pages were read, or reading is possible again. */
  readonly onGone: () => void;
  readonly children: ReactNode;
}
function More({ isSmall = false, onClick, onGone, children }: MoreProps) {
  const focused = useRef(false);
  const gone = useEffectEvent(onGone);
  useEffect(
    () => () => {
      if (focused.current && document.activeElement === document.body) gone();
    },
    [],
  );
  return (
    <Button
      variant="default"
      size={isSmall ? 'compact-xs' : 'xs'}
      onFocus={() => (focused.current = true)}
      onBlur={() => (focused.current = false)}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}
