import { Button } from '@mantine/core';
import { parseFilter } from '#shared/filter/language/parse';
import { searchedTexts } from '#shared/filter/language/tree';
import { useCrema } from '../../../store';
import { shownCapture } from '../../../store/source';
import { useWords } from '../../../text/useWords';
import { EmptyNote } from '../../../ui/EmptyNote';
import { ErrorNote } from '../../../ui/ErrorNote';
import { usePast } from '../filter/usePast';
import { useListState, type ListStore } from './listStore';
import classes from './SearchProgress.module.css';

interface OfList {
  readonly list: ListStore;
}

/** The progress of a search, with buttons to stop or continue it. */
function Progress({ list }: OfList) {
  const words = useWords();
  const { t } = words;
  const search = useListState(list, (s) => s.search);
  const error = useListState(list, (s) => s.error);
  const goOn = (): void => list.dispatch({ type: 'searchContinued' });
  const to = search?.to ?? null;
  const when = to === null ? null : words.dateTime(to);
  if (error !== null)
    return (
      <>
        <ErrorNote error={error} />
        <Button size="compact-xs" variant="default" onClick={goOn}>
          {t('app.again')}
        </Button>
      </>
    );
  if (search?.stopped === true)
    return (
      <>
        <span>{when === null ? t('frames.lookedUnknown') : t('frames.lookedTo', { when })}</span>
        <Button size="compact-xs" variant="default" onClick={goOn}>
          {t('frames.lookOn')}
        </Button>
      </>
    );
  return (
    <>
      <span>{when === null ? t('frames.looking') : t('frames.lookingTo', { when })}</span>
      <Button size="compact-xs" variant="default" onClick={() => list.dispatch({ type: 'searchStopped' })}>
        {t('frames.stop')}
      </Button>
    </>
  );
}

/** Overlays the first line of the list. */
export function SearchProgress({ list }: OfList) {
  return (
    <div className={classes['over']} role="status">
      <Progress list={list} />
    </div>
  );
}

/** Terms that were taken as plain text, so that a misread filter is noticed. */
function SearchedTexts() {
  const { t } = useWords();
  const text = useCrema((s) => s.followed.text);
  const parsed = parseFilter(text, { now: 0 });
  const words = parsed.ok ? searchedTexts(parsed.filter) : [];
  if (words.length === 0) return null;
  const quoted = words.map((word) => `“${word}”`);
  return <p className="dim">{t('frames.searchedTexts', { words: quoted.join(' ') })}</p>;
}

interface EmptyListProps extends OfList {
  readonly isFiltering: boolean;
  readonly onClearFilter: () => void;
}
/** Why the list is empty, and the next step. */
export function EmptyList({ list, isFiltering, onClearFilter }: EmptyListProps) {
  const { t } = useWords();
  const next = useListState(list, ({ log }) => log.next);
  const error = useListState(list, (s) => s.error);
  const isSearching = useListState(list, ({ log }) => log.next !== null || log.after !== null);
  const capture = useCrema(shownCapture);
  const isReading = capture?.site === null && capture.reading.state === 'running';
  const isOver = usePast(useCrema((s) => s.followed.text)) !== null;
  if (error !== null && next === undefined)
    return (
      <EmptyNote title={t('frames.unreadable')}>
        <ErrorNote error={error} />
      </EmptyNote>
    );
  if (next === undefined) return null;
  if (isReading)
    return (
      <EmptyNote
        title={t(isFiltering ? 'frames.noneYet' : 'frames.reading')}
        text={t('frames.readingText')}
      />
    );
  if (!isFiltering && !isSearching)
    return (
      <EmptyNote title={t(capture === null || capture.site !== null ? 'frames.none' : 'frames.noneInFile')} />
    );
  return (
    <EmptyNote
      title={t(isSearching ? 'frames.noneYet' : 'frames.noneMatch')}
      {...(isSearching || isOver || capture !== null ? {} : { text: t('frames.noneMatchText') })}
    >
      {isFiltering && <SearchedTexts />}
      {isSearching && (
        <div className={classes['progress']} role="status">
          <Progress list={list} />
        </div>
      )}
      {isFiltering && (
        <Button variant="default" onClick={onClearFilter}>
          {t('frames.filter.clear')}
        </Button>
      )}
    </EmptyNote>
  );
}
