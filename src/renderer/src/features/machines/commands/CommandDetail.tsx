import { Button } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { againInput, riskOn } from '#shared/commands/kit/rows';
import type { Command, CommandStep } from '#shared/model/command';
import type { MachineRow } from '#shared/model/machine';
import { useGive } from '../../../bridge/commands';
import { useCrema, useRow } from '../../../store';
import { showFrame } from '../../../store/navigate';
import { isSite } from '../../../store/sites';
import {
  commandLength,
  commandWords,
  outcomeNote,
  outcomeWords,
  stepWords,
  waitingWords,
} from '../../../text/commandWords';
import { useWords } from '../../../text/useWords';
import { HistoryDetail, type Opened } from '../../../ui/HistoryDetail';
import { Boundary } from '../../../ui/Boundary';
import { CommandShape } from '../../../ui/CommandShape';
import { frameOf } from '../../../ui/CommandTrail';
import { ErrorNote } from '../../../ui/ErrorNote';
import { KeyValue, KeyValues } from '../../../ui/KeyValue';
import { Ago, Ticking } from '../../../ui/Ticking';
import { SentFrame } from './SentFrame';
import { useFacts } from './forms/products';
import type { Question } from './forms/types';
import { useAgainst } from './hindrance';
import { ownOf } from './own';
import { WaitMenu } from './WaitMenu';
import classes from './Commands.module.css';

/** Frames of one command shown with text; a long price list takes a dozen. */
const framesShown = 20;

interface CommandDetailProps extends Opened {
  readonly command: Command;
  readonly onAsk: (question: Question) => void;
}

/** An opened command: each step with its time and proof, and the sent frames. */
export function CommandDetail({ command, onAsk, onClose, onStep }: CommandDetailProps) {
  const words = useWords();
  const facts = useFacts();
  const { t } = words;
  const { id, vmcNo, steps } = command;
  const what = commandWords(words, command, facts);
  const waiting = waitingWords(words, command);
  const row = useRow(vmcNo);
  const { Detail } = ownOf(command.name);
  const sent = steps.flatMap((step) => (step.what === 'sent' && step.entry !== null ? step.entry : []));
  return (
    <HistoryDetail
      label={what}
      title={what}
      shape={<CommandShape state={command.state} size={17} />}
      words={{
        previous: t('control.list.previous'),
        next: t('control.list.next'),
        close: t('control.list.close'),
      }}
      onClose={onClose}
      onStep={onStep}
    >
      <div className={classes['detailBody']}>
        <div className={classes['verdict']} data-state={command.state}>
          <p>
            <strong className={classes['outcome']}>{outcomeWords(words, command)}</strong>
          </p>
          <p>{outcomeNote(words, command)}</p>
        </div>
        {row !== undefined && (
          <Boundary where={`repetition of command ${id}`} of={command}>
            <Again command={command} row={row} onAsk={onAsk} />
          </Boundary>
        )}
        <Boundary where={`times of command ${id}`} of={command}>
          <Times command={command} />
        </Boundary>
        <h3>{t('control.list.steps')}</h3>
        <ol className={classes['steps']}>
          {steps.map((step, index) => (
            // Steps are only appended, and two of the same kind can have the same time.
            // oxlint-disable-next-line react/no-array-index-key
            <Boundary key={index} as="item" where={`step ${index + 1} of command ${id}`} of={step}>
              <StepItem command={command} step={step} />
            </Boundary>
          ))}
          {waiting !== null && (
            <li data-step="waiting">
              <span />
              <strong>{waiting}</strong>
            </li>
          )}
        </ol>
        {Detail !== undefined && (
          <Boundary where={`input of command ${id}`} of={command}>
            <Detail command={command} />
          </Boundary>
        )}
        {sent.length > 0 && <h3>{t('control.list.frames')}</h3>}
        {sent.slice(0, framesShown).map((entry) => (
          <Boundary key={entry} where={`frame ${entry} of command ${id}`}>
            <SentFrame vmcNo={vmcNo} entry={entry} />
          </Boundary>
        ))}
      </div>
    </HistoryDetail>
  );
}

function Times({ command }: { readonly command: Command }) {
  const words = useWords();
  const { t } = words;
  const { state, createdAt, sentAt, endedAt, until } = command;
  const isOfSite = useCrema(isSite);
  return (
    <KeyValues>
      <KeyValue label={t('control.list.given')}>
        {words.dateTime(createdAt)}{' '}
        <span className="dim">
          · <Ago at={createdAt} />
        </span>
      </KeyValue>
      <KeyValue label={t('control.list.sent')}>{sentAt === null ? null : words.clock(sentAt)}</KeyValue>
      <KeyValue label={t('control.list.ended')}>{endedAt === null ? null : words.clock(endedAt)}</KeyValue>
      {state === 'queued' && (
        <KeyValue label={t('control.list.expires')}>
          {words.clock(until)}{' '}
          <span className="dim">
            ·{' '}
            <Ticking
              text={(now) => t('control.strip.left', { time: words.duration(Math.max(0, until - now)) })}
            />
          </span>{' '}
          {!isOfSite && <WaitMenu command={command} />}
        </KeyValue>
      )}
      <KeyValue label={t('control.list.length')}>
        <Ticking text={(now) => commandLength(words, command, now)} />
      </KeyValue>
    </KeyValues>
  );
}

interface StepItemProps {
  readonly command: Command;
  readonly step: CommandStep;
}
function StepItem({ command: { name, vmcNo }, step }: StepItemProps) {
  const words = useWords();
  const frame = frameOf(step);
  return (
    <li data-step={step.what}>
      <span className="dim tabular">{words.clock(step.at)}</span>
      <span>{stepWords(words, name, step)}</span>
      {frame !== null && (
        <Button variant="default" size="compact-xs" onClick={() => showFrame(vmcNo, frame)}>
          {words.t('control.list.showFrame', { id: frame })}
        </Button>
      )}
    </li>
  );
}

interface AgainProps {
  readonly command: Command;
  readonly row: MachineRow;
  readonly onAsk: (question: Question) => void;
}

/** Repeats the command, with the original confirmation. */
function Again({ command, row, onAsk }: AgainProps) {
  const { t } = useWords();
  const { vmcNo, name } = command;
  const send = useGive();
  const input = againInput(command);
  const hindrance = useAgainst(row)(name, input ?? undefined).refused;
  if (input === null) return <p className="dim">{t('control.list.againOld')}</p>;
  const give = (): void => {
    if (riskOn(name, row.platform) === 'none') void send.give(vmcNo, name, input);
    else onAsk({ what: 'command', name, input });
  };
  return (
    <div className={classes['again']}>
      <Button
        variant="default"
        leftSection={<IconRepeat size={14} aria-hidden />}
        loading={send.busy}
        disabled={hindrance !== null}
        onClick={give}
      >
        {t('control.list.again')}
      </Button>
      {hindrance !== null && <span className="dim">{hindrance.reason}</span>}
      <ErrorNote error={send.error} />
    </div>
  );
}
