import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { hasStep, lastStep } from '#shared/commands/kit/given';
import { isAcceptable, type AcceptableReason } from '#shared/commands/kit/possible';
import { retryOf } from '#shared/commands/kit/rows';
import { openStates, type Command } from '#shared/model/command';
import type { Transfer } from '#shared/model/upgrade';
import { useGive } from '../../../bridge/commands';
import { useRequest } from '../../../bridge/request';
import { useCrema, useRow } from '../../../store';
import { showFrame } from '../../../store/navigate';
import { isSite } from '../../../store/sites';
import { commandWords, outcomeWords, retryWords } from '../../../text/commandWords';
import { mayBeHidden } from '../../../store/commands';
import { labelled } from '../../../text/phrases';
import { useWords } from '../../../text/useWords';
import { CommandShape } from '../../../ui/CommandShape';
import { CommandTrail } from '../../../ui/CommandTrail';
import { ErrorNote } from '../../../ui/ErrorNote';
import { StopWaiting } from '../../../ui/StopWaiting';
import { Ticking } from '../../../ui/Ticking';
import { useFacts } from './forms/products';
import { WaitMenu } from './WaitMenu';
import classes from './Strip.module.css';

interface StripLineProps {
  readonly command: Command;
  /** The live region for screen readers. */
  readonly spoken: HTMLElement | null;
  readonly onDismiss: () => void;
}

/** One command with its steps. */
export function StripLine({ command, spoken, onDismiss }: StripLineProps) {
  const words = useWords();
  const facts = useFacts();
  const { t } = words;
  const { id, vmcNo, state } = command;
  const cancel = useRequest('cancelCommand');
  const isOfSite = useCrema(isSite);
  const open = openStates.has(state);
  const name = commandWords(words, command, facts);
  const outcome = outcomeWords(words, command);
  return (
    <div className={classes['line']} data-line data-command={id} data-state={command.state}>
      <CommandShape state={command.state} />
      <div className={classes['text']}>
        <div className={classes['what']}>
          <strong>{name}</strong> <span className={classes['outcome']}>{outcome}</span>
          {spoken !== null && createPortal(<p>{labelled(words, name, outcome)}</p>, spoken)}
          <Download offer={id} />
        </div>
        <CommandTrail command={command} onEvidence={(entry) => showFrame(vmcNo, entry)} />
        <ErrorNote error={cancel.error} />
      </div>
      <Retry command={command} />
      {!isOfSite && (
        <>
          <Anyway command={command} />
          <WaitMenu command={command} />
          <StopWaiting command={command} busy={cancel.busy} onClick={() => void cancel.run({ id })} />
        </>
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

/** The progress of a package download. */
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

/** The command waits because the machine on the connection is unverified. The user can send it anyway. */
function Anyway({ command }: { readonly command: Command }) {
  const { t } = useWords();
  const send = useRequest('sendAnyway');
  if (command.state !== 'queued' || lastStep(command)?.what !== 'waitsForProof') return null;
  return (
    <div className={classes['offer']}>
      <span title={t('identity.ask')}>{t('identity.ask')}</span>
      <Button
        size="compact-xs"
        title={t('identity.ask')}
        loading={send.busy}
        onClick={() => void send.run({ id: command.id })}
      >
        {t('identity.anyway')}
      </Button>
      <ErrorNote error={send.error} />
    </div>
  );
}

/** Reasons that the person accepted for this command hold for its repetition. */
const acceptedBefore = (command: Command): readonly AcceptableReason[] => [
  ...(hasStep(command, 'sentAnyway') ? (['notVerified'] as const) : []),
  ...command.steps.flatMap(({ what, params }) => {
    const why = String(params['why']);
    return what === 'acceptedReason' && isAcceptable(why) ? [why] : [];
  }),
];

/** Offers a retry after some time without proof, while the machine is online. */
function Retry({ command }: { readonly command: Command }) {
  const words = useWords();
  const { name, sentAt, vmcNo } = command;
  const retry = retryOf(command);
  const at = retry === null || sentAt === null ? null : sentAt + retry.after;
  const [late, setLate] = useState(false);
  const isOnline = useRow(vmcNo)?.online === true;
  const send = useGive();
  useEffect(() => {
    if (at === null) return;
    const timer = setTimeout(() => setLate(true), Math.max(0, at - Date.now()));
    return () => clearTimeout(timer);
  }, [at]);
  if (retry === null || !late || !isOnline) return null;
  const say = (what: 'why' | 'send'): string =>
    retryWords(words, name, what, { ...retry.input, time: words.duration(retry.after) });
  return (
    <div className={classes['offer']}>
      <span title={say('why')}>{say('why')}</span>
      <Button
        size="compact-xs"
        title={say('why')}
        loading={send.busy}
        onClick={() => void send.give(vmcNo, name, retry.input, acceptedBefore(command))}
      >
        {say('send')}
      </Button>
      <ErrorNote error={send.error} />
    </div>
  );
}
