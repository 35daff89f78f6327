import { useMemo } from 'react';
import type { CodeSum, FaultSums } from '#shared/model/faultSums';
import { matchesWords } from '../../store/pages';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { StateShape } from '../../ui/StateShape';
import { Ago, Ticking } from '../../ui/Ticking';
import { severityShape } from '../../ui/severity';
import { groupsInOrder, longestAt, severityOfSum, totalAt } from './sums';
import classes from './Sums.module.css';

interface FaultGroupsProps {
  readonly sums: FaultSums;
  readonly ofAll: boolean;
  readonly activeOnly: boolean;
  readonly query: string;
  readonly onOpen: (code: string) => void;
}

/** Faults by code: number, frequency, duration. A line opens its own list. */
export function FaultGroups({ sums, ofAll, activeOnly, query, onOpen }: FaultGroupsProps) {
  const words = useWords();
  const { t } = words;
  const groups = useMemo(
    () =>
      groupsInOrder(sums.codes).filter(
        (sum) =>
          (!activeOnly || sum.active > 0) &&
          (query === '' || matchesWords(query, [sum.code, words.errorTitle(sum.code)])),
      ),
    [sums.codes, activeOnly, query, words],
  );
  return (
    <div className={classes['groups']}>
      <table aria-label={t('faults.groups.title')}>
        <thead>
          <tr>
            <th scope="col">{t('faults.column.severity')}</th>
            <th scope="col">{t('faults.column.what')}</th>
            <th scope="col" className={classes['count']}>
              {t('faults.groups.active')}
            </th>
            <th scope="col" className={classes['count']}>
              {t('faults.groups.faults')}
            </th>
            <th scope="col" className={classes['count']}>
              {t('faults.groups.times')}
            </th>
            {ofAll && (
              <th scope="col" className={classes['count']}>
                {t('faults.groups.machines')}
              </th>
            )}
            <th scope="col">{t('faults.groups.total')}</th>
            <th scope="col">{t('faults.groups.longest')}</th>
            <th scope="col">{t('faults.groups.last')}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((sum) => (
            <Boundary key={sum.code} as="row" where={`errors ${sum.code}`} of={sum}>
              <Group sum={sum} at={sums.at} ofAll={ofAll} onOpen={onOpen} />
            </Boundary>
          ))}
        </tbody>
      </table>
      {sums.left > 0 && <p className="dim">{t('faults.groups.left', { count: sums.left })}</p>}
    </div>
  );
}

interface GroupProps {
  readonly sum: CodeSum;
  /** When the sum was calculated, ms. */
  readonly at: number;
  readonly ofAll: boolean;
  readonly onOpen: (code: string) => void;
}
function Group({ sum, at, ofAll, onOpen }: GroupProps) {
  const words = useWords();
  const { t, number, duration } = words;
  const { code, active } = sum;
  const how = severityOfSum(sum);
  return (
    <tr data-active={active > 0 || undefined} data-severity={how} onClick={() => onOpen(code)}>
      <td>
        <span className={classes['severity']}>
          <StateShape status={severityShape[how]} size={13} decorative /> {t(`machine.severity.${how}`)}
        </span>
      </td>
      <td>
        <button
          type="button"
          className={classes['open']}
          onClick={(event) => {
            event.stopPropagation();
            onOpen(code);
          }}
        >
          {words.errorTitle(code)}
        </button>{' '}
        <span className={classes['code']}>{code}</span>
        {words.ownError(code) !== null && <span className="dim"> · {t('catalogue.own')}</span>}
      </td>
      <td className={classes['count']}>{active > 0 ? <strong>{number(active)}</strong> : '–'}</td>
      <td className={classes['count']}>{number(sum.faults)}</td>
      <td className={classes['count']}>{number(sum.times)}</td>
      {ofAll && <td className={classes['count']}>{number(sum.machines)}</td>}
      <td>
        <Ticking text={(now) => duration(totalAt(sum, at, now))} />
      </td>
      <td>
        <Ticking text={(now) => duration(longestAt(sum, now))} />
      </td>
      <td>
        <Ago at={sum.last} />
      </td>
    </tr>
  );
}
