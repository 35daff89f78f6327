import { useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import { useWords } from '../../text/useWords';
import { FaultsPane } from './FaultsPane';
import classes from './Errors.module.css';

/** The fault history of all machines. */
export function ErrorsScreen() {
  const { t } = useWords();
  const wanted = useCrema(({ route }) => (route.screen === 'errors' ? (route.fault ?? null) : null));
  return (
    <div className={classes['screen']}>
      <FaultsPane
        vmcNo={null}
        title={<h1>{t('faults.title')}</h1>}
        wanted={wanted}
        onLeft={() => navigate({ screen: 'errors' }, 'replace')}
      />
    </div>
  );
}
