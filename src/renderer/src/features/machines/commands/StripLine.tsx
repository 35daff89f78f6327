import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { otherSpellingAfter } from '#shared/catalog/commands';
import { openStates, type Command } from '#shared/model/command';
import type { Transfer } from '#shared/model/upgrade';
import { useGive } from '../../../bridge/commands';
import { useRequest } from '../../../bridge/request';
import { useCrema } from '../../../store';
import { showFrame } from '../../../store/navigate';
import { commandWords, outcomeWords } from '../../../text/commandWords';
import { mayBeHidden } from '../../../store/commands';
import { useWords } from '../../../text/useWords';
import { CommandShape } from '../../../ui/CommandShape';
import { CommandTrail } from '../../../ui/CommandTrail';
import { ErrorNote } from '../../../ui/ErrorNote';
import { Ticking } from '../../../ui/Ticking';
import { useFacts } from './forms/sold';
import { otherSpelling } from './otherSpelling';
import classes from './Strip.module.css';

interface StripLineProps {
  readonly command: Command;
  readonly onDismiss: () => void;
}

/** One command, step by step. */
export function StripLine({ command, onDismiss }: StripLineProps) {
  const words = useWords();
  const facts = useFacts();
  const { t } = words;
  const { id, vmcNo, state } = command;
  const cancel = useRequest('cancelCommand');
  const open = openStates.has(state);
  return (
    <div className={classes['line']} data-command={id} data-state={state}>
      <CommandShape state={state} />
      <div className={classes['text']}>
        <div className={classes['what']} aria-live="polite">
          <strong>{commandWords(words, command, facts)}</strong>{' '}
          <span className={classes['outcome']}>{outcomeWords(words, command)}</span>
        </div>
        <CommandTrail command={command} onEvidence={(entry) => showFrame(vmcNo, entry)} />
        <Download offer={id} />
        <OtherSpelling command={command} />
        <ErrorNote error={cancel.error} />
      </div>
      {state === 'queued' && (
        <Button
          size="compact-xs"
          variant="default"
          loading={cancel.busy}
          onClick={() => void cancel.run({ id })}
        >
          {t('control.strip.takeBack')}
        </Button>
      )}
      {mayBeHidden(command) && (
        <ActionIcon
          aria-label={t(open ? 'control.strip.hide' : 'control.strip.dismiss')}
          title={open ? t('control.strip.hide') : undefined}
          onClick={onDismiss}
        >
          <IconX size={14} />
        </ActionIcon>
      )}
    </div>
  );
}

const latestOf = (transfers: readonly Transfer[], offer: number): Transfer | undefined =>
  transfers.findLast((transfer) => transfer.offer === offer && transfer.what === 'package');

/** The bytes of a package on their way to the machine. */
function Download({ offer }: { readonly offer: number }) {
  const words = useWords();
  const { t } = words;
  const transfer = useCrema((s) => latestOf(s.transfers, offer));
  if (transfer === undefined || transfer.complete !== null) return null;
  const { sent, total, startedAt } = transfer;
  return (
    <div className={classes['download']}>
      <progress aria-label={t('control.strip.download')} value={sent} max={Math.max(1, total)} />
      <Ticking
        className="tabular"
        text={(now) =>
          t('control.strip.transferred', {
            sent: words.bytes(sent),
            total: words.bytes(total),
            rate: words.bytes(Math.round((sent * 1_000) / Math.max(200, now - startedAt))),
          })
        }
      />
    </div>
  );
}

/** linux programs spell "open the door" in two ways [doc 3.9]: after a while without an answer the other one is offered. */
function OtherSpelling({ command }: { readonly command: Command }) {
  const words = useWords();
  const { t } = words;
  const { sentAt, vmcNo } = command;
  const spelling = otherSpelling(command);
  const [late, setLate] = useState(false);
  const send = useGive();
  useEffect(() => {
    if (spelling === null || sentAt === null) return;
    const timer = setTimeout(() => setLate(true), Math.max(0, sentAt + otherSpellingAfter - Date.now()));
    return () => clearTimeout(timer);
  }, [spelling, sentAt]);
  if (spelling === null || !late) return null;
  return (
    <div className={classes['offer']}>
      <span>{t('command.openDoor.otherReason', { spelling, time: words.duration(otherSpellingAfter) })}</span>
      <Button
        size="compact-xs"
        loading={send.busy}
        onClick={() => void send.give(vmcNo, 'openDoor', { spelling })}
      >
        {t('command.openDoor.other', { spelling })}
      </Button>
      <ErrorNote error={send.error} />
    </div>
  );
}
