import { Splitter } from '@mantine/core';
import type { MachineRow } from '#shared/model/machine';
import { useCrema } from '../../store';
import { useRemembered } from '../../store/remembered';
import { Facts } from './Facts';
import { FramesPane } from './FramesPane';
import classes from './Machines.module.css';

const isShare = (value: unknown): value is number => typeof value === 'number' && value >= 15 && value <= 85;

/** What is known about a machine above, its latest frames below. */
export function Overview({ row }: { readonly row: MachineRow }) {
  const detail = useCrema((s) => s.detail);
  const [share, setShare] = useRemembered('factsShare', 56, isShare);
  return (
    <Splitter
      orientation="vertical"
      className={classes['screen']}
      withHandle={false}
      lineSize={1}
      sizes={[share, 100 - share]}
      onSizeChange={([next]) => isShare(next) && setShare(next)}
    >
      <Splitter.Pane defaultSize={56} min={15}>
        <div className={classes['facts']}>{detail !== null && <Facts row={row} detail={detail} />}</div>
      </Splitter.Pane>
      <Splitter.Pane defaultSize={44} min={15}>
        <FramesPane />
      </Splitter.Pane>
    </Splitter>
  );
}
