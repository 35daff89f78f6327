import { Button, Group, Loader } from '@mantine/core';
import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { UnnamedLink } from '#shared/contract/live';
import { useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { StateShape } from '../../ui/StateShape';
import { Ticking } from '../../ui/Ticking';
import { isLoopback } from '../../ui/where';
import { Expected, useWalk, Walk } from './Walk';
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

/** The number of connected machines, and connections that have not logged in. */
export function Waiting() {
  const { t } = useWords();
  const known = useCrema(anyOnline);
  const expected = useCrema((s) => s.expecting);
  const { walk, test } = useWalk();
  // With connected machines, the check is open only if the expected one has failed.
  const isOpen = !known || (walk.stop !== null && (expected !== null || walk.arrival !== null));
  return (
    <section className={classes['waiting']}>
      <div className={walkClasses['head']}>
        <div aria-live="polite">{known ? <Came /> : <NobodyYet />}</div>
        <Expected />
      </div>
      {isOpen ? (
        <Walk walk={walk} test={test} />
      ) : (
        <details>
          <summary>{t('connectWalk.summary')}</summary>
          <Walk walk={walk} test={test} />
        </details>
      )}
      <Unnamed but={isOpen ? (walk.arrival?.conn ?? null) : null} />
    </section>
  );
}

function Line({
  icon,
  title,
  text,
  children,
}: {
  icon: ReactNode;
  title: string;
  text?: string;
  children?: ReactNode;
}) {
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

function NobodyYet() {
  const { t } = useWords();
  const known = useCrema((s) => s.machines.size);
  return (
    <>
      <Listening title={t(known > 0 ? 'connect.waitAgain' : 'connect.waitTitle')} />
      {known > 0 && (
        <p className={`dim ${classes['before']}`}>{t('connect.knownBefore', { count: known })}</p>
      )}
    </>
  );
}

/** The check shows why machines can't connect. */
function Listening({ title }: { readonly title: string }) {
  const { t } = useWords();
  const state = useCrema((s) => s.listeners.machines);
  if (state.status !== 'listening' || isLoopback(state.host))
    return <Line icon={<IconPlugConnectedX size={22} aria-hidden />} title={title} />;
  return <Line icon={<Loader size={20} aria-hidden />} title={title} text={t('connect.waitText')} />;
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
        <Button
          variant="default"
          onClick={() => navigate({ screen: 'machines', vmcNo: null, tab: 'overview' })}
        >
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
