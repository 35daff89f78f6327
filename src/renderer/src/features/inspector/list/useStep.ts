import { useRef } from 'react';
import type { FrameReader } from '../../../bridge/frames';
import { isOpenedAway } from './listState';
import { untilMoved, type ListStore } from './listStore';

type Step = 1 | -1;

/** Steps that wait for the place of the opened frame. */
interface Waiting {
  readonly steps: Step[];
  /** Nobody has gone elsewhere since. */
  readonly isActive: () => boolean;
}

/** To the opened frame's neighbours. Where the list stands elsewhere its place is brought back first: only there it is known what they are. */
export function useStep(list: ListStore, frames: FrameReader): (by: Step) => void {
  const waiting = useRef<Waiting | null>(null);
  const step = (by: Step): void => list.dispatch({ type: 'stepped', by });
  const comeBack = async (opened: number, by: Step): Promise<void> => {
    // Who follows has the newest in view: what is gone to would be taken away again.
    list.dispatch({ type: 'touched' });
    const mine: Waiting = { steps: [by], isActive: untilMoved(list) };
    waiting.current = mine;
    await frames.around(opened, mine.isActive, { isPatient: true });
    if (waiting.current === mine) waiting.current = null;
    if (mine.isActive())
      for (const one of mine.steps) list.dispatch({ type: 'stepped', by: one, isRead: true });
  };
  return (by) => {
    const state = list.getState();
    if (state.opened === null || !isOpenedAway(state)) step(by);
    else if (waiting.current?.isActive() === true) waiting.current.steps.push(by);
    else void comeBack(state.opened, by);
  };
}
