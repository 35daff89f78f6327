import { useElementSize } from '@mantine/hooks';
import { useCallback, useRef, useState, type Ref } from 'react';
import { VisuallyHidden } from '@mantine/core';
import type { AppError } from '#shared/contract/errors';
import type { FrameFilter } from '#shared/filter/frames';
import type { FrameRow } from '#shared/model/frame';
import { showPlace } from '../../../bridge/source';
import { useAllFrames } from '../../../bridge/useMerged';
import { useCrema, wantFrame } from '../../../store';
import type { MergedRow } from '../../../store/merged';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { EmptyNote } from '../../../ui/EmptyNote';
import { ErrorNote } from '../../../ui/ErrorNote';
import { HistoryList } from '../../../ui/HistoryList';
import { MergedNotes, mergedError } from '../../../ui/MergedNotes';
import { rowHeights } from '../../../ui/rows';
import { clock } from '../../../ui/ticker';
import type { ListHandle } from '../../../ui/VirtualList';
import { FilterBar } from '../filter/FilterBar';
import { isFiltering, useFiltering } from '../filter/filters';
import { datesOf } from '../list/times';
import { AllFrameLine, AllFrameColumns } from './AllFrameLine';
import inspectorClasses from '../Inspector.module.css';
import classes from './AllFrames.module.css';

type Row = MergedRow<FrameRow>;
const keyOf = ({ key }: Row): number => key;
const findsAll = (): boolean => true;
const noMembers: readonly string[] = [];
/** px; below, the filter box needs a line of its own. */
const narrow = 900;

/** The frames of this computer and of all read sites, with the filter of the Inspector. Choosing one opens it in its site. */
export function AllFrames() {
  const { t } = useWords();
  const filtering = useFiltering(null);
  const { filter } = filtering;
  const filterKey = JSON.stringify(filter);
  const { ref, width } = useElementSize();
  const list = useRef<ListHandle>(null);
  const isNarrow = width > 0 && width < narrow;
  return (
    <div className={inspectorClasses['screen']}>
      <VisuallyHidden component="h1">{t('inspector.title')}</VisuallyHidden>
      <section className={inspectorClasses['pane']} aria-label={t('sites.all.frames')} ref={ref}>
        <div className={inspectorClasses['bar']}>
          <Boundary where="filter of the frames of all sites" of={filterKey}>
            <FilterBar
              vmcNo={null}
              filtering={filtering}
              members={noMembers}
              tools={isNarrow ? <span /> : null}
              onLeave={() => list.current?.focus()}
              ref={null}
            />
          </Boundary>
        </div>
        <Boundary key={filterKey} where="list of frames of all sites">
          <List filter={filter} ref={list} />
        </Boundary>
      </section>
    </div>
  );
}

interface ListProps {
  readonly filter: FrameFilter;
  readonly ref: Ref<Pick<ListHandle, 'focus'>>;
}

/** Each filter has its own list. */
function List({ filter, ref }: ListProps) {
  const { t } = useWords();
  const [error, setError] = useState<AppError | null>(null);
  const merged = useAllFrames(t('sites.live'), filter);
  const configs = useCrema((s) => s.configs);
  const [first, last] = [merged.rows[0], merged.rows.at(-1)];
  const dates = datesOf(
    [first, last].flatMap((one) => (one === undefined ? [] : [one.row])),
    clock(),
  );
  const open = ({ place, row }: Row): void => {
    const go = async (): Promise<void> => {
      const refused = await showPlace(place.capture, { screen: 'inspector' });
      setError(refused);
      if (refused === null) wantFrame(row.id);
    };
    void go();
  };
  const renderLine = useCallback(
    ({ place, row }: Row) => (
      <AllFrameLine
        row={row}
        site={place.site}
        name={row.vmcNo === null ? '' : (configs[row.vmcNo]?.name ?? '')}
        dates={dates}
      />
    ),
    [configs, dates],
  );
  const searched = isFiltering(filter, null);
  return (
    <>
      <div className={classes['notes']}>
        <MergedNotes merged={merged} />
        <ErrorNote error={error} />
      </div>
      <div className={classes['frames']} data-dates={dates}>
        <HistoryList
          ref={ref}
          {...merged}
          error={mergedError(merged)}
          words={{
            list: t('sites.all.frames'),
            resize: t('frames.resize'),
            unreadable: t('frames.unreadable'),
            readSoFar: (count) => t('sites.all.readSoFar', { count }),
            older: t('orders.older'),
            newer: (count) => t('frames.newer', { count }),
          }}
          idOf={keyOf}
          finds={findsAll}
          columns={<AllFrameColumns />}
          renderLine={renderLine}
          rowHeight={rowHeights.frame}
          nothing={<EmptyNote title={t(searched ? 'frames.noneMatch' : 'frames.none')} />}
          searched={false}
          onOpen={open}
        />
      </div>
    </>
  );
}
