import { Button } from '@mantine/core';
import type { AppError } from '#shared/contract/errors';
import { appErrorWords } from '../text/appErrorWords';
import { listed } from '../text/phrases';
import { minuteOf } from '../text/siteWords';
import { useWords } from '../text/useWords';
import { clock } from './ticker';
import classes from './MergedNotes.module.css';

interface MergedNotesProps {
  readonly merged: {
    readonly late: readonly string[];
    readonly failed: readonly { readonly site: string; readonly error: AppError }[];
    readonly unread: readonly string[];
    readonly away: readonly { readonly site: string; readonly to: number }[];
    readonly isFull: boolean;
    readonly rows: readonly unknown[];
    readonly again: () => void;
  };
}

/** Sites named in a note. */
const mostNamed = 4;

/** The sites whose rows are missing from a list of all sites, or may be. */
export function MergedNotes({ merged }: MergedNotesProps) {
  const words = useWords();
  const { t } = words;
  const { late, failed, unread, away, isFull, rows, again } = merged;
  const named = (sites: readonly string[]): string =>
    sites.length <= mostNamed
      ? listed(words, sites)
      : listed(words, [
          ...sites.slice(0, mostNamed),
          t('sites.all.more', { count: sites.length - mostNamed }),
        ]);
  const now = clock();
  const notes = [
    ...(late.length > 0 ? [t('sites.all.late', { sites: named(late) })] : []),
    ...(away.length > 0
      ? [
          t('sites.all.away', {
            sites: named(
              away.map(({ site, to }) => t('sites.all.to', { site, at: minuteOf(words, to, now) })),
            ),
          }),
        ]
      : []),
    ...(unread.length > 0 ? [t('sites.all.unread', { sites: named(unread) })] : []),
    ...(isFull ? [t('sites.all.full', { count: rows.length })] : []),
  ];
  return (
    <div className={classes['notes']} role="status">
      {notes.map((note) => (
        <span key={note} className="dim">
          {note}
        </span>
      ))}
      {failed.slice(0, mostNamed).map(({ site, error }) => (
        <span key={site} className={classes['failed']}>
          {t('sites.all.failed', { site, why: appErrorWords(words, error) })}
        </span>
      ))}
      {failed.length > mostNamed && (
        <span className={classes['failed']}>
          {t('sites.all.failedMore', { count: failed.length - mostNamed })}
        </span>
      )}
      {failed.length > 0 && (
        <Button size="compact-xs" variant="default" onClick={again}>
          {t('app.again')}
        </Button>
      )}
    </div>
  );
}

/** The error of a list that could read no source; `null`: it has rows, or may get some. */
export const mergedError = ({
  rows,
  complete,
  failed,
}: {
  readonly rows: readonly unknown[];
  readonly complete: boolean;
  readonly failed: MergedNotesProps['merged']['failed'];
}): AppError | null => (rows.length === 0 && complete ? (failed[0]?.error ?? null) : null);
