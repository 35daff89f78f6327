import { Button } from '@mantine/core';
import type { Visit } from '#shared/model/visits';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { formatRoute } from '../../store/route';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { ErrorNote } from '../../ui/ErrorNote';
import { Panel } from '../../ui/Panel';
import { Ago } from '../../ui/Ticking';
import classes from './Visitors.module.css';

/** Answers that have words of their own. */
const answers = [400, 404, 405, 408, 431] as const;
const isKnown = (status: number): status is (typeof answers)[number] =>
  (answers as readonly number[]).includes(status);

/** Who asked the package host for what no upgrade explains; nothing where nobody did. */
export function Visitors() {
  const { t } = useWords();
  const visits = useCrema((s) => s.visits);
  const clear = useRequest('clearVisits');
  if (visits.length === 0) return null;
  return (
    <Panel
      title={t('upgrades.visitors.title')}
      aside={
        <Button
          variant="default"
          size="compact-xs"
          loading={clear.busy}
          onClick={() => void clear.run(undefined)}
        >
          {t('upgrades.visitors.clear')}
        </Button>
      }
    >
      <p className="dim">{t('upgrades.visitors.lead')}</p>
      <ErrorNote error={clear.error} />
      <ul className={classes['visits']} aria-label={t('upgrades.visitors.title')} tabIndex={0}>
        {visits.map((visit) => (
          <Boundary key={visit.id} as="item" where={`visitor ${visit.address}`} of={visit}>
            <VisitLine visit={visit} />
          </Boundary>
        ))}
      </ul>
    </Panel>
  );
}

function VisitLine({ visit: { address, asked, status, at, count } }: { readonly visit: Visit }) {
  const { t } = useWords();
  const answer = isKnown(status) ? t(`upgrades.visitors.answer.${status}`) : '';
  return (
    <li className={classes['visit']}>
      <span className={classes['asked']} title={asked ?? ''}>
        {asked === null ? (
          t('upgrades.visitors.many')
        ) : asked === '' ? (
          t('upgrades.visitors.nothing')
        ) : (
          <span className="mono">{asked}</span>
        )}
      </span>
      <span className="dim">
        {status} {answer}
      </span>
      <span>
        <span className="mono">{address}</span> <MachinesAt address={address} />
      </span>
      {count > 1 && <span className="tabular dim">{t('upgrades.visitors.times', { count })}</span>}
      <Ago at={at} />
    </li>
  );
}

/** Machines that connected from there last. */
function MachinesAt({ address }: { readonly address: string }) {
  const { t } = useWords();
  const numbers = useCrema((s) =>
    [...s.machines.values()]
      .filter((row) => row.address === address)
      .map(({ vmcNo }) => vmcNo)
      .toSorted((a, b) => a - b)
      .join(' '),
  );
  if (numbers === '') return null;
  const all = numbers.split(' ').map(Number);
  const shown = all.slice(0, mostNamed);
  return (
    <span className="dim">
      {shown.map((vmcNo) => (
        <a
          key={vmcNo}
          href={formatRoute({ screen: 'machines', vmcNo, tab: 'overview' })}
          aria-label={t('upgrades.visitors.machine', { vmcNo })}
        >
          {vmcNo}
        </a>
      ))}
      {all.length > shown.length && t('upgrades.visitors.more', { more: all.length - shown.length })}
    </span>
  );
}
const mostNamed = 2;
