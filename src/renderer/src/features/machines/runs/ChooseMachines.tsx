import { Button, Group } from '@mantine/core';
import { mostMachinesOfRun } from '#shared/limits';
import { useMachineChoice } from '../../../store/machineChoice';
import { useWords } from '../../../text/useWords';
import { MachineChoices } from '../../../ui/MachineChoices';
import { clock } from '../../../ui/ticker';
import classes from './Start.module.css';

interface ChooseMachinesProps {
  readonly onChosen: (machines: readonly number[]) => void;
  readonly onCancel: () => void;
}

/** Machines chosen by hand or by a filter. A number with Enter chooses one machine. */
export function ChooseMachines({ onChosen, onCancel }: ChooseMachinesProps) {
  const { t } = useWords();
  const choice = useMachineChoice(clock);
  const { chosen, filter, found, isWrong } = choice;
  const [only] = found.length === 1 ? found : [];
  const machines = chosen.size === 0 && only !== undefined && filter !== '' ? [only] : [...chosen];
  const isTooMany = machines.length > mostMachinesOfRun;
  return (
    <form
      className={classes['page']}
      onSubmit={(event) => {
        event.preventDefault();
        if (machines.length > 0 && !isTooMany && !isWrong) onChosen(machines);
      }}
    >
      <MachineChoices {...choice} count={machines.length} height={262} autoFocus />
      {isTooMany && <p role="alert">{t('work.start.tooMany', { max: mostMachinesOfRun })}</p>}
      <Group gap="sm" justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" disabled={machines.length === 0 || isTooMany || isWrong}>
          {t('work.start.next')}
        </Button>
      </Group>
    </form>
  );
}
