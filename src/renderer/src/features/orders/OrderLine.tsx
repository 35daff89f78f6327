import { memo } from 'react';
import type { OrderRecord } from '#shared/model/history';
import { useConfig, useCrema } from '../../store';
import { isCapture } from '../../store/source';
import { stageOf } from '../../store/orders';
import {
  orderNumberWords,
  orderedWords,
  payTypeWords,
  productWords,
  stageShape,
} from '../../text/orderWords';
import { useWords } from '../../text/useWords';
import { StateShape } from '../../ui/StateShape';
import { Ago } from '../../ui/Ticking';
import classes from './Orders.module.css';

interface LineProps {
  readonly order: OrderRecord;
  /** Lines name their machine, because the list has all machines. */
  readonly ofAll: boolean;
  /** The name of the site, in a list of all sites. */
  readonly site?: string;
  /** Not of this computer. */
  readonly isOfSite?: boolean;
}

/** One order with its current stage. */
export const OrderLine = memo(function OrderLine({ order, ofAll, site, isOfSite }: LineProps) {
  const { vmcNo } = order;
  const words = useWords().of(vmcNo);
  const { t } = words;
  const { name } = useConfig(vmcNo);
  const stage = stageOf(order);
  const isShownCapture = useCrema(isCapture);
  const inCapture = isOfSite ?? isShownCapture;
  // In a capture it is unknown whether payments were rehearsed.
  const isRehearsed =
    order.isVirtual || (!inCapture && order.payment !== null && order.paidByServer !== true);
  const stageName = t(`orders.stage.${stage}`);
  const plain = isRehearsed ? t('orders.rehearsedStage', { stage: stageName }) : stageName;
  const stageText = order.untold === true ? t('orders.untoldStage', { stage: plain }) : plain;
  const ordered = orderedWords(words, order, inCapture);
  const drink = [productWords(words, order), ordered]
    .filter((part) => part !== null && part !== '')
    .join(' · ');
  return (
    <div
      className={classes['line']}
      data-stage={stage}
      data-all={ofAll || undefined}
      data-site={site}
      data-order={order.entry}
    >
      {site !== undefined && <span title={site}>{site}</span>}
      <span className={classes['stage']} title={stageText}>
        <StateShape status={stageShape[stage]} size={13} decorative /> {stageText}
      </span>
      <Ago at={order.at} whose={order.at === order.heardAt ? undefined : t('orders.machinesClock')} />
      {ofAll && (
        <span title={`${vmcNo} ${name}`}>
          <span className="tabular">{vmcNo}</span> <span className="dim">{name}</span>
        </span>
      )}
      <span title={drink}>{drink}</span>
      <span className={classes['amount']}>{order.amount !== null && words.yuan(order.amount)}</span>
      <span className={classes['payType']}>{payTypeWords(words, order.payType)}</span>
      <span className={classes['number']} title={orderNumberWords(words, order)}>
        {orderNumberWords(words, order, true)}
      </span>
    </div>
  );
});

/** The column headings. */
export function OrderColumns({
  ofAll,
  ofSites = false,
}: {
  readonly ofAll: boolean;
  readonly ofSites?: boolean;
}) {
  const { t } = useWords();
  return (
    <div className={classes['columns']} data-all={ofAll || undefined} data-site={ofSites || undefined}>
      {ofSites && <span>{t('sites.all.column.site')}</span>}
      <span>{t('orders.column.state')}</span>
      <span>{t('orders.column.time')}</span>
      {ofAll && <span>{t('orders.column.machine')}</span>}
      <span>{t('orders.column.product')}</span>
      <span className={classes['amount']}>{t('orders.column.amount')}</span>
      <span className={classes['payType']}>{t('orders.column.payType')}</span>
      <span className={classes['number']}>{t('orders.column.number')}</span>
    </div>
  );
}
