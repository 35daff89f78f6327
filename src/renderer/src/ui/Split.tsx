import { Splitter } from '@mantine/core';
import type { SplitterPaneSize } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { useWords } from '../text/useWords';
import classes from './Split.module.css';

interface SplitProps {
  /** What moves when the line is moved, for those who can't see it. */
  readonly label: string;
  readonly orientation?: 'horizontal' | 'vertical';
  /** Of the first pane: pixels or per cent. */
  readonly size: SplitterPaneSize;
  readonly initial: SplitterPaneSize;
  readonly min: SplitterPaneSize;
  readonly max?: SplitterPaneSize;
  /** Smallest size of the second pane. */
  readonly restMin: SplitterPaneSize;
  readonly onSize: (size: SplitterPaneSize) => void;
  readonly first: ReactNode;
  /** `null`: the first has all the room, and stays as it is when this one comes. */
  readonly second: ReactNode;
}

/**
 * Two panes and a line between them that can be moved, by pointer or with the arrow keys. Where the sizes are shares, Enter on
 * the line, or moving it on to the end, hides the second pane until Enter brings it back.
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
          // Its height or width of nothing would leave what is in it to the Tab key.
          inert={hidden}
        >
          {second}
        </Splitter.Pane>
      )}
    </Splitter>
  );
}
