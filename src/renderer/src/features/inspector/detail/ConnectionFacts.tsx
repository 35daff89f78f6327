import { IconFilter } from '@tabler/icons-react';
import { use, useEffect, useState } from 'react';
import { addTerm } from '#shared/filter/language/edit';
import { everyFrame } from '#shared/filter/frames';
import type { FrameDetail, Peer } from '#shared/model/frame';
import { request } from '../../../bridge/request';
import { endText } from '../../../text/frameWords';
import { useWords } from '../../../text/useWords';
import { FilterActionsContext } from '../../../ui/filterActions';
import { hasBytes } from '../bytes/copyForms';
import { Fact } from './Fact';
import { onlyText, shown } from './values';
import classes from './Detail.module.css';

/** The connection of an entry, its two ends, and a link to all its entries. */
export function ConnectionFacts({ frame }: { readonly frame: FrameDetail }) {
  const { t } = useWords();
  const actions = use(FilterActionsContext);
  const peer = usePeer(frame);
  const { conn } = frame;
  const ofConnection = shown('conn', conn);
  // The filter language has no addresses: filter by the connection instead.
  const from = peer === null ? '' : endText(peer.remoteAddress, peer.remotePort);
  const to = peer === null ? '' : endText(peer.localAddress, peer.localPort);
  return (
    <>
      <Fact label={t('frames.connection')} of={[ofConnection]}>
        {t('frames.connectionNo', { n: conn })}
        {actions !== null && (
          <>
            {' '}
            <button
              type="button"
              className={classes['link']}
              title={t('detail.onlyConnection')}
              onClick={() => actions.add('conn', conn, 'only')}
            >
              <IconFilter size={12} aria-hidden />
              {t('frames.menu.only')}{' '}
              <span className="mono">{addTerm('', 'conn', conn, 'only', { now: 0 })}</span>
            </button>
          </>
        )}
      </Fact>
      <Fact label={t('frames.from')} of={[onlyText(from), ofConnection]}>
        {peer !== null && <span className="mono">{from}</span>}
      </Fact>
      <Fact label={t('frames.to')} of={[onlyText(to), ofConnection]}>
        {peer !== null && <span className="mono">{to}</span>}
      </Fact>
    </>
  );
}

/** Both ends of the connection; `null` until known. For entries about the connection itself they are looked up. */
function usePeer(frame: FrameDetail): Peer | null {
  const { id, conn } = frame;
  const [known, setKnown] = useState<{ readonly conn: number; readonly peer: Peer } | null>(null);
  const isLookedUp = frame.peer === undefined && !hasBytes(frame);
  useEffect(() => {
    if (!isLookedUp) return;
    let wanted = true;
    const look = async (): Promise<void> => {
      const filter = { ...everyFrame, text: `conn:${conn} kind:opened` };
      const reply = await request('frames', { filter, place: { before: id }, limit: 1 });
      const peer = reply.ok ? reply.value.rows[0]?.peer : undefined;
      if (wanted && peer !== undefined) setKnown({ conn, peer });
    };
    void look();
    return () => {
      wanted = false;
    };
  }, [isLookedUp, id, conn]);
  return frame.peer ?? (known?.conn === conn ? known.peer : null);
}
