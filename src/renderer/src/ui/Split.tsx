import { Splitter } from '@mantine/core';
import type { SplitterPaneSize } from '@mantine/hooks';
import type { ReactNode } from 'react';
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

/** Two panes and a line between them that can be moved, by pointer or with the arrow keys. */
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
  const share = typeof size === 'number';
  return (
    <Splitter
      orientation={orientation}
      classNames={{
        root: classes['root'] ?? '',
        handle: classes['handle'] ?? '',
        pane: classes['pane'] ?? '',
      }}
      attributes={{ handle: { 'aria-label': label } }}
      withHandle={false}
      lineSize={1}
      handleColor="var(--line-strong)"
      sizes={second === null ? [100] : [size, share ? 100 - size : 100]}
      onSizeChange={([next]) => second !== null && next !== undefined && onSize(next)}
    >
      <Splitter.Pane defaultSize={initial} min={min} {...(max === undefined ? {} : { max })}>
        {first}
      </Splitter.Pane>
      {second !== null && (
        <Splitter.Pane defaultSize={typeof initial === 'number' ? 100 - initial : 100} min={restMin}>
          {second}
        </Splitter.Pane>
      )}
    </Splitter>
  );
}
