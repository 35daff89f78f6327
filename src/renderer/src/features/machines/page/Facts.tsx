import type { MachineDetail } from '#shared/contract/detail';
import type { MachineRow } from '#shared/model/machine';
import type { ListedProblem } from '#shared/model/problemList';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { Panel } from '../../../ui/Panel';
import type { Question } from '../commands/forms/types';
import { useFold } from '../../../store/remembered';
import { Fold } from '../../../ui/Fold';
import { Identity } from './Identity';
import { Link } from './Link';
import { LinkHour } from './LinkHour';
import { Now } from './Now';
import { Problems } from './Problems';
import classes from './Facts.module.css';

interface FactsProps {
  readonly row: MachineRow;
  readonly detail: MachineDetail;
  readonly problems: readonly ListedProblem[];
  readonly onAsk: (question: Question) => void;
}

/** The problems of the machine, and beside them its state. */
export function Facts({ row, detail: { state }, problems, onAsk }: FactsProps) {
  const { t } = useWords();
  const { vmcNo } = row;
  return (
    <div className={classes['facts']}>
      <Boundary where={`problems of machine ${vmcNo}`} of={state}>
        <Problems row={row} problems={problems} onAsk={onAsk} />
      </Boundary>
      <Panel title={t('machine.now')}>
        <Boundary where={`state of machine ${vmcNo}`} of={state}>
          <Now state={state} />
        </Boundary>
        <Fold {...useFold('hour')} title={t('linkHour.title')}>
          <Boundary where={`last hour of machine ${vmcNo}`} of={state}>
            <LinkHour state={state} />
          </Boundary>
        </Fold>
        <Fold {...useFold('link')} title={t('machine.link')}>
          <Boundary where={`link of machine ${vmcNo}`} of={state}>
            <Link state={state} />
          </Boundary>
        </Fold>
        <Fold {...useFold('identity')} title={t('machine.who')}>
          <Boundary where={`identity of machine ${vmcNo}`} of={state}>
            <Identity state={state} row={row} />
          </Boundary>
        </Fold>
      </Panel>
    </div>
  );
}
