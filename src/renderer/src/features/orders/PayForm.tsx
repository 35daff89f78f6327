import { Autocomplete, SegmentedControl, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import type { OrderRecord } from '#shared/model/history';
import { useRequest } from '../../bridge/request';
import { fenOf, yuanText } from '../../store/orders';
import { payTypeInFull } from '../../text/orderWords';
import { useWords } from '../../text/useWords';
import { AskOnce } from '../../ui/AskOnce';
import { ErrorNote } from '../../ui/ErrorNote';
import { isPayType, longestTyped, payTypes } from './payTypes';
import classes from './Orders.module.css';

/** The payment result, given by the user: paid or not. It asks for confirmation, because the machine acts on it. */
export function PayForm({ order }: { readonly order: OrderRecord }) {
  const words = useWords();
  const { t } = words;
  const { vmcNo, orderNo, productId } = order;
  const [paid, setPaid] = useState(true);
  const [typedAmount, setTypedAmount] = useState<string | null>(null);
  const [typedType, setTypedType] = useState<string | null>(null);
  const send = useRequest('command');
  const title = useId();
  const resultId = useId();
  const types = payTypes(order);
  const amountText = typedAmount ?? (order.amount === null ? '' : yuanText(order.amount));
  const amount = fenOf(amountText);
  const payType = (typedType ?? types[0] ?? '').trim();
  const isType = isPayType(payType);
  const wrong =
    amount === null
      ? t('command.payResult.form.amountWrong')
      : isType
        ? null
        : t('command.payResult.form.typeWrong');
  const play = (): void => {
    if (amount === null) return;
    const input = { orderNo, amount, paid, payType, ...(productId !== null && { productId }) };
    void send.run({ vmcNo, name: 'payResult', input });
  };
  return (
    <div className={classes['form']} role="group" aria-labelledby={title}>
      <h4 id={title}>{t('command.payResult.form.title')}</h4>
      <div className={classes['fields']}>
        <div>
          <div id={resultId} className={classes['label']}>
            {t('command.payResult.form.result')}
          </div>
          <SegmentedControl
            aria-labelledby={resultId}
            value={paid ? 'paid' : 'notPaid'}
            onChange={(value) => setPaid(value === 'paid')}
            data={[
              { value: 'paid', label: t('command.payResult.form.paid') },
              { value: 'notPaid', label: t('command.payResult.form.notPaid') },
            ]}
          />
        </div>
        <TextInput
          w={112}
          label={t('command.payResult.form.amount', { currency: words.currency })}
          inputMode="decimal"
          maxLength={longestTyped}
          value={amountText}
          onChange={(event) => setTypedAmount(event.currentTarget.value)}
          error={amount === null && t('command.payResult.form.amountWrong')}
        />
        <Autocomplete
          size="xs"
          w={130}
          label={t('command.payResult.form.type')}
          data={[...types]}
          renderOption={({ option }) => <>{payTypeInFull(words, option.value)}</>}
          maxLength={longestTyped}
          value={typedType ?? payType}
          onChange={setTypedType}
          error={!isType && t('command.payResult.form.typeWrong')}
        />
      </div>
      <AskOnce
        label={t('command.payResult.form.send')}
        question={
          paid
            ? t('command.payResult.form.askPaid', {
                vmcNo,
                amount: words.yuan(amount ?? 0),
                type: payTypeInFull(words, payType),
              })
            : t('command.payResult.form.askNotPaid', { vmcNo })
        }
        yes={t(paid ? 'command.payResult.form.yesPaid' : 'command.payResult.form.yesNotPaid')}
        impossible={wrong}
        busy={send.busy}
        onYes={play}
      />
      <ErrorNote error={send.error} />
    </div>
  );
}
