/** The connection check over current facts. */
import { useEffect, useState } from 'react';
import { connectWalk, type Walk } from '#shared/connectWalk';
import type { AppError } from '#shared/contract/errors';
import type { AdapterLink, SelfTest } from '#shared/model/arrivals';
import { isServed } from '#shared/model/machine';
import { addressesOf, type ListenerState } from '#shared/model/listener';
import { request } from '../../bridge/request';
import { useCrema, type CremaState } from '../../store';
import { clock } from '../../ui/ticker';

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
  readonly walk: Walk;
  /** Since when Crema listens without a machine. */
  readonly waitingSince: number;
  readonly test: { readonly run: () => void; readonly busy: boolean; readonly error: AppError | null };
}

/** It tests our own address when that step is reached. */
export function useWalk(): WalkHere {
  const expected = useCrema((s) => s.expecting);
  const listener = useCrema((s) => s.listeners.machines);
  const network = useCrema((s) => s.network);
  const arrivals = useCrema((s) => s.arrivals);
  const crowd = useCrema((s) => s.crowd);
  const online = useCrema(onlineOf(expected));
  const leftAt = useCrema(lastLeft);
  const [now, setNow] = useState(clock);
  const [selfTest, setSelfTest] = useState<SelfTest | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const timer = setInterval(() => setNow(clock()), again);
    return () => clearInterval(timer);
  }, []);
  const since = listener.status === 'listening' ? listener.since : null;
  const waitingSince = Math.max(since ?? now, leftAt);
  const walk = connectWalk({
    now: Math.max(now, latest(arrivals)),
    listener: likeliest(listener, network),
    network,
    selfTest,
    arrivals,
    crowd,
    expected,
    online: JSON.parse(online) as readonly WalkOnline[],
    waitingSince,
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
  return { walk, waitingSince, test: { run: () => void run(), busy, error } };
}

/** Of several addresses, the address that a machine most likely reaches. */
function likeliest(listener: ListenerState, network: readonly AdapterLink[]): ListenerState {
  const linked = new Set(network.flatMap(({ link, addresses }) => (link === 'down' ? [] : addresses)));
  const found = addressesOf(listener).find(({ status, host }) => status === 'listening' && linked.has(host));
  return found === undefined ? listener : { ...found, others: [] };
}

const latest = (arrivals: CremaState['arrivals']): number =>
  arrivals.reduce((at, { since, ended }) => Math.max(at, since, ended?.at ?? 0), 0);

/** When the last machine disconnected. */
function lastLeft({ machines }: CremaState): number {
  let at = 0;
  for (const { online, since } of machines.values()) if (!online) at = Math.max(at, since);
  return at;
}
