import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { answersTo } from '#shared/messages/lookup';
import type { FrameRow } from '#shared/model/frame';
import { isWord } from '#shared/model/relayed';
import { wantFrame } from '../../../store';
import { latencyWords } from '../../../text/detailWords';
import { entryName, frameMeaning } from '../../../text/frameWords';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { LiveRegion } from '../../../ui/LiveRegion';
import { listenTime, useReplies } from './useReplies';
import classes from './Compose.module.css';

interface ComposeResultProps {
  readonly vmcNo: number;
  readonly sent: { readonly id: number; readonly cmd: string | null } | null;
  /** Called when a frame is opened behind the dialog. */
  readonly onLeave: () => void;
}

/** The sent frame, and the next frames of the machine on that connection. */
export function ComposeResult({ vmcNo, sent, onLeave }: ComposeResultProps) {
  const words = useWords();
  const { t } = words;
  const { frame, rows, left } = useReplies(vmcNo, sent?.id ?? null);
  const answers = sent?.cmd == null ? [] : answersTo('out', sent.cmd);
  // A frame that a rule or a person sent in the machine's name is not its answer.
  const answer = rows.find(
    ({ cmd, findings }) =>
      cmd !== null && answers.includes(cmd.toLowerCase()) && isWord({ dir: 'in', findings }),
  );
  const last = rows.at(-1);
  const announced =
    last === undefined
      ? [frame !== null && left === 0 ? t('compose.noAnswer') : null]
      : [last === answer ? t('compose.answerMark') : null, entryName(words, last)];
  return (
    <section className={classes['result']} aria-label={t('compose.result')}>
      <h3>{t('compose.result')}</h3>
      <LiveRegion>{announced.filter((part) => part !== null).join(': ')}</LiveRegion>
      {sent === null || frame === null ? (
        <p className="dim">{t('compose.resultEmpty')}</p>
      ) : (
        <>
          <ol className={classes['frames']}>
            <Boundary as="item" where={`sent frame ${frame.id}`} of={frame}>
              <Line row={frame} body={frame.fullText} since={null} isAnswer={false} onLeave={onLeave} />
            </Boundary>
            {rows.map((row) => (
              <Boundary key={row.id} as="item" where={`frame ${row.id} after one that was sent`} of={row}>
                <Line
                  row={row}
                  body={row.text}
                  since={frame.at}
                  isAnswer={row === answer}
                  onLeave={onLeave}
                />
              </Boundary>
            ))}
          </ol>
          {rows.length === 0 && <p className="dim">{t(left > 0 ? 'compose.silent' : 'compose.noAnswer')}</p>}
          <p className="dim tabular">
            {left > 0
              ? t('compose.waiting', { s: Math.ceil(left / 1_000) })
              : t('compose.listened', { s: listenTime / 1_000 })}
          </p>
        </>
      )}
    </section>
  );
}

interface LineProps {
  readonly row: FrameRow;
  readonly body: string;
  /** The time of the sent frame that this one may answer; `null`: this is the sent frame. */
  readonly since: number | null;
  readonly isAnswer: boolean;
  readonly onLeave: () => void;
}
function Line({ row, body, since, isAnswer, onLeave }: LineProps) {
  const words = useWords();
  const { t } = words;
  const Arrow = row.dir === 'in' ? IconArrowRight : IconArrowLeft;
  return (
    <li data-dir={row.dir} data-answer={isAnswer || undefined}>
      <div className={classes['lineHead']}>
        <Arrow size={14} role="img" aria-label={t(`frames.${row.dir ?? 'connectionItself'}`)} />
        <strong className="mono">{entryName(words, row)}</strong>
        {isAnswer && <span className={classes['answer']}>{t('compose.answerMark')}</span>}
        <span className="dim tabular">
          {since === null
            ? words.clock(row.at)
            : t('compose.after', { time: latencyWords(words, row.at - since) })}
        </span>
        <button
          type="button"
          className={classes['open']}
          onClick={() => {
            wantFrame(row.id);
            onLeave();
          }}
        >
          {t('compose.openFrame', { id: row.id })}
        </button>
      </div>
      <p>{frameMeaning(words, row)}</p>
      <pre className="mono">{body}</pre>
    </li>
  );
}
