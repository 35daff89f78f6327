import { ActionIcon, Button } from '@mantine/core';
import { IconBookmark, IconFileExport, IconRepeat, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { Reply } from '#shared/contract/requests/index';
import type { FrameFilter } from '#shared/filter/frames';
import type { FramePage, FrameRow } from '#shared/model/frame';
import { useFrameCount } from '../../../bridge/frameCount';
import { request } from '../../../bridge/request';
import { askExport, askReplay, useCrema } from '../../../store';
import { useWords } from '../../../text/useWords';
import { ErrorNote } from '../../../ui/ErrorNote';
import classes from './SelectionBar.module.css';

interface SelectionBarProps {
  readonly rows: readonly FrameRow[];
  /** Every line of the list is selected. */
  readonly isWhole: boolean;
  readonly onMark: () => void;
  readonly onClear: () => void;
}

/** Actions for several selected lines. */
export function SelectionBar({ rows, isWhole, onMark, onClear }: SelectionBarProps) {
  const { t } = useWords();
  const count = rows.length;
  const areFrames = rows.every(({ dir }) => dir !== null);
  return (
    <div className={classes['bar']} role="group" aria-label={t('frames.chosen.label')}>
      <span role="status">{t(areFrames ? 'frames.chosen.frames' : 'frames.chosen.entries', { count })}</span>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconFileExport size={13} aria-hidden />}
        onClick={() => askExport('chosen')}
      >
        {t('frames.chosen.export')}
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconRepeat size={13} aria-hidden />}
        onClick={() => askReplay(true)}
      >
        {t('replay.open')}
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconBookmark size={13} aria-hidden />}
        onClick={onMark}
      >
        {t('frames.mark.mark')}
      </Button>
      {isWhole && <Others selected={count} />}
      <ActionIcon aria-label={t('frames.chosen.clear')} title={t('frames.chosen.clear')} onClick={onClear}>
        <IconX size={14} aria-hidden />
      </ActionIcon>
    </div>
  );
}

/** Main holds all marks in memory. */
const maxMarked = 10_000;

/** Entries that match the filter but are not in the list yet: their count, and the actions for all. */
function Others({ selected }: { readonly selected: number }) {
  const { t } = useWords();
  const filter = useCrema((s) => s.followed);
  const { counted: count } = useFrameCount(filter, null);
  const marking = useMarkAll(filter);
  if (count === null || count.entries <= selected) return null;
  const all = count.entries;
  return (
    <>
      <span className="dim">{t(count.isWhole ? 'frames.chosen.of' : 'frames.chosen.ofMore', { all })}</span>
      <Button size="compact-xs" variant="default" onClick={() => askExport('listed')}>
        {t('frames.chosen.exportAll')}
      </Button>
      {count.isWhole && all <= maxMarked && (
        <Button size="compact-xs" variant="default" onClick={() => void marking.run()}>
          <span aria-live="polite">
            {marking.done === null
              ? t('frames.chosen.markAll', { all })
              : t('frames.chosen.marking', { done: marking.done, all })}
          </span>
        </Button>
      )}
      <ErrorNote error={marking.error} />
    </>
  );
}

const pageSize = 500;

/** Marks all entries that match the filter, oldest first. It ends when the bar disappears. */
function useMarkAll(filter: FrameFilter): {
  readonly run: () => Promise<void>;
  /** `null`: not started. */
  readonly done: number | null;
  readonly error: AppError | null;
} {
  const [done, setDone] = useState<number | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const isWanted = useRef(true);
  useEffect(() => {
    isWanted.current = true;
    return () => {
      isWanted.current = false;
    };
  }, []);
  const run = async (): Promise<void> => {
    // Once is enough. Another try after a failure starts again and skips marked entries.
    if (done !== null && error === null) return;
    setError(null);
    setDone(0);
    let after: number | null = 0;
    for (let marked = 0; after !== null && isWanted.current;) {
      const page: Reply<'frames'> = await request('frames', { filter, place: { after }, limit: pageSize });
      if (!page.ok) {
        setError(page.error);
        return;
      }
      const { rows, next }: FramePage = page.value;
      const without = rows.filter(({ mark }) => mark?.marked !== true);
      const replies = await Promise.all(
        without.map(({ id }) => request('setMark', { entry: id, marked: true })),
      );
      const failed = replies.find((reply): reply is Extract<typeof reply, { ok: false }> => !reply.ok);
      if (failed !== undefined) {
        setError(failed.error);
        return;
      }
      marked += rows.length;
      setDone(marked);
      after = next;
    }
  };
  return { run, done, error };
}
