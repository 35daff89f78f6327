import type { OrderRecord } from '#shared/model/history';
import { isMadeUp } from '#shared/model/order';
import { useConfig, useCrema, useRow } from '../../store';
import { showFrame } from '../../store/navigate';
import { stageOf } from '../../store/orders';
import { formatRoute } from '../../store/route';
import { isCapture } from '../../store/source';
import { clockWords } from '../../text/captureWords';
import {
  failReasonWords,
  orderNumberWords,
  orderedWords,
  productWords,
  stageShape,
} from '../../text/orderWords';
import { useWords } from '../../text/useWords';
import type { Words } from '../../text/words';
import { HistoryDetail, type Opened } from '../../ui/HistoryDetail';
import { Boundary } from '../../ui/Boundary';
import { CopyButton } from '../../ui/Copyable';
import { KeyValue, KeyValues } from '../../ui/KeyValue';
import { StateShape } from '../../ui/StateShape';
import { StepList } from '../../ui/StepList';
import { Ago } from '../../ui/Ticking';
import { Rehearsal } from './Rehearsal';
import { OrderFrames } from './OrderFrames';
import { QrTexts } from './QrTexts';
import { orderFacts } from './orderFacts';
import { orderSteps } from './orderSteps';
import classes from './Orders.module.css';

interface OrderDetailProps extends Opened {
  readonly order: OrderRecord;
  readonly ofAll: boolean;
}

/** An opened order: its progress, the user's actions, and the frames that prove it. */
export function OrderDetail({ order, ofAll, onClose, onStep }: OrderDetailProps) {
  const words = useWords();
  const { t } = words;
  const { vmcNo, amount } = order;
  const row = useRow(vmcNo);
  const inCapture = useCrema(isCapture);
  const { name, qrAnswers } = useConfig(vmcNo);
  const stage = stageOf(order);
  const byHand = qrAnswers === 'hand';
  const product = productWords(words, order);
  const number = orderNumberWords(words, order);
  const sentence = sentenceOf(words, order, byHand);
  const ordered = orderedWords(words, order, inCapture);
  return (
    <HistoryDetail
      label={`${t('orders.column.number')} ${number}`}
      title={
        <>
          {product === '' ? t(`orders.stage.${stage}`) : product}
          {amount !== null && <span className={classes['price']}>{words.yuan(amount)}</span>}
        </>
      }
      shape={<StateShape status={stageShape[stage]} size={16} decorative />}
      words={{ previous: t('orders.previous'), next: t('orders.next'), close: t('orders.close') }}
      onClose={onClose}
      onStep={onStep}
    >
      <div className={classes['detailBody']}>
        <p className={classes['sentence']} role="status">
          {sentence}
        </p>
        {ordered !== null && <p className={classes['sentence']}>{ordered}</p>}
        {order.untold === true && <p className={classes['sentence']}>{t('orders.untold')}</p>}
        {amount === 0 && <p className="dim">{t('orders.free')}</p>}
        <div>
          <h3 className={classes['heading']}>{t('orders.life')}</h3>
          <StepList
            label={t('orders.life')}
            steps={orderSteps(words, order, {
              byHand,
              rehearsed: !inCapture && order.paidByServer !== true,
            })}
            evidence={t('orders.evidence')}
            noEvidence={row === undefined ? t('orders.noFrame') : null}
            onEvidence={(entry) => showFrame(vmcNo, entry)}
          />
        </div>
        <Boundary where={`rehearsal of order ${order.entry}`} of={order}>
          <Rehearsal order={order} online={row?.online === true} known={row !== undefined} />
        </Boundary>
        <Boundary where={`QR texts of order ${order.entry}`} of={order}>
          <QrTexts order={order} />
        </Boundary>
        {!isMadeUp(order.orderNo) && (
          <Boundary where={`frames of order ${order.entry}`} of={order}>
            <OrderFrames order={order} known={row !== undefined} />
          </Boundary>
        )}
        <KeyValues>
          <KeyValue label={t('orders.column.number')}>
            <span className="mono">{number}</span>{' '}
            {!isMadeUp(order.orderNo) && (
              <CopyButton text={() => order.orderNo} what={t('orders.column.number')} />
            )}
          </KeyValue>
          {ofAll && (
            <KeyValue label={t('orders.column.machine')}>
              {row === undefined ? (
                vmcNo
              ) : (
                <a
                  href={formatRoute({ screen: 'machines', vmcNo, tab: 'orders' })}
                  title={t('orders.openMachine', { vmcNo })}
                >
                  {vmcNo}
                </a>
              )}{' '}
              {name}
            </KeyValue>
          )}
          <KeyValue label={t('orders.column.time')}>
            {words.dateTime(order.at)}{' '}
            <span className="dim">
              {/* The machine's time differs from the time of arrival at least by the transmission. */}
              {order.at === order.heardAt ? clockWords(words, inCapture) : t('orders.machinesClock')} ·{' '}
              <Ago at={order.at} />
            </span>
          </KeyValue>
          {orderFacts(words, order).map(({ key, label, lines }) => (
            <KeyValue key={key} label={label}>
              {lines.map((line) => (
                <div key={line}>{line}</div>
              ))}
            </KeyValue>
          ))}
        </KeyValues>
      </div>
    </HistoryDetail>
  );
}

function sentenceOf(words: Words, order: OrderRecord, byHand: boolean): string {
  const { t } = words;
  const { failReason, checked } = order;
  const stage = stageOf(order);
  // On a relayed connection Crema does not answer.
  if (stage === 'requested' && order.untold === false) return t('orders.sentence.requestedRelayed');
  if (stage === 'requested' && byHand) return t('orders.sentence.requestedHand');
  if (stage === 'offered' && checked === null) return t('orders.sentence.offeredUnseen');
  return stage === 'failed' && failReason !== null && failReason.trim() !== ''
    ? t('orders.sentence.failedWhy', { reason: failReasonWords(words, failReason) })
    : t(`orders.sentence.${stage}`);
}
