import { VisuallyHidden } from '@mantine/core';
import { useCounts } from '../../store';
import { statusOrder, type Only } from '../../store/machines';
import { useWords } from '../../text/useWords';
import { StateShape } from '../../ui/StateShape';
import classes from './StateChips.module.css';

interface StateChipsProps {
  readonly only: Only;
  readonly onOnly: (only: Only) => void;
  /** Number of machines that are not on the list; `null`: the list has none. */
  readonly absent: number | null;
}

/** The filter of the list and of the table, with the counts of the top bar. A second press shows all again. */
export function StateChips({ only, onOnly, absent }: StateChipsProps) {
  const words = useWords();
  const { t } = words;
  const counts = useCounts();
  const shown: readonly Only[] = [
    'all',
    'trouble',
    ...statusOrder.filter((status) => counts[status] > 0 || status === only),
    ...(absent !== null && (absent > 0 || only === 'absent') ? (['absent'] as const) : []),
  ];
  return (
    <div role="group" aria-label={t('machines.filter')} className={classes['chips']}>
      {shown.map((one) => {
        const count = words.number(one === 'absent' ? (absent ?? 0) : counts[one]);
        const isState = one !== 'all' && one !== 'trouble' && one !== 'absent';
        const name = isState ? t(`state.${one}`) : t(`overview.only.${one}`);
        return (
          <button
            key={one}
            type="button"
            className={classes['chip']}
            data-only={one}
            data-some={(one === 'trouble' && counts.trouble > 0) || undefined}
            title={one === 'absent' ? t('overview.absentNote') : name}
            aria-pressed={only === one}
            onClick={() => onOnly(only === one ? 'all' : one)}
          >
            {isState ? (
              <>
                <StateShape status={one} size={12} decorative />
                <VisuallyHidden component="span">{name} </VisuallyHidden>
              </>
            ) : (
              `${name} `
            )}
            <span className="tabular">{count}</span>
          </button>
        );
      })}
    </div>
  );
}
