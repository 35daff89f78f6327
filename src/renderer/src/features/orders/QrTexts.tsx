import { longQr } from '#shared/limits';
import type { OrderRecord } from '#shared/model/history';
import { testQr } from '#shared/rehearsal';
import { payTypeInFull } from '../../text/orderWords';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { CopyButton } from '../../ui/Copyable';
import { QrCode } from '../../ui/QrCode';
import { KeyValue, KeyValues } from '../../ui/KeyValue';
import classes from './Orders.module.css';

/** The QR texts that the machine got, by payment type; a test text is marked. */
export function QrTexts({ order }: { readonly order: OrderRecord }) {
  const words = useWords();
  const { t } = words;
  const texts = Object.entries(order.qr);
  if (texts.length === 0) return null;
  const { vmcNo, orderNo, amount } = order;
  const isTest = texts.some(([type, text]) => text === testQr({ vmcNo, orderNo, type, amount }));
  return (
    <div>
      <h3 className={classes['heading']}>{t('orders.qrTexts')}</h3>
      <KeyValues>
        {texts.map(([type, text]) => (
          <KeyValue key={type} label={payTypeInFull(words, type)}>
            {/* A QR code can't hold a text of any length. */}
            <Boundary as="row" where={`QR code of order ${order.entry}`} of={text}>
              <QrCode
                text={text}
                size={132}
                label={t('orders.qrShown', { type: payTypeInFull(words, type) })}
              />
            </Boundary>
            <br />
            <span className="mono">{text}</span>{' '}
            <CopyButton text={() => text} what={t('command.answerQr.form.text')} />
            {text.length > longQr && (
              <div className={classes['small']} data-warning>
                {t('orders.qrLong', { length: text.length })}
              </div>
            )}
          </KeyValue>
        ))}
      </KeyValues>
      {isTest && <p className={classes['small']}>{t('orders.testText')}</p>}
    </div>
  );
}
