import { Menu, VisuallyHidden } from '@mantine/core';
import { statusOrder } from '#shared/model/problems';
import { useCounts } from '../../store';
import type { Only } from '../../store/machines';
import { useWords } from '../../text/useWords';
import { StateShape } from '../../ui/StateShape';
import classes from './StateChips.module.css';

interface StateChipsProps {
  readonly only: Only;
  readonly onOnly: (only: Only) => void;
  /** Number of machines that are not on the list; `null`: the list has none. */
  readonly absent: number | null;
  /** px of the row; chips without space move into a menu. */
  readonly room: number;
}

/** px of a chip without its count, of a digit, and of the menu, with the gap beside it. */
const widths = {
  en: { all: 54, trouble: 130, absent: 138 },
  'zh-CN': { all: 54, trouble: 64, absent: 138 },
  state: 30,
  digit: 8,
  menu: 40,
} as const;
const withWords = 2;

/** Chips that stand in the row; the chosen one always does. */
function standing(
  shown: readonly Only[],
  only: Only,
  room: number,
  widthOf: (one: Only) => number,
): readonly Only[] {
  const fitting = (space: number): readonly Only[] => {
    let left = space;
    const end = shown.findIndex((one) => {
      left -= widthOf(one);
      return left < 0;
    });
    return end < 0 ? shown : shown.slice(0, Math.max(withWords, end));
  };
  const first = fitting(room).length === shown.length ? shown : fitting(room - widths.menu);
  return first.includes(only) ? first : [...first.slice(0, Math.max(withWords, first.length - 1)), only];
}

/** Inside the main landmark. */
const inMain = { target: 'main' };

/** The filter of the list and of the table, with the counts of the top bar. A second press shows all again. */
export function StateChips({ only, onOnly, absent, room }: StateChipsProps) {
  const words = useWords();
  const { t } = words;
  const counts = useCounts();
  const shown: readonly Only[] = [
    'all',
    'trouble',
    ...statusOrder.filter((status) => counts[status] > 0 || status === only),
    ...(absent !== null && (absent > 0 || only === 'absent') ? (['absent'] as const) : []),
  ];
  const countOf = (one: Only): string => words.number(one === 'absent' ? (absent ?? 0) : counts[one]);
  const widthOf = (one: Only): number =>
    (isState(one) ? widths.state : widths[words.language][one]) + countOf(one).length * widths.digit;
  const inRow = standing(shown, only, room, widthOf);
  const inMenu = shown.filter((one) => !inRow.includes(one));
  const press = (one: Only): void => onOnly(only === one ? 'all' : one);
  const nameOf = (one: Only): string => (isState(one) ? t(`state.${one}`) : t(`overview.only.${one}`));
  return (
    <div role="group" aria-label={t('machines.filter')} className={classes['chips']}>
      {inRow.map((one) => (
        <button
          key={one}
          type="button"
          className={classes['chip']}
          data-only={one}
          data-state={isState(one) || undefined}
          data-some={(one === 'trouble' && counts.trouble > 0) || undefined}
          title={one === 'absent' ? t('overview.absentNote') : nameOf(one)}
          aria-pressed={only === one}
          onClick={() => press(one)}
        >
          {isState(one) ? (
            <>
              <StateShape status={one} size={12} decorative />
              <VisuallyHidden component="span">{nameOf(one)} </VisuallyHidden>
            </>
          ) : (
            `${nameOf(one)} `
          )}
          <span className="tabular">{countOf(one)}</span>
        </button>
      ))}
      {inMenu.length > 0 && (
        <Menu withInitialFocusPlaceholder={false} portalProps={inMain} position="bottom-end" shadow="md">
          <Menu.Target>
            <button
              type="button"
              className={classes['chip']}
              aria-label={t('machines.moreStates', { count: inMenu.length })}
              title={t('machines.moreStates', { count: inMenu.length })}
            >
              +{words.number(inMenu.length)}
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {inMenu.map((one) => (
              <Menu.Item
                key={one}
                leftSection={isState(one) ? <StateShape status={one} size={12} decorative /> : undefined}
                rightSection={<span className="tabular">{countOf(one)}</span>}
                onClick={() => press(one)}
              >
                {nameOf(one)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}

type State = (typeof statusOrder)[number];
const isState = (only: Only): only is State => statusOrder.some((status) => status === only);
