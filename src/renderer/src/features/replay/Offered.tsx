import type { ReplayOffer, ReplayRole } from '#shared/model/replay';
import { useWords } from '../../text/useWords';
import { listed } from '../../text/phrases';
import classes from './Replay.module.css';

/** Commands and machines listed by name. */
const mostNamed = 8;

interface OfferedProps {
  readonly role: ReplayRole;
  /** `null`: still being determined. */
  readonly offer: ReplayOffer | null;
}

/** The frames that the replay would send. */
export function Offered({ role, offer }: OfferedProps) {
  const words = useWords();
  const { t } = words;
  if (offer === null) return <p className="dim">{t('replay.looking')}</p>;
  const { frames, machines, connections, extent, commands } = offer[role];
  if (extent === null) return <p role="status">{t('replay.nothing')}</p>;
  const named = commands
    .slice(0, mostNamed)
    .map(({ cmd, count }) => t('replay.command', { cmd: cmd ?? t('replay.noCommand'), times: count }));
  const facts = [
    t('replay.frames', { count: frames }),
    t('replay.ofMachines', { machines: listed(words, machines.slice(0, mostNamed).map(String)) }),
    t('replay.within', { time: words.duration(extent.to - extent.from) }),
    ...(role === 'machine' ? [t('replay.connections', { count: connections })] : []),
  ];
  return (
    <div className={classes['offer']} role="status">
      <p>
        <strong>{facts.join(words.language === 'zh-CN' ? '，' : ', ')}</strong>
      </p>
      <p>
        {t('replay.commands', { list: `${listed(words, named)}${commands.length > mostNamed ? ' …' : ''}` })}
      </p>
      {role === 'server' && offer.answers > 0 && <p>{t('replay.answers', { count: offer.answers })}</p>}
    </div>
  );
}
