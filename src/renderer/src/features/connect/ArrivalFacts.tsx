import type { Arrival } from '#shared/model/arrivals';
import { useWords } from '../../text/useWords';
import { hexLines, readHex } from '../../ui/hex';
import { Ticking } from '../../ui/Ticking';
import { hostPort } from '../../ui/where';
import classes from './Walk.module.css';

/** The data received on one connection, unchanged. */
export function ArrivalFacts({ arrival }: { readonly arrival: Arrival }) {
  const words = useWords();
  const { t } = words;
  const { address, port, since, ended, lastHeard, first, lastWords } = arrival;
  const where = hostPort(address, port);
  const bytes = readHex(first);
  return (
    <div className={classes['arrival']} data-conn={arrival.conn}>
      <Ticking
        className="tabular"
        title={words.dateTime(since)}
        text={(now) =>
          ended === null
            ? t('connectWalk.from', { where, time: words.duration(now - since) })
            : t('connectWalk.fromEnded', {
                where,
                time: words.duration(ended.at - since),
                ago: words.ago(ended.at, now),
              })
        }
      />
      {ended === null && lastHeard !== null && (
        <Ticking
          className="dim"
          title={words.dateTime(lastHeard)}
          text={(now) => t('connectWalk.heard', { ago: words.ago(lastHeard, now) })}
        />
      )}
      {bytes !== null && bytes.length > 0 && (
        <Bytes label={t('connectWalk.firstBytes')} lines={hexLines(bytes, 16).map(({ text }) => text)} />
      )}
      {lastWords !== null && first === '' && <Bytes label={t('connectWalk.lastWords')} lines={[lastWords]} />}
    </div>
  );
}

function Bytes({ label, lines }: { readonly label: string; readonly lines: readonly string[] }) {
  return (
    <figure className={classes['bytes']}>
      <figcaption className="dim">{label}</figcaption>
      <pre className="mono" data-copyable>
        {lines.join('\n')}
      </pre>
    </figure>
  );
}
