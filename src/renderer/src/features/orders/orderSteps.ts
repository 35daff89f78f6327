import type { Order } from '#shared/model/machine';
import { refusalOf } from '#shared/model/order';
import { isOver } from '../../store/orders';
import { failReasonWords, payTypeInFull } from '../../text/orderWords';
import type { Words } from '../../text/words';
import type { Step } from '../../ui/step';

/** The steps of an order: those done, with their evidence, and those still due. `byHand`: a person answers its QR request. */
export function orderSteps(words: Words, order: Order, byHand: boolean): readonly Step[] {
  return [
    ...beginning(words, order),
    ...answer(words, order, byHand),
    ...payment(words, order),
    ...ending(words, order),
  ];
}

function beginning(words: Words, { qrType, at, entry, payment: decision, done }: Order): readonly Step[] {
  const { t } = words;
  if (qrType !== null) {
    const text = t('orders.step.requested', { type: payTypeInFull(words, qrType) });
    return [{ key: 'requested', mark: 'done', text, at, entry }];
  }
  // A later step from the same entry already shows it.
  if (decision?.entry === entry || done?.entry === entry) return [];
  return [{ key: 'opened', mark: 'done', text: t('orders.step.opened'), at, entry }];
}

function answer({ t }: Words, order: Order, byHand: boolean): readonly Step[] {
  const { answered, qrType, payment: decision } = order;
  if (answered !== null)
    return [
      {
        key: 'answered',
        mark: 'done',
        text: t('orders.step.answered'),
        at: answered.at,
        entry: answered.entry,
      },
    ];
  if (qrType === null) return [];
  const awaited = byHand && decision === null && !isOver(order);
  return [
    {
      key: 'answered',
      mark: awaited ? 'waiting' : 'note',
      text: t(awaited ? 'orders.step.answerAwaited' : 'orders.step.notAnswered'),
      at: null,
      entry: null,
    },
  ];
}

function payment(words: Words, order: Order): readonly Step[] {
  const { t } = words;
  const { payment: decision, acknowledged, answered } = order;
  if (decision === null) {
    if (answered === null || isOver(order)) return [];
    return [{ key: 'told', mark: 'waiting', text: t('orders.step.payAwaited'), at: null, entry: null }];
  }
  const { at, entry, value } = decision;
  const text = value.paid
    ? t('orders.step.toldPaid', { type: payTypeInFull(words, value.payType) })
    : t('orders.step.toldNotPaid');
  const refusal = refusalOf(order);
  const acknowledgement: Step = refusal
    ? {
        key: 'acknowledged',
        mark: 'failed',
        text: t('orders.step.payRefused'),
        at: refusal.answered?.at ?? null,
        entry: refusal.answered?.entry ?? null,
      }
    : acknowledged === null
      ? {
          key: 'acknowledged',
          mark: isOver(order) ? 'note' : 'waiting',
          text: t('orders.step.notAcknowledged'),
          at: null,
          entry: null,
        }
      : {
          key: 'acknowledged',
          mark: 'done',
          text: t('orders.step.acknowledged'),
          at: acknowledged.at,
          entry: acknowledged.entry,
        };
  return [{ key: 'told', mark: 'done', text, at, entry }, acknowledgement];
}

function ending(words: Words, order: Order): readonly Step[] {
  const { t } = words;
  const { done, doneTimes, failReason, payment: decision } = order;
  const why = failReason === null || failReason.trim() === '' ? null : failReasonWords(words, failReason);
  if (done !== null) {
    const failed = why === null ? t('orders.step.failed') : t('orders.step.failedWhy', { reason: why });
    const text = done.value ? t('orders.step.made') : failed;
    return [{ key: 'done', mark: done.value ? 'done' : 'failed', text, at: done.at, entry: done.entry }];
  }
  if (doneTimes > 0)
    return [{ key: 'done', mark: 'note', text: t('orders.step.unreported'), at: null, entry: null }];
  // A machine that refused the payment makes none for it.
  if (decision?.value.paid !== true || refusalOf(order) !== null) return [];
  return [{ key: 'done', mark: 'waiting', text: t('orders.step.doneAwaited'), at: null, entry: null }];
}
