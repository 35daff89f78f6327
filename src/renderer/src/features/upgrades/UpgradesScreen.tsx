import { useState } from 'react';
import { useCrema } from '../../store';
import { newestFitting } from '../../store/upgrades';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { ChosenPackage } from './ChosenPackage';
import { Machines } from './Machines';
import { Packages } from './Packages';
import { Progress } from './Progress';
import { Reachability } from './Reachability';
import { Rollouts } from './Rollouts';
import { Visitors } from './Visitors';
import classes from './Upgrades.module.css';

/** Packages, machines by version, rollouts, and the progress of each machine. */
export function UpgradesScreen() {
  const { t } = useWords();
  const packages = useCrema((s) => s.packages);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const fitting = useCrema((s) => newestFitting(s.packages, s.machines));
  const chosen = packages.find(({ id }) => id === chosenId) ?? null;
  // Once, and not for each new machine: the choice must not change while the user works with it.
  if (chosen === null && fitting !== null) setChosenId(fitting.id);
  return (
    <div className={classes['screen']}>
      <header className={classes['heading']}>
        <h1>{t('upgrades.title')}</h1>
        <p className="dim">{t('upgrades.lead')}</p>
      </header>
      <Boundary where="reachability for upgrades">
        <Reachability />
      </Boundary>
      <div className={classes['columns']}>
        <Boundary where="packages" of={packages}>
          <Packages packages={packages} chosen={chosen} onChoose={setChosenId} />
        </Boundary>
        <div className={classes['column']}>
          {chosen !== null && (
            <Boundary key={`facts ${chosen.id}`} where={`package ${chosen.id}`} of={chosen}>
              <ChosenPackage pkg={chosen} />
            </Boundary>
          )}
          <Boundary key={chosen?.id} where="machines for upgrades" of={chosen}>
            <Machines pkg={chosen} />
          </Boundary>
        </div>
        <div className={classes['column']}>
          <Boundary where="rollouts">
            <Rollouts />
          </Boundary>
          <Boundary where="progress of upgrades">
            <Progress />
          </Boundary>
          <Boundary where="visitors of the package host">
            <Visitors />
          </Boundary>
        </div>
      </div>
    </div>
  );
}
