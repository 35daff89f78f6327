import { Button } from '@mantine/core';
import { glanceOf, sellingNow } from '#shared/model/glance';
import type { MachineRow, MachineStatus } from '#shared/model/machine';
import { problemList } from '#shared/model/problemList';
import { useDiagnoses } from '../../../bridge/diagnoses';
import { useCrema, useRunning } from '../../../store';
import { navigate } from '../../../store/navigate';
import { headlineWords, nextStepWords, sellingWords } from '../../../text/machineWords';
import { useWords } from '../../../text/useWords';
import { clock } from '../../../ui/ticker';
import { Ticking } from '../../../ui/Ticking';
import { useTicked } from '../../../ui/useTicked';
import { useAgainst } from '../commands/hindrance';
import classes from './MachineHeader.module.css';

interface HeadlineProps {
  readonly row: MachineRow;
  readonly status: MachineStatus;
}

/** The worst fact, whether the machine can sell, and what to do next. */
export function Headline({ row, status }: HeadlineProps) {
  const words = useWords();
  const { t } = words;
  const { vmcNo } = row;
  const doorSince = useCrema(({ detail }) =>
    detail?.state.door?.value === 'open' ? detail.state.door.at : null,
  );
  const state = useCrema(({ detail }) => (detail?.state.vmcNo === vmcNo ? detail.state : null));
  const diagnoses = useDiagnoses(vmcNo, state);
  const against = useAgainst(row);
  const hasOpenOrder = against('makeDrink').refused?.why === 'customerOrders';
  const running = useRunning().findLast((command) => command.vmcNo === vmcNo) ?? null;
  const selling = useTicked((now) => sellingNow(row, now));
  const { others } = glanceOf(row, clock());
  return (
    <>
      <div className={classes['headline']}>
        <p className={classes['sentence']} data-status={status}>
          <Ticking text={(now) => headlineWords(words, row, doorSince, now)} />
        </p>
        <p className={classes['selling']} data-selling={selling}>
          <Ticking text={(now) => sellingWords(words, row, now)} />
        </p>
      </div>
      <div className={classes['next']}>
        <p>
          <span className="dim">{t('nextStep.title')}</span>{' '}
          <Ticking
            text={(now) => {
              const problems = state === null ? [] : problemList(row, state, diagnoses, now);
              return nextStepWords(words, row, now, { diagnoses, running, problems, hasOpenOrder });
            }}
          />
        </p>
        {others > 0 && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => navigate({ screen: 'machines', vmcNo, tab: 'overview' }, 'replace')}
          >
            {t('problems.others', { count: others })}
          </Button>
        )}
      </div>
    </>
  );
}
