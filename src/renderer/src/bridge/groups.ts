/** Groups of the entries that a filter lets through. They are counted again for each question, answer by answer until they are complete. */
import { useEffect, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { FrameFilter } from '#shared/filter/frames';
import type { Reply } from '#shared/contract/requests/index';
import { mostGroups, type Groups } from '#shared/model/groups';
import { request } from './request';

interface Question {
  readonly filter: FrameFilter;
  readonly by: readonly string[];
  readonly stats: readonly string[];
}

export interface ShownGroups {
  /** `null`: nothing is counted yet. */
  readonly groups: Groups | null;
  /** A person stopped the count. The groups are those of the first entries. */
  readonly isStopped: boolean;
  readonly error: AppError | null;
}

/** Groups of an answer before the count is complete. */
const firstGroups = 200;
const nothing: ShownGroups = { groups: null, isStopped: false, error: null };

/** Without names nothing is asked. */
export function useGroups(question: Question): ShownGroups & {
  readonly stop: () => void;
  /** Counts from the beginning, with the entries that came meanwhile. */
  readonly again: () => void;
} {
  const [shown, setShown] = useState<ShownGroups>(nothing);
  const [round, setRound] = useState(0);
  const wanted = JSON.stringify({ ...question, round });
  const { isStopped } = shown;
  useEffect(() => {
    const asked = JSON.parse(wanted) as Question;
    if (asked.by.length === 0 || isStopped) return;
    let isWanted = true;
    const count = async (): Promise<void> => {
      let [run, limit]: [number | null, number] = [null, firstGroups];
      for (;;) {
        const reply: Reply<'groupFrames'> = await request('groupFrames', {
          filter: asked.filter,
          by: [...asked.by],
          stats: [...asked.stats],
          run,
          limit,
        });
        if (!isWanted) return;
        if (!reply.ok) {
          setShown((old) => ({ ...old, error: reply.error }));
          return;
        }
        const groups: Groups = reply.value;
        setShown({ groups, isStopped: false, error: null });
        ({ run } = groups);
        if (groups.isDone && groups.groups.length === groups.size) return;
        if (groups.isDone) limit = mostGroups;
      }
    };
    void count();
    return () => {
      isWanted = false;
    };
  }, [wanted, isStopped]);
  return {
    ...shown,
    stop: () => setShown((old) => ({ ...old, isStopped: true })),
    again: () => {
      setShown(nothing);
      setRound((old) => old + 1);
    },
  };
}
