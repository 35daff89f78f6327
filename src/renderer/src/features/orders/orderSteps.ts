import type { Order } from '#shared/model/machine';
import { refusalOf } from '#shared/model/order';
import { isOver, isStored } from '../../store/orders';
import { listed } from '../../text/phrases';
import { failReasonWords, payTypeInFull } from '../../text/orderWords';
import type { Words } from '../../text/words';
import type { Step } from '../../ui/StepList';

export interface StepContext {
  /** The user answers the QR request. */
  readonly byHand: boolean;
  /** Payments are Crema's own rehearsal: everywhere except in a capture. */
  readonly rehearsed: boolean;
}

/** The steps of an order: completed ones with their proof, and due ones. */
export function orderSteps(words: Words, order: Order, context: StepContext): readonly Step[] {
  return [
    ...beginning(words, order),
    ...answer(words, order, context.byHand),
    ...shown(words, order),
    ...payment(words, order, context.rehearsed),
    ...ending(words, order),
    ...afterwards(words, order),
  ];
}

function beginning(words: Words, order: Order): readonly Step[] {
  const { qrType, at, heardAt, entry, payment: decision, done, asked } = order;
  const { t } = words;
  if (isStored(order)) {
    const late = words.duration(heardAt - at);
    return [
      { key: 'sold', mark: 'done', text: t('orders.step.sold'), at, entry: null },
      { key: 'stored', mark: 'note', text: t('orders.step.reportedLate', { late }), at: heardAt, entry },
    ];
  }
  if (qrType !== null) {
    const text = t('orders.step.requested', { type: payTypeInFull(words, qrType) });
    const first: Step = { key: 'requested', mark: 'done', text, at, entry };
    if (asked === null || asked.times < 2) return [first];
    const { at: lastAt, entry: lastEntry } = asked.last;
    const again = t('orders.step.askedAgain', { count: asked.times - 1 });
    return [first, { key: 'askedAgain', mark: 'note', text: again, at: lastAt, entry: lastEntry }];
  }
  // A later step of the same entry already shows this.
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

/** Only the question whether it is paid shows that the machine displays the code. */
function shown({ t }: Words, order: Order): readonly Step[] {
  const { answered, checked, payment: decision } = order;
  if (checked !== null) {
    const { at, entry } = checked.last;
    const text = t('orders.step.checked', { count: checked.times });
    return [{ key: 'shown', mark: 'done', text, at, entry }];
  }
  if (answered === null || decision !== null || isOver(order)) return [];
  return [{ key: 'shown', mark: 'note', text: t('orders.step.shownUnsaid'), at: null, entry: null }];
}

function payment(words: Words, order: Order, rehearsed: boolean): readonly Step[] {
  const { t } = words;
  const { payment: decision, acknowledged, answered } = order;
  if (decision === null) {
    if (answered === null || isOver(order)) return [];
    return [{ key: 'told', mark: 'waiting', text: t('orders.step.payAwaited'), at: null, entry: null }];
  }
  const { at, entry, value } = decision;
  const what = value.paid
    ? t('orders.step.sentPaid', { type: payTypeInFull(words, value.payType) })
    : t('orders.step.sentNotPaid');
  const text = rehearsed ? t('orders.step.rehearsed', { what }) : what;
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
  // A machine that refused the payment makes no drink for it.
  if (decision?.value.paid !== true || refusalOf(order) !== null) return [];
  return [{ key: 'done', mark: 'waiting', text: t('orders.step.doneAwaited'), at: null, entry: null }];
}

function afterwards(
  words: Words,
  { doneTimes, lastDone, lastDoneAt, used, consumed }: Order,
): readonly Step[] {
  const { t } = words;
  const resent = t('orders.step.resent', { count: doneTimes });
  const materials = Object.entries(consumed).map(([material, amount]) =>
    t('orders.consumedOf', { what: words.material(material), amount }),
  );
  const what = listed(words, materials);
  return [
    ...(doneTimes > 1
      ? [{ key: 'resent', mark: 'note', text: resent, at: lastDoneAt, entry: lastDone } as const]
      : []),
    ...(materials.length > 0
      ? [
          {
            key: 'used',
            mark: 'done',
            text: t('orders.step.used', { what }),
            at: used?.at ?? null,
            entry: used?.entry ?? null,
          } as const,
        ]
      : []),
  ];
}
