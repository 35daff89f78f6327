import type { Arrival } from '#shared/model/arrivals';
import { useCrema } from '../../store';
import type { Words } from '../../text/words';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { Ticking } from '../../ui/Ticking';
import classes from './Connect.module.css';

interface Away {
  readonly vmcNo: number | null;
  readonly address: string;
  readonly at: number;
  readonly count: number;
}

/** Recent connections that the direct link closed, newest first. */
function awayOf(arrivals: readonly Arrival[]): readonly Away[] {
  const found = new Map<string, Away>();
  for (const { vmcNo, address, refused, ended, since } of arrivals) {
    if (refused !== 'reserved') continue;
    const key = `${vmcNo} ${address}`;
    const at = ended?.at ?? since;
    const before = found.get(key);
    const count = (before?.count ?? 0) + 1;
    found.set(key, { vmcNo, address, at: Math.max(at, before?.at ?? 0), count });
  }
  return [...found.values()].toSorted((a, b) => b.at - a.at);
}

const awayWords = ({ t, ago }: Words, { vmcNo, address, at, count }: Away, now: number): string =>
  t('directLink.turnedAwayLine', {
    who: vmcNo === null ? t('directLink.unnamed') : t('directLink.machine', { vmcNo }),
    address,
    count,
    ago: ago(at, now),
  });

export function TurnedAway() {
  const words = useWords();
  const arrivals = useCrema((s) => s.arrivals);
  const away = awayOf(arrivals);
  if (away.length === 0) return null;
  return (
    <>
      <strong>{words.t('directLink.turnedAway')}</strong>
      <ul className={classes['dials']} aria-label={words.t('directLink.turnedAway')}>
        {away.map((one) => (
          <Boundary
            key={`${one.vmcNo} ${one.address}`}
            as="item"
            where={`machine that was turned away from ${one.address}`}
            of={one.at}
          >
            <li>
              <Ticking text={(now) => awayWords(words, one, now)} />
            </li>
          </Boundary>
        ))}
      </ul>
    </>
  );
}
