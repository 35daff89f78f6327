import { Button } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { OrderRecord } from '#shared/model/history';
import { useOrderFrames } from '../../bridge/orderFrames';
import { showFrame } from '../../store/navigate';
import { numberText } from '../../text/entryNumber';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { ErrorNote } from '../../ui/ErrorNote';
import { frameGroups, singleFrames, type FrameGroup } from './frameGroups';
import classes from './Orders.module.css';

interface OrderFramesProps {
  readonly order: OrderRecord;
  /** The frames can be opened, because the machine is on the list. */
  readonly known: boolean;
}

/** All frames that name the order; repetitions are folded into one line. */
export function OrderFrames({ order, known }: OrderFramesProps) {
  const { t } = useWords();
  const { rows, cut, begun, error } = useOrderFrames(order);
  const [each, setEach] = useState(false);
  const folded = frameGroups(rows);
  const isFolded = folded.length < rows.length;
  return (
    <section aria-label={t('orders.frames.title')}>
      <h3 className={classes['heading']}>{t('orders.frames.title')}</h3>
      {begun && error === null && rows.length === 0 && (
        <p className={classes['small']}>{t('orders.frames.none')}</p>
      )}
      <ul className={classes['frames']}>
        {(each ? singleFrames(rows) : folded).map((group) => (
          <Boundary key={group.key} as="item" where={`frame ${group.first.id} of the order`} of={group}>
            <FrameItem group={group} vmcNo={order.vmcNo} known={known} />
          </Boundary>
        ))}
      </ul>
      {isFolded && (
        <Button variant="subtle" size="compact-xs" onClick={() => setEach(!each)}>
          {t(each ? 'orders.frames.folded' : 'orders.frames.each')}
        </Button>
      )}
      {cut && <p className={classes['small']}>{t('orders.frames.more', { count: rows.length })}</p>}
      <ErrorNote error={error} />
    </section>
  );
}

interface FrameItemProps {
  readonly group: FrameGroup;
  readonly vmcNo: number;
  readonly known: boolean;
}
function FrameItem({ group: { first, last, times }, vmcNo, known }: FrameItemProps) {
  const words = useWords();
  const { t } = words;
  const { dir, cmd, id, at } = first;
  const Arrow = dir === 'in' ? IconArrowRight : IconArrowLeft;
  const name = cmd === null ? '' : (words.command(cmd) ?? cmd);
  return (
    <li>
      <button
        type="button"
        disabled={!known}
        title={t('orders.frames.open', { id: numberText(first) })}
        onClick={() => showFrame(vmcNo, id)}
      >
        <Arrow
          size={13}
          role="img"
          aria-label={t(dir === 'in' ? 'orders.frames.fromMachine' : 'orders.frames.toMachine')}
        />
        <span className="tabular" title={words.dateTime(at)}>
          {words.clock(at)}
        </span>
        <span>
          {name} <span className="dim mono">{cmd}</span>
        </span>
      </button>
      {times > 1 && (
        <button
          type="button"
          disabled={!known}
          title={t('orders.frames.open', { id: numberText(last) })}
          onClick={() => showFrame(vmcNo, last.id)}
        >
          {t('orders.frames.times', {
            count: times,
            time: words.date(last.at) === words.date(at) ? words.clock(last.at) : words.dateTime(last.at),
          })}
        </button>
      )}
    </li>
  );
}
