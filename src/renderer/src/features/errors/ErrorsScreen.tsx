import { useWords } from '../../text/useWords';
import { FaultsPane } from './FaultsPane';
import classes from './Errors.module.css';

/** The error history of all machines. */
export function ErrorsScreen() {
  const { t } = useWords();
  return (
    <div className={classes['screen']}>
      <h1 className={classes['title']}>{t('faults.title')}</h1>
      <FaultsPane vmcNo={null} />
    </div>
  );
}
