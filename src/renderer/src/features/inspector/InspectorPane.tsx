import { useFrameCount } from '../../bridge/frameCount';
import { Button, SegmentedControl } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { IconRepeat } from '@tabler/icons-react';
import { useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { FrameFilter } from '#shared/filter/frames';
import { addTerm } from '#shared/filter/language/edit';
import { askReplay, useCrema } from '../../store';
import { isFlag, useRemembered } from '../../store/remembered';
import { isCapture, shownCapture } from '../../store/source';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { FilterActionsContext, type FilterActions } from '../../ui/filterActions';
import { clock } from '../../ui/ticker';
import { useHotkey } from '../../ui/useHotkey';
import { FilterBar } from './filter/FilterBar';
import type { FilterBoxHandle } from '../../ui/filter/FilterBox';
import { FrameList, type FrameListHandle } from './list/FrameList';
import { isFiltering, spanOfFilter, useFiltering, withoutSpan, withSpan } from './filter/filters';
import { GroupsPane } from './groups/GroupsPane';
import { InspectorMenu } from './InspectorMenu';
import { GoToTime } from './timeline/GoToTime';
import { FollowButton, ListMode } from './list/ListMode';
import { listMode, staysHeld } from './list/listState';
import { useListState } from './list/listStore';
import { topOf } from './list/savedLists';
import { useList } from './list/useList';
import { spanFor } from './timeline/strip';
import { TimeStrip } from './timeline/TimeStrip';
import { useMembers } from './filter/useMembers';
import { usePast } from './filter/usePast';
import { isFocusIdle } from '../../ui/isFocusIdle';
import classes from './Inspector.module.css';

/** The number of lines in the whole list, loaded or not. */
function Counted({ filter }: { readonly filter: FrameFilter }) {
  const { t } = useWords();
  const { counted: count } = useFrameCount(filter, null);
  if (count === null || (!count.isWhole && count.entries === 0)) return null;
  return (
    <span className={classes['counted']}>
      {t(count.isWhole ? 'frames.count' : 'frames.countMore', { count: count.entries })}
    </span>
  );
}

/** A replay continues behind its dialog. */
function RunningReplay() {
  const { t } = useWords();
  const replay = useCrema((s) => s.replay);
  if (replay === null) return null;
  return (
    <Button
      size="compact-xs"
      variant="light"
      leftSection={<IconRepeat size={14} aria-hidden />}
      onClick={() => askReplay(true)}
    >
      {t('replay.opened', { sent: replay.sent, frames: replay.frames })}
    </Button>
  );
}

/** px; below, the filter box needs a line of its own. The frames of one machine need no choice of the machine. */
const narrow = { ofAll: 900, ofOne: 760 } as const;

/** Frames of one machine, or of all: a filter above the list, the opened frame beside it. */
export function InspectorPane({ vmcNo }: { readonly vmcNo: number | null }) {
  const { t } = useWords();
  const filtering = useFiltering(vmcNo);
  const { filter } = filtering;
  const filterKey = JSON.stringify(filter);
  const inCapture = useCrema(isCapture);
  const [folding, setFolding] = useRemembered('foldHeartbeats', true, isFlag);
  const [list, save] = useList(vmcNo, filterKey, { inCapture, folding });
  const held = useListState(list, staysHeld);
  const ofList = useListState(list, listMode);
  const [going, setGoing] = useState(false);
  const [isGrouped, setGrouped] = useState(false);
  const [strip, setStrip] = useRemembered(
    vmcNo === null ? 'timeStrip' : 'timeStripOfOne',
    vmcNo === null,
    isFlag,
  );
  const offline = useCrema((s) => vmcNo !== null && s.machines.get(vmcNo)?.online !== true);
  const members = useMembers(list);
  const bar = useRef<FilterBoxHandle>(null);
  const view = useRef<FrameListHandle>(null);
  const focusSoon = useRef(false);
  const actions: FilterActions = {
    add: (field, value, mode) => {
      const typed = addTerm(filtering.typed, field, value, mode, { now: clock() });
      // A selection in the fields beside the box would contradict the term.
      const isBeside = mode === 'only' && (field === 'vmc' || field === 'dir' || field === 'cmd');
      const freed = field === 'vmc' ? { vmcNo } : field === 'dir' ? { dir: null } : { cmd: null };
      focusSoon.current = true;
      filtering.put(typed, isBeside ? freed : {});
    },
  };

  const past = usePast(filter.text);
  const backToLive = (): void => {
    const without = withoutSpan(filtering.typed);
    if (spanOfFilter(without, clock()) === null) filtering.put(without);
    else filtering.clear();
  };

  useHotkey('search', () => bar.current?.focus());
  useHotkey('follow', () =>
    past === null ? list.dispatch({ type: 'followToggled', leavesLine: false }) : backToLive(),
  );
  useHotkey('goTo', () => {
    setGrouped(false);
    setGoing(true);
  });
  // Keys inside the pane take precedence over those of the screen: the machine list has its own search.
  const pane = useRef<HTMLElement>(null);
  const { ref: measured, width } = useElementSize();
  const both = useMergedRef(pane, measured);
  const isNarrow = width > 0 && width < (vmcNo === null ? narrow.ofAll : narrow.ofOne);
  useHotkey('search', () => bar.current?.focus(), pane);

  const leave = useEffectEvent(() => {
    const lines = pane.current?.querySelector('[role="listbox"][aria-multiselectable]');
    save(held || inCapture ? topOf(lines) : null);
  });
  useLayoutEffect(() => () => leave(), []);

  const goTo = async (ms: number): Promise<boolean> => (await view.current?.goTo(ms)) === true;
  // A capture that is still being read may later need a wider span.
  const stripKey = useCrema((s) => {
    const capture = shownCapture(s);
    return capture === null ? 'live' : spanFor((capture.to ?? 0) - (capture.from ?? 0));
  });
  const mode = ofList === 'live' && offline ? 'noLink' : ofList;
  const counted = <Counted filter={filter} key={filterKey} />;
  const tools = (
    <div className={classes['follow']}>
      <RunningReplay />
      <SegmentedControl
        aria-label={t('groups.view')}
        value={isGrouped ? 'groups' : 'list'}
        onChange={(shown) => setGrouped(shown === 'groups')}
        data={[
          { value: 'list', label: t('groups.list') },
          { value: 'groups', label: t('groups.groups') },
        ]}
      />
      {!isNarrow && !isGrouped && counted}
      {!isGrouped && <ListMode mode={mode} past={past} />}
      {!inCapture && !isGrouped && (
        <FollowButton
          past={past !== null}
          stays={held}
          onBackToLive={backToLive}
          onToggle={() => list.dispatch({ type: 'followToggled', leavesLine: true })}
        />
      )}
      <InspectorMenu
        isOfAll={vmcNo === null}
        writesTo={vmcNo ?? filter.vmcNo}
        isStripShown={strip}
        onStrip={setStrip}
        onGoTo={() => setGoing(true)}
        facts={isNarrow ? counted : null}
      />
    </div>
  );
  return (
    <FilterActionsContext value={actions}>
      <section className={classes['pane']} aria-label={t('frames.title')} ref={both}>
        <div className={classes['bar']}>
          <Boundary where="filter of the frames" of={filterKey}>
            <FilterBar
              ref={bar}
              vmcNo={vmcNo}
              filtering={filtering}
              members={members}
              tools={isNarrow ? tools : null}
              onLeave={(changed) => {
                focusSoon.current = changed;
                view.current?.focus();
              }}
            />
          </Boundary>
          {!isNarrow && tools}
        </div>
        {strip && (
          <Boundary where="frames over time" of={filterKey}>
            <TimeStrip
              key={stripKey}
              // Without its span, so that the strip also shows the time around it.
              filter={{ ...filter, text: withoutSpan(filter.text) }}
              onGo={(ms) => void goTo(ms)}
              onSpan={(from, to) => filtering.put(withSpan(filtering.typed, from, to))}
              onHide={() => setStrip(false)}
            />
          </Boundary>
        )}
        {isGrouped && (
          <Boundary where="groups of frames" of={filterKey}>
            <GroupsPane
              filter={filter}
              typed={filtering.typed}
              onFilter={(text) => filtering.put(text)}
              onList={() => {
                focusSoon.current = true;
                setGrouped(false);
              }}
            />
          </Boundary>
        )}
        {!isGrouped && (
          <Boundary key={filterKey} where="list of frames">
            <FrameList
              ref={view}
              list={list}
              filter={filter}
              ofAll={vmcNo === null}
              isFiltering={isFiltering(filter, vmcNo)}
              onClearFilter={filtering.clear}
              onFolding={(folds) => {
                setFolding(folds);
                list.dispatch({ type: 'foldingSet', folding: folds });
              }}
              onGoTo={() => setGoing(true)}
              onFilled={() => {
                // Focus the list for a user who comes to this screen, unless the focus is elsewhere.
                if (focusSoon.current || (vmcNo === null && isFocusIdle())) view.current?.focus();
                focusSoon.current = false;
              }}
            />
          </Boundary>
        )}
        {going && <GoToTime onGo={goTo} onClose={() => setGoing(false)} />}
      </section>
    </FilterActionsContext>
  );
}
