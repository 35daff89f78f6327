import { Splitter } from '@mantine/core';
import type { SplitterPaneSize } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { useWords } from '../text/useWords';
import classes from './Split.module.css';

interface SplitProps {
  /** The accessible name of the divider. */
  readonly label: string;
  readonly orientation?: 'horizontal' | 'vertical';
  /** Size of the first pane: pixels or per cent. */
  readonly size: SplitterPaneSize;
  readonly initial: SplitterPaneSize;
  readonly min: SplitterPaneSize;
  readonly max?: SplitterPaneSize;
  /** Smallest size of the second pane. */
  readonly restMin: SplitterPaneSize;
  readonly onSize: (size: SplitterPaneSize) => void;
  /** `null`: the second pane takes all the space, and keeps its state when the first appears. */
  readonly first: ReactNode;
  /** `null`: the first pane takes all the space, and keeps its state when the second appears. */
  readonly second: ReactNode;
}

/**
 * Two panes with a divider, moved by pointer or arrow keys. With sizes in per cent, Enter on the divider, or moving it to the end, hides the
 * second pane until Enter shows it again.
 */
export function Split(props: SplitProps) {
  const {
    label,
    orientation = 'horizontal',
    size,
    initial,
    min,
    max,
    restMin,
    onSize,
    first,
    second,
  } = props;
  const { t } = useWords();
  const [hidden, setHidden] = useState(false);
  if (hidden && second === null) setHidden(false);
  const share = typeof size === 'number';
  const name = share ? t(hidden ? 'detail.shows' : 'detail.hides', { label }) : label;
  return (
    <Splitter
      orientation={orientation}
      classNames={{
        root: classes['root'] ?? '',
        handle: classes['handle'] ?? '',
        pane: classes['pane'] ?? '',
      }}
      attributes={{ handle: { 'aria-label': name } }}
      mod={{ alone: first === null }}
      withHandle={false}
      lineSize={1}
      handleColor="var(--line-strong)"
      sizes={second === null ? [100] : hidden ? [100, 0] : [size, share ? 100 - size : 100]}
      onSizeChange={([next, rest]) => {
        if (second === null || next === undefined) return;
        setHidden(rest === 0);
        if (rest !== 0) onSize(next);
      }}
    >
      <Splitter.Pane defaultSize={initial} min={min} {...(max === undefined ? {} : { max })}>
        {first}
      </Splitter.Pane>
      {second !== null && (
        <Splitter.Pane
          defaultSize={typeof initial === 'number' ? 100 - initial : 100}
          min={restMin}
          collapsible={share}
          {...(share && typeof restMin === 'number' ? { collapseThreshold: restMin / 2 } : {})}
          // A pane of zero size would otherwise still be reachable by Tab.
          inert={hidden}
        >
          {second}
        </Splitter.Pane>
      )}
    </Splitter>
  );
}
