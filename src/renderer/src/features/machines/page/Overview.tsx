import type { ComponentType } from 'react';
import type { MachineRow } from '#shared/model/machine';
import { useCrema } from '../../../store';
import { useRemembered } from '../../../store/remembered';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { Split } from '../../../ui/Split';
import type { Question } from '../commands/forms/types';
import { Facts } from './Facts';
import classes from './MachinePage.module.css';

const isShare = (value: unknown): value is number => typeof value === 'number' && value >= 15 && value <= 85;

interface OverviewProps {
  readonly row: MachineRow;
  readonly onAsk: (question: Question) => void;
  readonly Frames: ComponentType<{ readonly vmcNo: number }>;
}

/** A separate component: only this part changes with every report of the machine. */
function Known({ row, onAsk }: Pick<OverviewProps, 'row' | 'onAsk'>) {
  const detail = useCrema((s) => s.detail);
  return (
    <div className={classes['facts']}>
      {detail !== null && <Facts row={row} detail={detail} onAsk={onAsk} />}
    </div>
  );
}

/** Facts about the machine above, its latest frames below. */
export function Overview({ row, onAsk, Frames }: OverviewProps) {
  const { t } = useWords();
  const [share, setShare] = useRemembered('factsShare', 56, isShare);
  return (
    <Split
      label={t('machines.resizeFacts')}
      orientation="vertical"
      size={share}
      initial={56}
      min={15}
      restMin={15}
      onSize={(size) => isShare(size) && setShare(size)}
      first={<Known row={row} onAsk={onAsk} />}
      second={
        <Boundary where={`frames of machine ${row.vmcNo}`}>
          <Frames vmcNo={row.vmcNo} />
        </Boundary>
      }
    />
  );
}
