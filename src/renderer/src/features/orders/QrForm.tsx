import { longQr } from '#shared/limits';
import { Autocomplete, Button, Group, Textarea } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { qrTextOf } from '#shared/rehearsal';
import type { OrderRecord } from '#shared/model/history';
import { useRequest } from '../../bridge/request';
import { useConfig } from '../../store';
import { payTypeInFull } from '../../text/orderWords';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { isPayType, longestTyped, payTypes } from './payTypes';
import classes from './Orders.module.css';

/** As in the catalogue. */
const most = 800;

/** A QR text for the machine: the test text, or another one. */
export function QrForm({ order }: { readonly order: OrderRecord }) {
  const words = useWords();
  const { t } = words;
  const { vmcNo, orderNo, qrType, qr, amount, answered } = order;
  const [typedType, setTypedType] = useState<string | null>(null);
  const [typedText, setTypedText] = useState<string | null>(null);
  const send = useRequest('command');
  const title = useId();
  const types = payTypes(order);
  const type = (typedType ?? types[0] ?? '').trim();
  const { qrTemplate } = useConfig(vmcNo);
  const testText = qrTextOf(qrTemplate, { vmcNo, orderNo, type, amount, productId: order.productId });
  const text = typedText ?? (Object.hasOwn(qr, type) ? qr[type] : undefined) ?? testText;
  const answer = (): void =>
    void send.run({ vmcNo, name: 'answerQr', input: { orderNo, qrType: type, qrCode: text } });
  const sendable = isPayType(type) && text !== '' && text.length <= most;
  return (
    <form
      className={classes['form']}
      aria-labelledby={title}
      onSubmit={(event) => {
        event.preventDefault();
        if (sendable) answer();
      }}
    >
      <h4 id={title}>
        {t(answered === null ? 'command.answerQr.form.title' : 'command.answerQr.form.titleAgain')}
      </h4>
      <div className={classes['fields']}>
        <Autocomplete
          size="xs"
          w={130}
          label={t('command.answerQr.form.type')}
          data={[...types]}
          renderOption={({ option }) => <>{payTypeInFull(words, option.value)}</>}
          maxLength={longestTyped}
          value={typedType ?? type}
          onChange={setTypedType}
          // A request for one type accepts only that type.
          disabled={qrType !== null && qrType.toLowerCase() !== 'all'}
          error={!isPayType(type) && t('command.payResult.form.typeWrong')}
        />
        <Textarea
          size="xs"
          className={classes['qrText']}
          label={t('command.answerQr.form.text')}
          autosize
          minRows={1}
          maxRows={6}
          maxLength={4 * most}
          value={text}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          description={
            <span className={classes['small']} data-warning={text.length > longQr || undefined}>
              {text.length > longQr ? (
                <>
                  <IconAlertTriangle size={13} aria-hidden />{' '}
                  {t('command.answerQr.form.long', { length: text.length })}
                </>
              ) : (
                t('command.answerQr.form.length', { length: text.length, max: longQr })
              )}
            </span>
          }
          onChange={(event) => setTypedText(event.currentTarget.value)}
          error={
            text === ''
              ? t('command.answerQr.form.empty')
              : text.length > most && t('command.answerQr.form.tooLong', { max: most })
          }
        />
      </div>
      <Group gap="sm">
        <Button
          type="submit"
          variant={answered === null ? 'filled' : 'default'}
          loading={send.busy}
          disabled={!sendable}
        >
          {t('command.answerQr.form.send')}
        </Button>
        {text !== testText && (
          <Button variant="default" onClick={() => setTypedText(testText)}>
            {t('command.answerQr.form.test')}
          </Button>
        )}
      </Group>
      <ErrorNote error={send.error} />
    </form>
  );
}
