import { useRef } from 'react';
import type { FrameReader } from '../../../bridge/frames';
import { isOpenedAway } from './listState';
import { untilMoved, type ListStore } from './listStore';

type Step = 1 | -1;

/** Steps that wait until the rows around the opened frame are loaded. */
interface Waiting {
  readonly steps: Step[];
  /** True until the user goes elsewhere. */
  readonly isActive: () => boolean;
}

/** Moves to the opened frame's neighbours. If the list is elsewhere, the rows around the frame are loaded first. */
export function useStep(list: ListStore, frames: FrameReader): (by: Step) => void {
  const waiting = useRef<Waiting | null>(null);
  const step = (by: Step): void => list.dispatch({ type: 'stepped', by });
  const comeBack = async (opened: number, by: Step): Promise<void> => {
    // Ends following, which would scroll back to the newest rows.
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
