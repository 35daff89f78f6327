import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReplayRow } from '#shared/model/replay';
import { useReplayRows } from '../../bridge/replay';
import { replayDifference, replayOutcome } from '../../text/replayWords';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { OutcomeShape } from './OutcomeShape';
import classes from './Replay.module.css';

const firstRows = 100;
const mostRows = 500;

/** Recorded and new frames side by side, newest first. */
export function ReplayRows({ differing }: { readonly differing: boolean }) {
  const { t } = useWords();
  const [limit, setLimit] = useState(firstRows);
  const found = useReplayRows(limit, differing);
  if (found === null) return null;
  const { rows, isWhole } = found;
  if (rows.length === 0)
    return <p className="dim">{t(differing ? 'replay.noDiffering' : 'replay.noRows')}</p>;
  return (
    <>
      <div className={classes['head']} aria-hidden>
        {(['outcome', 'command', 'recorded', 'now'] as const).map((column) => (
          <span key={column}>{t(`replay.column.${column}`)}</span>
        ))}
      </div>
      <ul className={classes['rows']} aria-label={t('replay.rows')}>
        {rows.map((row) => (
          <Boundary key={row.id} as="item" where="row of the replay" of={row}>
            <Row row={row} />
          </Boundary>
        ))}
      </ul>
      {!isWhole &&
        (limit < mostRows ? (
          <div>
            <Button size="compact-xs" variant="default" onClick={() => setLimit(limit + firstRows)}>
              {t('replay.earlier')}
            </Button>
          </div>
        ) : (
          <p className="dim">{t('replay.more')}</p>
        ))}
    </>
  );
}

function Row({ row }: { readonly row: ReplayRow }) {
  const words = useWords();
  const { t } = words;
  const { kind, outcome, step, cmd, entry, recorded, now, differences, notes } = row;
  return (
    <li data-kind={kind} data-outcome={outcome}>
      <span className={classes['outcome']}>
        <OutcomeShape kind={kind} outcome={outcome} />
        {replayOutcome(words, row)}
      </span>
      <span>
        <span className="mono">{cmd ?? t('replay.noCommand')}</span>{' '}
        <span className="dim">
          {t('replay.step', { step })}
          {entry !== null && ` · ${t('replay.entry', { entry: String(entry) })}`}
        </span>
      </span>
      <span role="group" aria-label={t('replay.column.recorded')} className={classes['body']}>
        {recorded?.text ?? '–'}
      </span>
      <span role="group" aria-label={t('replay.column.now')} className={classes['body']}>
        {now?.text ?? '–'}
      </span>
      {differences.length + notes.length > 0 && (
        <ul className={classes['why']}>
          {differences.map((one) => (
            <li key={`${one.what} ${one.name}`} data-explained={one.by !== null}>
              <span className={classes['sign']} aria-hidden>
                {one.by === null ? '≠' : '≈'}
              </span>{' '}
              <span className="mono">{replayDifference(words, one)}</span>
              {one.by !== null && <span className="dim"> · {t(`replay.by.${one.by}`)}</span>}
            </li>
          ))}
          {notes.map((note) => (
            <li key={note}>{t(`replay.note.${note}`)}</li>
          ))}
        </ul>
      )}
    </li>
  );
}
