import { Button, Group, NumberInput, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCircleDashed, IconMinus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import {
  appendedPort,
  connectWalk,
  walkSteps,
  type StepName,
  type StepState,
  type Walk as WalkState,
  type WalkStep,
} from '#shared/connectWalk';
import type { AppError } from '#shared/contract/errors';
import type { AdapterLink, Arrival, SelfTest } from '#shared/model/arrivals';
import { isServed } from '#shared/model/machine';
import { addressesOf, type ListenerState } from '#shared/model/listener';
import { request } from '../../bridge/request';
import { expect, useCrema, type CremaState } from '../../store';
import { anyKey } from '../../text/t';
import { useWords } from '../../text/useWords';
import type { Words } from '../../text/words';
import { Boundary } from '../../ui/Boundary';
import { ErrorNote } from '../../ui/ErrorNote';
import { clock } from '../../ui/ticker';
import { hostPort, named } from '../../ui/where';
import { Cable } from './Cable';
import { ArrivalFacts } from './ArrivalFacts';
import { Firewall } from './Firewall';
import classes from './Walk.module.css';

/** ms between updates of recent facts. */
const again = 5_000;
/** Limit of candidates for the awaited machine. */
const most = 20;

/** Served machines as a text, which changes only with them. */
const onlineOf =
  (expected: number | null) =>
  ({ machines }: CremaState): string => {
    const found: WalkOnline[] = [];
    for (const row of machines.values()) {
      const { vmcNo, address } = row;
      if (row.virtual || !isServed(row) || (expected !== null && vmcNo !== expected)) continue;
      if (found.push({ vmcNo, address }) === most) break;
    }
    return JSON.stringify(found);
  };
interface WalkOnline {
  readonly vmcNo: number;
  readonly address: string | null;
}

export interface WalkHere {
  readonly walk: WalkState;
  readonly test: { readonly run: () => void; readonly busy: boolean; readonly error: AppError | null };
}

/** The connection check over current facts. It tests our own address when that step is reached. */
export function useWalk(): WalkHere {
  const expected = useCrema((s) => s.expecting);
  const listener = useCrema((s) => s.listeners.machines);
  const network = useCrema((s) => s.network);
  const arrivals = useCrema((s) => s.arrivals);
  const crowd = useCrema((s) => s.crowd);
  const online = useCrema(onlineOf(expected));
  const [now, setNow] = useState(clock);
  const [selfTest, setSelfTest] = useState<SelfTest | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const timer = setInterval(() => setNow(clock()), again);
    return () => clearInterval(timer);
  }, []);
  const walk = connectWalk({
    now: Math.max(now, latest(arrivals)),
    listener: likeliest(listener, network),
    network,
    selfTest,
    arrivals,
    crowd,
    expected,
    online: JSON.parse(online) as readonly WalkOnline[],
  });
  const { testHost, steps } = walk;
  const run = async (): Promise<void> => {
    if (testHost === null) return;
    setBusy(true);
    const reply = await request('selfTest', { host: testHost });
    setBusy(false);
    setError(reply.ok ? null : reply.error);
    if (reply.ok) setSelfTest(reply.value);
  };
  const since = listener.status === 'listening' ? listener.since : null;
  const isDue = steps.some(({ code }) => code === 'notYet') && testHost !== null;
  const due = isDue ? `${testHost} ${since}` : null;
  useEffect(() => {
    if (due === null) return;
    let isOver = false;
    const host = due.split(' ')[0] ?? '';
    const tryIt = async (): Promise<void> => {
      const reply = await request('selfTest', { host });
      if (!isOver && reply.ok) setSelfTest(reply.value);
    };
    void tryIt();
    return () => {
      isOver = true;
    };
  }, [due]);
  return { walk, test: { run: () => void run(), busy, error } };
}

/** Of several addresses, the address that a machine most likely reaches. */
function likeliest(listener: ListenerState, network: readonly AdapterLink[]): ListenerState {
  const linked = new Set(network.flatMap(({ link, addresses }) => (link === 'down' ? [] : addresses)));
  const found = addressesOf(listener).find(({ status, host }) => status === 'listening' && linked.has(host));
  return found === undefined ? listener : { ...found, others: [] };
}

const latest = (arrivals: CremaState['arrivals']): number =>
  arrivals.reduce((at, { since, ended }) => Math.max(at, since, ended?.at ?? 0), 0);

/** The awaited machine number. */
export function Expected() {
  const { t } = useWords();
  const value = useCrema((s) => s.expecting);
  return (
    <NumberInput
      label={t('connectWalk.expected')}
      value={value ?? ''}
      onChange={(next) => expect(typeof next === 'number' && Number.isSafeInteger(next) ? next : null)}
      allowDecimal={false}
      min={1}
      allowNegative={false}
      hideControls
      w={200}
    />
  );
}

/** The steps up to the first failing one, with its explanation, the received data, and the remedy. */
export function Walk({ walk, test }: WalkHere) {
  const { t } = useWords();
  return (
    <ol className={classes['steps']} aria-label={t('connectWalk.title')}>
      {walk.steps.map((step) => (
        <Boundary key={step.name} as="item" where={`step ${step.name} of the walk`} of={step}>
          <StepLine step={step} walk={walk} test={test} />
        </Boundary>
      ))}
    </ol>
  );
}

const icons: Readonly<Record<StepState, React.ReactNode>> = {
  ok: <IconCheck size={15} aria-hidden />,
  stop: <IconAlertTriangle size={15} aria-hidden />,
  unknown: <IconMinus size={15} aria-hidden />,
  after: <IconCircleDashed size={15} aria-hidden />,
};

function StepLine({ step, walk, test }: WalkHere & { readonly step: WalkStep }) {
  const { t } = useWords();
  const says = useSays();
  const { state, name, code } = step;
  // A step that was not checked has no text.
  if (code === '') return null;
  return (
    <li data-step={name} data-code={code} data-state={state}>
      {icons[state]}
      <div>
        <VisuallyHidden component="span">{t(`connectWalk.state.${state}`)}: </VisuallyHidden>
        <span className={classes['says']}>{says(step, walk)}</span>
        {state === 'stop' && <Stopped step={step} walk={walk} test={test} />}
      </div>
    </li>
  );
}

function useSays(): (step: WalkStep, walk: WalkState) => string {
  const words = useWords();
  const adapters = useCrema((s) => s.adapters);
  return ({ name, code, params }, { arrival }) => {
    const { host = '', port = 0, bytes = 0, ms = 0 } = params;
    const filled = {
      ...params,
      where: named(String(host), Number(port), adapters),
      bytes: words.bytes(Number(bytes)),
      time: words.duration(Number(ms)),
      who: arrival === null ? '' : endOf(words, arrival, params['by'] === 'server'),
    };
    return anyKey(words.t)(`connectWalk.says.${name}.${code}`, filled);
  };
}

function endOf({ t }: Words, { ended }: Arrival, byCrema: boolean): string {
  if (ended === null) return '';
  const reason = t(`close.${ended.reason}`);
  return byCrema ? t('connectWalk.byCrema', { reason }) : reason;
}

/** Steps after an arrival; earlier obstacles affect every connection and need no arrival facts. */
const isOfArrival = (name: StepName): boolean => walkSteps.indexOf(name) > walkSteps.indexOf('arrives');

function Stopped({ step, walk, test }: WalkHere & { readonly step: WalkStep }) {
  const { t } = useWords();
  const { name, code, traps } = step;
  const { arrival, times } = walk;
  const listener = useCrema((s) => s.listeners.machines);
  const unaddressed = useCrema((s) =>
    code === 'selfGiven' ? s.network.find((one) => one.name === step.params['name']) : undefined,
  );
  const isTest = name === 'selfTest' || name === 'arrives';
  return (
    <div className={classes['stopped']}>
      <p>{anyKey(t)(`connectWalk.help.${name}.${code}`)}</p>
      {arrival !== null && isOfArrival(name) && <ArrivalFacts arrival={arrival} />}
      {times > 1 && isOfArrival(name) && name !== 'number' && (
        <p>{t('connectWalk.times', { count: times })}</p>
      )}
      {traps.length > 0 && (
        <ul className={classes['traps']} aria-label={t('connectWalk.others')}>
          {traps.map((trap) => (
            <li key={trap}>{t(`connectWalk.trap.${trap}`, { usual: appendedPort })}</li>
          ))}
        </ul>
      )}
      {unaddressed !== undefined && <Cable adapter={unaddressed} />}
      {name === 'arrives' && listener.status === 'listening' && <Firewall port={listener.port} />}
      {isTest && walk.testHost !== null && (
        <Group gap="sm">
          <Button
            size="compact-sm"
            variant="default"
            loading={test.busy}
            onClick={test.run}
            title={listener.status === 'listening' ? hostPort(walk.testHost, listener.port) : ''}
          >
            {name === 'selfTest' ? t('connectWalk.testAgain') : t('connectWalk.tryOwn')}
          </Button>
          <ErrorNote error={test.error} />
        </Group>
      )}
    </div>
  );
}
