import { Tooltip } from '@mantine/core';
import { severityOf } from '#shared/errors/codes';
import type {
  ActiveFault,
  ClosedFault,
  ErrorSeverity,
  MachineRow,
  MachineState,
  Order,
  Platform,
} from '#shared/model/machine';
import { useCrema } from '../../../store';
import { isCapture } from '../../../store/source';
import { drinkStateWords, orderedWords } from '../../../text/orderWords';
import type { Words } from '../../../text/words';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { KeyValue, KeyValues } from '../../../ui/KeyValue';
import { Panel } from '../../../ui/Panel';
import { StateShape } from '../../../ui/StateShape';
import { clock } from '../../../ui/ticker';
import { Ago, Since } from '../../../ui/Ticking';
import { severityRank, severityShape } from '../../../ui/severity';
import { CanSell } from './CanSell';
import { Evidence } from './Evidence';
import { Supplies } from './Supplies';
import classes from './Facts.module.css';

interface NowProps {
  readonly row: MachineRow;
  readonly state: MachineState;
}

interface ErrorsProps {
  readonly state: MachineState;
  readonly platform: Platform | null;
}

/** The current state of the machine, or the one at its last connection: errors first, because they decide whether it sells. */
export function Now({ row, state }: NowProps) {
  const words = useWords();
  const { t } = words;
  const { door, cupBlocked, locked, discount, lastDrink } = state;
  const online = state.link.status === 'online';
  return (
    <Panel title={t('machine.now')}>
      {!online && (
        <p className={classes['past']}>
          {t('machine.lastKnown', { time: words.dateTime(state.lastHeard ?? state.link.since) })}
        </p>
      )}
      <Boundary where={`whether machine ${state.vmcNo} sells`} of={state}>
        <CanSell row={row} state={state} />
      </Boundary>
      <Boundary where={`errors of machine ${state.vmcNo}`} of={state}>
        <Errors state={state} platform={row.platform} />
      </Boundary>
      <div className={classes['block']}>
        <KeyValues>
          <KeyValue label={t('machine.door')}>
            {door === null ? (
              <span className="dim">{t('machine.doorUnknown')}</span>
            ) : (
              <>
                {t(door.value === 'open' ? 'machine.doorOpen' : 'machine.doorClosed')}{' '}
                <span className="dim">
                  · <At at={door.at} online={online} />
                  {online && door.unconfirmed === true && ` · ${t('machine.unconfirmed')}`}
                </span>{' '}
                <Evidence entry={door.entry} />
              </>
            )}
          </KeyValue>
          <KeyValue label={t('machine.cup')}>
            {cupBlocked === null ? (
              <span className="dim">{t('machine.cupUnknown')}</span>
            ) : (
              <>
                {t('machine.cupBlocked')}{' '}
                <span className="dim">
                  · <At at={cupBlocked.at} online={online} />
                </span>{' '}
                <Evidence entry={cupBlocked.entry} />
              </>
            )}
          </KeyValue>
          <KeyValue label={t('machine.lock')}>
            {locked !== null && (
              <>
                {t(locked.value ? 'machine.locked' : 'machine.unlocked')}{' '}
                <span className="dim">
                  · <At at={locked.at} online={online} />
                </span>{' '}
                <Evidence entry={locked.entry} />
              </>
            )}
          </KeyValue>
          <KeyValue label={t('machine.discount')}>
            {discount !== null && discount.value !== 100 && (
              <>
                {t('machine.discountSent', { percent: discount.value })}{' '}
                <span className="dim">
                  · <At at={discount.at} online={online} />
                </span>{' '}
                <Evidence entry={discount.entry} />
              </>
            )}
          </KeyValue>
          <KeyValue label={t('machine.lastDrink')}>
            {lastDrink === null ? (
              <span className="dim">{t('machine.noDrink')}</span>
            ) : (
              <>
                <Drink order={lastDrink.value} at={lastDrink.at} online={online} />{' '}
                <Evidence entry={lastDrink.entry} />
              </>
            )}
          </KeyValue>
        </KeyValues>
      </div>
      <Boundary where={`supplies of machine ${state.vmcNo}`} of={state}>
        <Supplies state={state} />
      </Boundary>
    </Panel>
  );
}

interface AtProps {
  readonly at: number;
  readonly online: boolean;
  readonly whose?: string | undefined;
}

/** The age of a fact while it is meaningful; its date once the machine is offline. */
function At({ at, online, whose }: AtProps) {
  const words = useWords();
  if (online) return <Ago at={at} whose={whose} />;
  return (
    <span className="tabular" title={whose}>
      {words.dateTime(at)}
    </span>
  );
}

function Errors({ state, platform }: ErrorsProps) {
  const { t } = useWords();
  const online = state.link.status === 'online';
  const inOrder = <E extends ActiveFault>(errors: readonly E[]) =>
    errors
      .map((error) => ({ error, severity: severityOf(error.code, error.isFatal, platform) }))
      .toSorted(
        (a, b) => severityRank[a.severity] - severityRank[b.severity] || a.error.since - b.error.since,
      );
  if (state.errors.length + state.closed.length === 0) return <p className="dim">{t('machine.noErrors')}</p>;
  return (
    <ul className={classes['items']} aria-label={t('machine.errors')}>
      {inOrder(state.errors).map(({ error, severity }) => (
        <Boundary key={error.code} as="item" where={`error ${error.code}`} of={error}>
          <ErrorItem error={error} severity={severity} online={online} />
        </Boundary>
      ))}
      {inOrder(state.closed).map(({ error, severity }) => (
        <Boundary key={`closed ${error.code}`} as="item" where={`closed error ${error.code}`} of={error}>
          <ErrorItem error={error} severity={severity} online={online} closed={error.closed} />
        </Boundary>
      ))}
    </ul>
  );
}

interface ErrorItemProps {
  readonly error: ActiveFault;
  readonly severity: ErrorSeverity;
  readonly online: boolean;
  /** When and why a person closed it. */
  readonly closed?: ClosedFault['closed'];
}

const closedMark = (words: Words, { at, by }: ClosedFault['closed']): string => {
  const time = words.moment(at, clock());
  return by === null ? words.t('machine.closedByHand', { time }) : words.t('machine.closedBy', { time, by });
};

function ErrorItem({ error, severity, online, closed }: ErrorItemProps) {
  const words = useWords();
  const { t } = words;
  const remedy = words.errorRemedy(error.code);
  const marks = [
    t(`machine.severity.${severity}`),
    error.times > 1 && t('machine.repeated', { count: error.times }),
    error.isFatal === true && severity !== 'fatal' && t('machine.flagFatal'),
    error.isFatal === false && t('machine.flagNotFatal'),
    error.isPersistent === true && t('machine.flagPersistent'),
    error.unconfirmed && t('machine.unconfirmed'),
    error.madeSince !== undefined &&
      t('machine.madeSince', { time: words.moment(error.madeSince.at, clock()) }),
    closed !== undefined && closedMark(words, closed),
    error.description !== null && t('machine.machineSays', { what: error.description }),
  ].filter((mark) => mark !== false);
  return (
    <li className={classes['item']} data-severity={severity}>
      <StateShape status={severityShape[severity]} size={13} decorative />
      <div>
        <strong>{words.errorTitle(error.code)}</strong> <span className="mono">{error.code}</span>{' '}
        <span className="dim">
          · {online ? <Since at={error.since} /> : <At at={error.since} online={online} />}
        </span>{' '}
        <Evidence entry={error.entry} />
        <div className={`dim ${classes['marks']}`} title={marks.join(' · ')}>
          {marks.join(' · ')}
        </div>
        {remedy !== null && (
          <Tooltip label={t('machine.remedyNote')}>
            <div>{t('machine.remedy', { what: remedy })}</div>
          </Tooltip>
        )}
      </div>
    </li>
  );
}

interface DrinkProps {
  readonly order: Order;
  readonly at: number;
  readonly online: boolean;
}
function Drink({ order, at, online }: DrinkProps) {
  const words = useWords();
  const inCapture = useCrema(isCapture);
  const { t } = words;
  const name =
    order.productName ?? (order.productId === null ? null : t('machine.product', { id: order.productId }));
  const parts = [
    name,
    order.amount === null ? null : words.yuan(order.amount),
    drinkStateWords(words, order),
    orderedWords(words, order, inCapture),
  ];
  return (
    <>
      {parts.filter((part) => part !== null).join(' · ')}{' '}
      <span className="dim" title={t('machine.order', { orderNo: order.orderNo })}>
        · <At at={at} online={online} whose={at === order.heardAt ? undefined : t('orders.machinesClock')} />
      </span>
    </>
  );
}
