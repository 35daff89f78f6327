import { useWords } from '../../text/useWords';
import { OrdersPane } from './OrdersPane';
import classes from './Orders.module.css';

/** The orders of all machines. */
export function OrdersScreen() {
  const { t } = useWords();
  return (
    <div className={classes['screen']}>
      <OrdersPane vmcNo={null} title={<h1>{t('orders.title')}</h1>} />
    </div>
  );
}
