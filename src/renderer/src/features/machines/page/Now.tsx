import type { ReactNode } from 'react';
import type { MachineState, Order } from '#shared/model/machine';
import { useCrema } from '../../../store';
import { isCapture } from '../../../store/source';
import { drinkStateWords, orderedWords, productWords } from '../../../text/orderWords';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { KeyValue, KeyValues } from '../../../ui/KeyValue';
import { Ago } from '../../../ui/Ticking';
import { FrameLink } from './FrameLink';
import { Supplies } from './Supplies';

/** The reported state of the machine, or the one at its last connection. */
export function Now({ state }: { readonly state: MachineState }) {
  const { t } = useWords();
  const { door, cupBlocked, locked, discount, lastDrink } = state;
  const online = state.link.status === 'online';
  return (
    <>
      {!online && <p className="dim">{t('machine.lastKnown')}</p>}
      <KeyValues>
        <KeyValue label={t('machine.door')}>
          {door === null ? (
            <span className="dim">{t('machine.doorUnknown')}</span>
          ) : (
            <Reported at={door.at} entry={door.entry}>
              {t(door.value === 'open' ? 'machine.doorOpen' : 'machine.doorClosed')}
              {online && door.unconfirmed === true && (
                <span className="dim"> · {t('machine.unconfirmed')}</span>
              )}
            </Reported>
          )}
        </KeyValue>
        <KeyValue label={t('machine.cup')}>
          {cupBlocked === null ? (
            <span className="dim">{t('machine.cupUnknown')}</span>
          ) : (
            <Reported at={cupBlocked.at} entry={cupBlocked.entry}>
              {t('machine.cupBlocked')}
            </Reported>
          )}
        </KeyValue>
        <KeyValue label={t('machine.lock')}>
          {locked !== null && (
            <Reported at={locked.at} entry={locked.entry}>
              {t(locked.value ? 'machine.locked' : 'machine.unlocked')}
            </Reported>
          )}
        </KeyValue>
        <KeyValue label={t('machine.discount')}>
          {discount !== null && discount.value !== 100 && (
            <Reported at={discount.at} entry={discount.entry}>
              {t('machine.discountSent', { percent: discount.value })}
            </Reported>
          )}
        </KeyValue>
        <KeyValue label={t('machine.lastDrink')}>
          {lastDrink === null ? (
            <span className="dim">{t('machine.noDrink')}</span>
          ) : (
            <Drink order={lastDrink.value} at={lastDrink.at} entry={lastDrink.entry} />
          )}
        </KeyValue>
      </KeyValues>
      <Boundary where={`supplies of machine ${state.vmcNo}`} of={state}>
        <Supplies state={state} />
      </Boundary>
    </>
  );
}

interface ReportedProps {
  readonly at: number;
  readonly entry: number;
  readonly children: ReactNode;
  /** The clock of the time, if it is not Crema's. */
  readonly whose?: string | undefined;
}

/** A fact with its age, which opens the frame. */
function Reported({ at, entry, children, whose }: ReportedProps) {
  return (
    <>
      {children}{' '}
      <span className="dim">
        ·{' '}
        <FrameLink entry={entry}>
          <Ago at={at} whose={whose} />
        </FrameLink>
      </span>
    </>
  );
}

interface DrinkProps {
  readonly order: Order;
  readonly at: number;
  readonly entry: number;
}
function Drink({ order, at, entry }: DrinkProps) {
  const words = useWords();
  const inCapture = useCrema(isCapture);
  const { t } = words;
  const parts = [
    productWords(words, order),
    order.amount === null ? null : words.yuan(order.amount),
    drinkStateWords(words, order),
    orderedWords(words, order, inCapture),
  ];
  return (
    <Reported
      at={at}
      entry={entry}

      whose={at === order.heardAt ? undefined : t('orders.machinesClock')}
    >
      <span title={t('machine.order', { orderNo: order.orderNo })}>
        {parts.filter((part) => part !== null && part !== '').join(' · ')}
      </span>
    </Reported>
  );
}
