import { useWords } from '../../text/useWords';
import { OrdersPane } from './OrdersPane';
import classes from './Orders.module.css';

/** The orders of all machines. */
export function OrdersScreen() {
  const { t } = useWords();
  return (
    <div className={classes['screen']}>
      <h1 className={classes['title']}>{t('orders.title')}</h1>
      <OrdersPane vmcNo={null} />
    </div>
  );
}
