import { IconArrowsSort } from '@tabler/icons-react';
import { useWords } from '../../text/useWords';
import classes from './OrderChanged.module.css';

/** In the head of a held list: its order has changed. It takes no line of its own, so nothing moves. */
export function OrderChanged({ onSort }: { readonly onSort: () => void }) {
  const { t } = useWords();
  return (
    <button
      type="button"
      className={classes['changed']}
      aria-label={t('machines.changed')}
      title={t('machines.changed')}
      onClick={onSort}
    >
      <IconArrowsSort size={14} aria-hidden />
      <span>{t('machines.sortAgain')}</span>
    </button>
  );
}
