import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { memo, useMemo } from 'react';
import type { FrameRow } from '#shared/model/frame';
import { useConfig } from '../../store';
import { useWords } from '../../text/useWords';
import type { Words } from '../../text/words';
import { Time } from './FrameLine';
import { foldFacts, type Fold, type FoldFacts } from './lines';
import classes from './Inspector.module.css';

interface FoldLineProps {
  readonly rows: readonly FrameRow[];
  readonly fold: Fold;
  readonly ofAll: boolean;
  readonly since: number | null;
}

/** A run of heartbeats in one line, which opens it. */
export const FoldLine = memo(function FoldLine({ rows, fold, ofAll, since }: FoldLineProps) {
  const words = useWords();
  const { t } = words;
  const { from, to, isOpen } = fold;
  const facts = useMemo(() => foldFacts(rows.slice(from, to)), [rows, from, to]);
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  const [only] = facts.machines;
  return (
    <div className={classes['line']} data-fold={isOpen ? 'open' : 'closed'}>
      <Chevron
        size={14}
        role="img"
        aria-label={t(isOpen ? 'frames.fold.open' : 'frames.fold.closed')}
        className={classes['chevron']}
      />
      <Time at={facts.first} since={since} />
      {ofAll && (
        <span className={classes['who']} data-cell="vmc">
          {facts.machines.length === 1 && only !== undefined ? (
            <Name vmcNo={only} />
          ) : (
            t('frames.fold.machines', { count: facts.machines.length })
          )}
        </span>
      )}
      <span className={classes['cmd']} data-cell="fold">
        hb
      </span>
      <span className={classes['meaning']}>{sentence(words, facts)}</span>
      <span className={classes['body']}>
        {t('frames.fold.span', { from: words.clock(facts.first), to: words.clock(facts.last) })}
      </span>
      <span className={classes['marks']} />
      <span className={classes['size']}>{words.bytes(facts.size)}</span>
      <span className={classes['more']} data-more="" aria-hidden />
    </div>
  );
});

function Name({ vmcNo }: { readonly vmcNo: number | null }) {
  const { t } = useWords();
  const { name } = useConfig(vmcNo ?? -1);
  return (
    <>
      {vmcNo ?? t('frames.noMachine')} <span className="dim">{name}</span>
    </>
  );
}

/** "12 heartbeats, 20.0 s apart". */
function sentence({ t }: Words, { heartbeats, answers, apart, longest }: FoldFacts): string {
  if (heartbeats === 0) return t('frames.fold.answers', { count: answers });
  const what = t('frames.fold.heartbeats', { count: heartbeats });
  if (apart === null) return what;
  const seconds = (ms: number): string => (ms / 1000).toFixed(1);
  // Half as long again as usual is worth a look.
  if (longest > apart * 1.5)
    return t('frames.fold.uneven', { what, apart: seconds(apart), longest: seconds(longest) });
  return t('frames.fold.even', { what, apart: seconds(apart) });
}
