import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { commandNames, commands } from '#shared/commands/index';
import { rowOf } from '#shared/commands/kit/rows';
import type { Command } from '#shared/model/command';
import type { OrderRecord } from '#shared/model/history';
import { useCommands } from '../../bridge/commands';
import { useRequest } from '../../bridge/request';
import { showFrame } from '../../store/navigate';
import { useCrema, useMayBeRelayed } from '../../store';
import { isOver } from '../../store/orders';
import { isCapture } from '../../store/source';
import { isSite } from '../../store/sites';
import { nothingSentWords } from '../../text/captureWords';
import { briefWords, outcomeNote, outcomeWords } from '../../text/commandWords';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { CommandShape } from '../../ui/CommandShape';
import { CommandTrail } from '../../ui/CommandTrail';
import { ErrorNote } from '../../ui/ErrorNote';
import { StopWaiting } from '../../ui/StopWaiting';
import { PayForm } from './PayForm';
import { QrForm } from './QrForm';
import classes from './Orders.module.css';

/** By name: another version may have stored commands that this one does not know. */
const ofOrders: ReadonlySet<string> = new Set(commandNames.filter((name) => rowOf(name).offered === 'order'));

interface RehearsalProps {
  readonly order: OrderRecord;
  readonly online: boolean;
  /** The machine is on the list. */
  readonly known: boolean;
}

/** The user plays the payment service: QR text, payment result, and the outcome of both. */
export function Rehearsal({ order, online, known }: RehearsalProps) {
  const words = useWords();
  const { t } = words;
  const inCapture = useCrema(isCapture);
  const isOfSite = useCrema(isSite);
  const open = known && !inCapture && !isOver(order);
  const isRelayed = useMayBeRelayed(order.vmcNo);
  const history = useCommands(order.vmcNo);
  const given = history.rows.filter(
    ({ name, input }) => ofOrders.has(name) && input['orderNo'] === order.orderNo,
  );
  const stopped = inCapture && !isOver(order);
  if (!open && !stopped && given.length === 0) return null;
  return (
    <section className={classes['rehearsal']} aria-label={t('orders.rehearsal')}>
      <header>
        <h3>{t('orders.rehearsal')}</h3>
        {isRelayed && open ? (
          <strong>{t('orders.rehearsalRelayed')}</strong>
        ) : (
          <span className="dim">{t('orders.rehearsalNote')}</span>
        )}
      </header>
      {stopped && <p className="dim">{nothingSentWords(words, isOfSite)}</p>}
      {open && !online && (
        <p className="dim">{t('orders.offline', { time: words.duration(commands.payResult.queueFor) })}</p>
      )}
      {open && order.qrType !== null && (
        <Boundary where={`QR answer of order ${order.entry}`} of={order}>
          <QrAnswer order={order} />
        </Boundary>
      )}
      {open && (
        <Boundary where={`payment of order ${order.entry}`} of={order}>
          <PayForm order={order} />
        </Boundary>
      )}
      {given.length > 0 && (
        <div>
          <h4 className={classes['heading']}>{t('orders.given')}</h4>
          {given.map((command) => (
            <Boundary key={command.id} as="row" where={`command ${command.id} of the order`} of={command}>
              <Given command={command} />
            </Boundary>
          ))}
        </div>
      )}
    </section>
  );
}

/** Open when an answer is due, collapsed if the order was already answered: the payment comes next. */
function QrAnswer({ order }: { readonly order: OrderRecord }) {
  const { t } = useWords();
  const [open, setOpen] = useState(order.answered === null);
  if (open) return <QrForm order={order} />;
  return (
    <div className={classes['again']}>
      <UnstyledButton className={classes['disclosure']} aria-expanded={false} onClick={() => setOpen(true)}>
        <IconChevronRight size={14} aria-hidden /> {t('command.answerQr.form.titleAgain')}
      </UnstyledButton>
    </div>
  );
}

/** One command for this order, with its steps. */
function Given({ command }: { readonly command: Command }) {
  const words = useWords();
  const cancel = useRequest('cancelCommand');
  const inCapture = useCrema(isCapture);
  const { id, vmcNo } = command;
  const what = briefWords(words, command);
  return (
    <div className={classes['given']}>
      <div className={classes['givenHead']}>
        <CommandShape state={command.state} />
        <strong>{what}</strong>
        <span title={outcomeNote(words, command)}>{outcomeWords(words, command)}</span>
        {!inCapture && (
          <StopWaiting command={command} busy={cancel.busy} onClick={() => void cancel.run({ id })} />
        )}
      </div>
      <ErrorNote error={cancel.error} />
      <CommandTrail command={command} onEvidence={(entry) => showFrame(vmcNo, entry)} />
    </div>
  );
}
