import { Button, Group, Loader } from '@mantine/core';
import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { UnnamedLink } from '#shared/contract/live';
import { isLoopback } from '#shared/model/listener';
import { useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import { machineTable } from '../../store/route';
import { stopwatch } from '../../text/phrases';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { StateShape } from '../../ui/StateShape';
import { Ticking } from '../../ui/Ticking';
import { Checks, Expected, Failed, More } from './Walk';
import { useWalk } from './useWalk';
import classes from './Connect.module.css';
import walkClasses from './Walk.module.css';

/** Only connected machines count: earlier ones do not prove that this computer is reachable now. */
const anyOnline = ({
  machines,
}: {
  readonly machines: ReadonlyMap<number, { readonly online: boolean }>;
}): boolean => {
  for (const row of machines.values()) if (row.online) return true;
  return false;
};

/** The wait for a machine, or the connected ones; and connections that have not logged in. */
export function Waiting() {
  const { t } = useWords();
  const known = useCrema(anyOnline);
  const expected = useCrema((s) => s.expecting);
  const here = useWalk();
  const { walk } = here;
  // With connected machines, the check is shown only if the expected one has failed.
  const isShown = !known || (walk.stop !== null && (expected !== null || walk.arrival !== null));
  return (
    <>
      <section
        className={classes['waiting']}
        aria-label={t('connectWalk.title')}
        data-early={walk.isEarly || undefined}
      >
        <div className={walkClasses['head']}>
          {known ? (
            <div aria-live="polite">
              <Came />
            </div>
          ) : (
            <NobodyYet waitingSince={here.waitingSince} />
          )}
          <Expected />
        </div>
        {isShown && (
          <>
            <Checks walk={walk} />
            <Failed {...here} />
          </>
        )}
        <Unnamed but={isShown ? (walk.arrival?.conn ?? null) : null} />
      </section>
      <More {...here} isShown={isShown} />
    </>
  );
}

interface LineProps {
  readonly icon: ReactNode;
  readonly title: ReactNode;
  readonly text?: string;
  readonly children?: ReactNode;
}
function Line({ icon, title, text, children }: LineProps) {
  return (
    <div className={classes['waitLine']}>
      {icon}
      <div>
        <strong>{title}</strong>
        {text !== undefined && <p className="dim">{text}</p>}
      </div>
      {children}
    </div>
  );
}

/** With the time while machines can connect. */
function NobodyYet({ waitingSince }: { readonly waitingSince: number }) {
  const { t } = useWords();
  const state = useCrema((s) => s.listeners.machines);
  const known = useCrema((s) => s.machines.size);
  const before = known === 0 ? {} : { text: t('connect.knownBefore', { count: known }) };
  if (state.status !== 'listening' || isLoopback(state.host))
    return (
      <Line
        icon={<IconPlugConnectedX size={20} aria-hidden />}
        title={t(known > 0 ? 'connect.waitAgain' : 'connect.waitTitle')}
        {...before}
      />
    );
  return (
    <Line
      icon={<Loader size={20} aria-hidden />}
      title={
        <>
          {t('connect.waiting')} <Ticking className="tabular" text={(now) => stopwatch(now - waitingSince)} />
        </>
      }
      text={[t('connect.waitingNote'), before.text ?? ''].join(' ').trim()}
    />
  );
}

function Came() {
  const { t } = useWords();
  const rows = useCrema((s) => s.machines);
  const online = [...rows.values()].filter((row) => row.online);
  const latest = online.reduce((a, b) => (b.since > a.since ? b : a));
  const status = useCrema((s) => s.list.statuses.get(latest.vmcNo) ?? 'offline');
  const who = latest.name === '' ? String(latest.vmcNo) : `${latest.vmcNo} ${latest.name}`;
  return (
    <Line
      icon={<IconPlugConnected size={22} aria-hidden />}
      title={t('connect.came', { count: online.length })}
      text={t('connect.cameText', { who })}
    >
      <Group gap="sm" className={classes['waitActions']}>
        <Button
          leftSection={<StateShape status={status} decorative />}
          variant="default"
          onClick={() => navigate({ screen: 'machines', vmcNo: latest.vmcNo, tab: 'overview' })}
        >
          {t('connect.openMachine', { vmcNo: latest.vmcNo })}
        </Button>
        <Button variant="default" onClick={() => navigate(machineTable('all'))}>
          {t('connect.openMachines')}
        </Button>
      </Group>
    </Line>
  );
}

/** `but`: the connection that the check already shows. */
function Unnamed({ but }: { readonly but: number | null }) {
  const { t } = useWords();
  const all = useCrema((s) => s.unnamed);
  const unnamed = all.filter(({ conn }) => conn !== but);
  if (unnamed.length === 0) return null;
  return (
    <div className={classes['unnamed']}>
      <strong>{t('connect.unnamedTitle')}</strong>
      <ul>
        {unnamed.map((link) => (
          <Boundary key={link.conn} as="item" where={`connection ${link.conn}`} of={link}>
            <UnnamedItem link={link} />
          </Boundary>
        ))}
      </ul>
      <p className="dim">{t('connect.unnamedNote')}</p>
    </div>
  );
}

function UnnamedItem({ link: { address, since, bytes } }: { readonly link: UnnamedLink }) {
  const words = useWords();
  return (
    <li>
      <span className="mono">{address}</span>
      <Ticking
        className="dim"
        text={(now) =>
          words.t('connect.unnamedText', { time: words.duration(now - since), bytes: words.bytes(bytes) })
        }
      />
    </li>
  );
}
