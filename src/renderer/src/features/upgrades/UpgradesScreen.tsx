import { useState } from 'react';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { Packages } from './Packages';
import { Progress } from './Progress';
import { Reachability } from './Reachability';
import { Send } from './Send';
import classes from './Upgrades.module.css';

/** A package, the machines it is for, and how far each has come with it. */
export function UpgradesScreen() {
  const { t } = useWords();
  const packages = useCrema((s) => s.packages);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const newestFirst = packages.toSorted((a, b) => b.addedAt - a.addedAt);
  const chosen = newestFirst.find(({ id }) => id === chosenId) ?? newestFirst[0] ?? null;
  return (
    <div className={classes['screen']}>
      <header className={classes['heading']}>
        <h1>{t('upgrades.title')}</h1>
        <p className="dim">{t('upgrades.lead')}</p>
      </header>
      <Reachability />
      <div className={classes['columns']}>
        <Packages packages={newestFirst} chosen={chosen} onChoose={setChosenId} />
        <div className={classes['column']}>
          <Send key={chosen?.id} pkg={chosen} />
          <Progress />
        </div>
      </div>
    </div>
  );
}
