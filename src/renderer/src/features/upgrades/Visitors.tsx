import { Button } from '@mantine/core';
import type { Visit } from '#shared/model/upgrade';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { formatRoute } from '../../store/route';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { ErrorNote } from '../../ui/ErrorNote';
import { Panel } from '../../ui/Panel';
import { Ago } from '../../ui/Ticking';
import classes from './Visitors.module.css';

/** Answers with a text. */
const answers = new Map([
  [400, 'malformed'],
  [404, 'nothing'],
  [405, 'method'],
  [408, 'late'],
  [431, 'long'],
] as const);

/** Clients whose requests to the package host belong to no upgrade; hidden if there are none. */
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
      <div
        className={classes['visits']}
        // A scrollable element must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="group"
        aria-label={t('upgrades.visitors.title')}
      >
        <ul>
          {visits.map((visit) => (
            <Boundary key={visit.id} as="item" where={`visitor ${visit.address}`} of={visit}>
              <VisitLine visit={visit} />
            </Boundary>
          ))}
        </ul>
      </div>
    </Panel>
  );
}

function VisitLine({ visit: { address, asked, status, at, count } }: { readonly visit: Visit }) {
  const { t } = useWords();
  const answer = answers.get(status as 404);
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
        {status} {answer !== undefined && t(`upgrades.visitors.answer.${answer}`)}
      </span>
      <span>
        <span className="mono">{address}</span> <MachinesAt address={address} />
      </span>
      {count > 1 && <span className="tabular dim">{t('upgrades.visitors.times', { count })}</span>}
      <Ago at={at} />
    </li>
  );
}

/** Machines whose last connection came from this address. */
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
