import { ActionIcon } from '@mantine/core';
import { IconChartBar, IconFileExport } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { FrameFilter } from '#shared/filter/frames';
import { addTerm } from '#shared/filter/language/edit';
import { askExport, useCrema, wantFrame } from '../../store';
import { useRemembered } from '../../store/remembered';
import { isRecording, shownCapture } from '../../store/source';
import { useWords } from '../../text/useWords';
import { FilterActionsContext, type FilterActions } from '../../ui/filterActions';
import { useHotkey } from '../../ui/useHotkey';
import { ComposeButton } from './ComposeButton';
import { FilterBar } from './FilterBar';
import type { FilterBoxHandle } from './FilterBox';
import { FrameList, type FrameListHandle } from './FrameList';
import { isFiltering, spanOfFilter, useFiltering, withoutSpan, withSpan } from './filters';
import { GoToTime } from './GoToTime';
import { FollowButton, ListMode } from './ListMode';
import { topOf, useListPlace } from './places';
import { spanFor } from './strip';
import { TimeStrip } from './TimeStrip';
import { useCount } from './useCount';
import { useHolding } from './useHolding';
import { useMembers } from './useMembers';
import { usePast } from './usePast';
import classes from './Inspector.module.css';

const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

/** How many lines the whole list has, read or not. */
function Counted({ filter }: { readonly filter: FrameFilter }) {
  const { t } = useWords();
  const count = useCount(filter);
  if (count === null || (!count.isWhole && count.entries === 0)) return null;
  return (
    <span className={classes['counted']}>
      {t(count.isWhole ? 'frames.count' : 'frames.countMore', { count: count.entries })}
    </span>
  );
}

/** Frames of one machine, or of all: a filter above the list, the opened frame beside it. */
export function InspectorPane({ vmcNo }: { readonly vmcNo: number | null }) {
  const { t } = useWords();
  const filtering = useFiltering(vmcNo);
  const { filter } = filtering;
  const [before, keep] = useListPlace(vmcNo);
  const [openId, setOpenId] = useState(before.openId);
  const [cursor, setCursor] = useState(before.cursor);
  const [startAt, setStartAt] = useState(before.top);
  const [going, setGoing] = useState(false);
  const [strip, setStrip] = useRemembered(
    vmcNo === null ? 'timeStrip' : 'timeStripOfOne',
    vmcNo === null,
    isFlag,
  );
  const isChoosing = useCrema((s) => s.chosenFrames.length > 0);
  const holding = useHolding(openId !== null || cursor !== null || isChoosing, before.held);
  const wanted = useCrema((s) => s.wantedFrame);
  const offline = useCrema((s) => vmcNo !== null && s.machines.get(vmcNo)?.online !== true);
  const members = useMembers(openId);
  const bar = useRef<FilterBoxHandle>(null);
  const list = useRef<FrameListHandle>(null);
  const [taken, setTaken] = useState<number | null>(null);
  if (wanted !== taken) {
    setTaken(wanted);
    if (wanted !== null) {
      setOpenId(wanted);
      setCursor(null);
      setStartAt(null);
    }
  }
  useEffect(() => {
    if (wanted !== null) wantFrame(null);
  }, [wanted]);
  const focusSoon = useRef(false);
  const lookedAt = useRef<number | null>(null);
  const filterKey = JSON.stringify(filter);
  const [listed, setListed] = useState(filterKey);
  if (listed !== filterKey) {
    setListed(filterKey);
    setCursor(null);
    setStartAt(null);
  }
  const actions: FilterActions = {
    add: (field, value, mode) => {
      const typed = addTerm(filtering.typed, field, value, mode, { now: Date.now() });
      // What was chosen beside the box would contradict it.
      const isChosen = mode === 'only' && (field === 'vmc' || field === 'dir' || field === 'cmd');
      const freed = field === 'vmc' ? { vmcNo } : field === 'dir' ? { dir: null } : { cmd: null };
      focusSoon.current = true;
      filtering.put(typed, isChosen ? freed : {});
    },
  };

  const recording = useCrema(isRecording);
  const past = usePast(filter.text);
  const backToLive = (): void => {
    const without = withoutSpan(filtering.typed);
    if (spanOfFilter(without, Date.now()) === null) filtering.put(without);
    else filtering.clear();
  };

  useHotkey('/', () => bar.current?.focus());
  useHotkey('f', () => (past === null ? holding.toggle() : backToLive()));
  useHotkey('g', () => setGoing(true));
  // Within the pane before the keys of whatever else the screen shows: the machine list has a search of its own.
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = pane.current;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
      bar.current?.focus();
      event.preventDefault();
    };
    element?.addEventListener('keydown', onKeyDown);
    return () => element?.removeEventListener('keydown', onKeyDown);
  }, []);

  const leave = useEffectEvent(() => {
    const { mode, scrolledUp, stays } = holding;
    const lines = pane.current?.querySelector('[role="listbox"][aria-multiselectable]');
    const top = stays || recording ? topOf(lines) : null;
    keep({ openId, cursor, held: { mode, scrolledUp }, top });
  });
  useLayoutEffect(() => () => leave(), []);

  const goTo = async (ms: number): Promise<boolean> => (await list.current?.goTo(ms)) === true;
  // One that is still being read may come to need a wider span.
  const stripKey = useCrema((s) => {
    const capture = shownCapture(s);
    return capture === null ? 'live' : spanFor((capture.to ?? 0) - (capture.from ?? 0));
  });
  const mode = recording
    ? 'recorded'
    : holding.paused
      ? 'paused'
      : holding.holding
        ? 'held'
        : offline
          ? 'noLink'
          : 'live';
  const stripLabel = t(strip ? 'frames.strip.hide' : 'frames.strip.show');
  return (
    <FilterActionsContext value={actions}>
      <section className={classes['pane']} aria-label={t('frames.title')} ref={pane}>
        <div className={classes['bar']}>
          <FilterBar
            ref={bar}
            vmcNo={vmcNo}
            filtering={filtering}
            members={members}
            onLeave={(changed) => {
              focusSoon.current = changed;
              list.current?.focus();
            }}
          />
          <div className={classes['follow']}>
            {vmcNo !== null && (
              <>
                <ComposeButton vmcNo={vmcNo} />
                <ActionIcon
                  aria-label={t('capture.export')}
                  title={t('capture.export')}
                  onClick={() => askExport('chosen')}
                >
                  <IconFileExport size={15} />
                </ActionIcon>
              </>
            )}
            <Counted filter={filter} key={filterKey} />
            <ListMode mode={mode} past={past} />
            <ActionIcon
              variant={strip ? 'light' : 'subtle'}
              color={strip ? 'petrol' : 'gray'}
              aria-label={stripLabel}
              title={stripLabel}
              onClick={() => setStrip(!strip)}
            >
              <IconChartBar size={15} />
            </ActionIcon>
            {!recording && (
              <FollowButton
                past={past !== null}
                stays={holding.stays}
                onBackToLive={backToLive}
                onToggle={() => {
                  if (holding.stays) setCursor(null);
                  holding.toggle();
                }}
              />
            )}
          </div>
        </div>
        {strip && (
          <TimeStrip
            key={stripKey}
            vmcNo={filter.vmcNo}
            onGo={(ms) => void goTo(ms)}
            onSpan={(from, to) => filtering.put(withSpan(filtering.typed, from, to))}
          />
        )}
        <FrameList
          key={filterKey}
          ref={list}
          filter={filter}
          ofAll={vmcNo === null}
          isFiltering={isFiltering(filter, vmcNo)}
          onClearFilter={filtering.clear}
          holding={holding}
          startAt={startAt}
          openId={openId}
          onOpen={setOpenId}
          cursor={cursor}
          onCursor={setCursor}
          onGoTo={() => setGoing(true)}
          placeBefore={() => lookedAt.current}
          onPlace={(ms) => {
            lookedAt.current = ms;
          }}
          onFilled={() => {
            // Whoever comes to this screen walks through the list at once; whoever is busy elsewhere is left alone.
            const { activeElement } = document;
            const isIdle = activeElement === document.body || activeElement?.closest('nav');
            if (focusSoon.current || (vmcNo === null && isIdle)) list.current?.focus();
            focusSoon.current = false;
          }}
        />
        {going && <GoToTime onGo={goTo} onClose={() => setGoing(false)} />}
      </section>
    </FilterActionsContext>
  );
}
