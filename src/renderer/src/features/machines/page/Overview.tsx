import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useId, type ComponentType } from 'react';
import type { MachineDetail } from '#shared/contract/detail';
import type { MachineRow } from '#shared/model/machine';
import { problemList } from '#shared/model/problemList';
import { useDiagnoses } from '../../../bridge/diagnoses';
import { useCrema } from '../../../store';
import { isFlag, useRemembered } from '../../../store/remembered';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { Split } from '../../../ui/Split';
import { clock } from '../../../ui/ticker';
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
      {detail !== null && <Listed row={row} detail={detail} onAsk={onAsk} />}
    </div>
  );
}

function Listed({ row, detail, onAsk }: Pick<OverviewProps, 'row' | 'onAsk'> & { detail: MachineDetail }) {
  // Renders when time alone changes the status.
  useCrema((s) => s.list.statuses.get(row.vmcNo));
  const { state } = detail;
  const diagnoses = useDiagnoses(row.vmcNo, state);
  const problems = problemList(row, state, diagnoses, clock());
  return <Facts row={row} detail={detail} problems={problems} onAsk={onAsk} />;
}

/** Facts about the machine; its latest frames below, closed until the person opens them or a fact shows its frame. */
export function Overview({ row, onAsk, Frames }: OverviewProps) {
  const { t } = useWords();
  const [share, setShare] = useRemembered('factsShare', 45, isShare);
  const [isOpen, setIsOpen] = useRemembered('framesOpen', false, isFlag);
  const wanted = useCrema((s) => s.wantedFrame);
  useEffect(() => {
    if (wanted !== null) setIsOpen(true);
  }, [wanted, setIsOpen]);
  const id = useId();
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <div className={classes['overview']}>
      <div className={classes['both']}>
        <Split
          label={t('machines.resizeFacts')}
          orientation="vertical"
          size={share}
          initial={45}
          min={15}
          restMin={15}
          onSize={(size) => isShare(size) && setShare(size)}
          first={<Known row={row} onAsk={onAsk} />}
          second={
            isOpen ? (
              <div id={id} className={classes['frames']}>
                <Boundary where={`frames of machine ${row.vmcNo}`}>
                  <Frames vmcNo={row.vmcNo} />
                </Boundary>
              </div>
            ) : null
          }
        />
      </div>
      <UnstyledButton
        className={classes['framesHead']}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Chevron size={14} aria-hidden /> {t('machine.tabs.frames')}
      </UnstyledButton>
    </div>
  );
}
