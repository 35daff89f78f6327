import { IconArrowDown } from '@tabler/icons-react';
import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { openFrame, useCrema } from '../../store';
import type { FrameLog } from '../../store/frames';
import { useRemembered } from '../../store/remembered';
import { useWords } from '../../text/useWords';
import { EmptyNote } from '../../ui/EmptyNote';
import { Split } from '../../ui/Split';
import { VirtualList, type ListHandle } from '../../ui/VirtualList';
import { FrameDetailPane } from './FrameDetailPane';
import { FrameLine } from './FrameLine';
import classes from './Frames.module.css';

const isShare = (value: unknown): value is number => typeof value === 'number' && value >= 20 && value <= 80;

/** The watched machine's latest frames, live; they hold still while someone looks closer. */
export function FramesPane() {
  const { t } = useWords();
  const live = useCrema((s) => s.frames);
  const online = useCrema((s) => s.watched !== null && s.rows.get(s.watched)?.online === true);
  const [hovered, setHovered] = useState(false);
  const [scrolledUp, setScrolledUp] = useState(false);
  const openId = useCrema((s) => s.openFrame);
  const [share, setShare] = useRemembered('frameListShare', 52, isShare);
  const [held, setHeld] = useState<FrameLog | null>(null);
  const list = useRef<ListHandle>(null);

  const holding = live.rows.length > 0 && (hovered || scrolledUp || openId !== null);
  if (holding && held === null) setHeld(live);
  else if (!holding && held !== null) setHeld(null);
  const mode = holding ? 'held' : online ? 'live' : 'noLink';
  const shown = held ?? live;
  const news = live.total - shown.total;
  const ids = useMemo(() => shown.rows.map((row) => row.id), [shown]);
  const renderRow = useCallback(
    (_id: number, index: number) => {
      const row = shown.rows[index];
      return row === undefined ? null : <FrameLine row={row} />;
    },
    [shown],
  );

  const catchUp = (): void => {
    setHeld(live);
    setScrolledUp(false);
    setToEnd((n) => n + 1);
  };
  // After the newer rows are there.
  const [toEnd, setToEnd] = useState(0);
  useEffect(() => {
    if (toEnd > 0) list.current?.toEnd();
  }, [toEnd]);
  // The first rows may come under a resting pointer: the newest are what one came for, unless one frame is.
  const filled = ids.length > 0;
  const showNewest = useEffectEvent(() => openId === null && list.current?.toEnd());
  useEffect(() => {
    if (filled) showNewest();
  }, [filled]);
  const close = (): void => {
    openFrame(null);
    list.current?.focus();
  };
  const step = (by: number): void => {
    if (openId === null) return;
    const next = by > 0 ? ids.find((id) => id > openId) : ids.findLast((id) => id < openId);
    if (next !== undefined) openFrame(next);
  };

  const frames = (
    <div
      className={classes['list']}
      // Not on enter: that also comes when the list appears under a pointer at rest.
      onPointerMove={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
    >
      {!filled ? (
        <EmptyNote title={t('frames.none')} />
      ) : (
        <VirtualList
          ref={list}
          label={t('frames.label')}
          ids={ids}
          rowHeight={22}
          selected={openId}
          onSelect={openFrame}
          onEscape={close}
          onScrolled={(atEnd) => setScrolledUp(!atEnd)}
          follow={!holding}
          renderRow={renderRow}
        />
      )}
      {news > 0 && (
        <button type="button" className={classes['news']} onClick={catchUp}>
          <IconArrowDown size={14} aria-hidden /> {t('frames.newer', { count: news })}
        </button>
      )}
    </div>
  );
  return (
    <section className={classes['pane']} aria-label={t('frames.title')}>
      <header className={classes['head']}>
        <h2>{t('frames.title')}</h2>
        <span className={classes['mode']} data-mode={mode}>
          {t(`frames.${mode}`)}
        </span>
        {live.skipped > 0 && <span className="dim">{t('frames.skipped', { count: live.skipped })}</span>}
      </header>
      <Split
        label={t('machines.resizeFrame')}
        size={share}
        initial={52}
        min={20}
        restMin={20}
        onSize={(size) => isShare(size) && setShare(size)}
        first={frames}
        second={openId === null ? null : <FrameDetailPane id={openId} onClose={close} onStep={step} />}
      />
    </section>
  );
}
