import { Button, Group } from '@mantine/core';
import type { PlanChange } from '#shared/model/run';
import type { RunStep } from '#shared/model/sequence';
import { changeWords } from '../text/runWords';
import { useWords } from '../text/useWords';
import { WarningNote } from './WarningNote';

interface PlanChangesProps {
  readonly steps: readonly RunStep[];
  /** The run was started for at least one machine. */
  readonly isStarted: boolean;
  readonly changed: readonly PlanChange[];
  readonly onClose: () => void;
}

/** Machines named here; the rest are counted, and the run's record names all. */
const named = 50;

/** Machines that differed from the dialog's plan when the run was started. */
export function PlanChanges({ steps, isStarted, changed, onClose }: PlanChangesProps) {
  const words = useWords();
  const { t } = words;
  const more = changed.length - named;
  return (
    <>
      <WarningNote role="alert">
        {t(isStarted ? 'work.changed.started' : 'work.changed.notStarted', { count: changed.length })}
      </WarningNote>
      <ul data-changed={changed.length}>
        {changed.slice(0, named).map((change) => (
          <li key={change.vmcNo}>
            <span className="tabular">{change.vmcNo}</span> {changeWords(words, steps, change)}
          </li>
        ))}
        {more > 0 && <li className="dim">{t('upgrades.moreTroubles', { count: more })}</li>}
      </ul>
      <Group justify="flex-end">
        <Button onClick={onClose} data-autofocus>
          {t('work.changed.close')}
        </Button>
      </Group>
    </>
  );
}
