import { useDeferredValue, useEffect, useMemo, useRef, type ReactNode } from 'react';
import { Boundary } from '../../../ui/Boundary';
import { FrameDetailPane } from './FrameDetailPane';

interface Ways {
  readonly close: () => void;
  readonly step: (by: 1 | -1) => void;
}

/** The opened frame beside the list. Movement in the list has priority: while a key is held down, the detail follows when there is time. */
export function useDetail(openId: number | null, ofAll: boolean, ways: Ways): ReactNode {
  const id = useDeferredValue(openId);
  const latest = useRef(ways);
  useEffect(() => {
    latest.current = ways;
  });
  const pane = useMemo(
    () =>
      id === null ? null : (
        <Boundary where={`pane of frame ${id}`} of={id}>
          <FrameDetailPane
            id={id}
            ofAll={ofAll}
            onClose={() => latest.current.close()}
            onStep={(by) => latest.current.step(by)}
          />
        </Boundary>
      ),
    [id, ofAll],
  );
  return openId === null ? null : pane;
}
