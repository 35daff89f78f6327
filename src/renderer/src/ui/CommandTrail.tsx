import { ActionIcon, Tooltip } from '@mantine/core';
import { IconZoomCode } from '@tabler/icons-react';
import type { Command, CommandStep, StepName } from '#shared/model/command';
import { groupSteps, stepGroupWords, timeOfDay, waitingWords, type StepGroup } from '../text/commandWords';
import { useWords } from '../text/useWords';
import { Boundary } from './Boundary';
import { Ticking } from './Ticking';
import classes from './Command.module.css';

/** Steps whose entries describe the connection, not a frame. */
const withoutFrame: ReadonlySet<StepName> = new Set<StepName>(['connectionClosed', 'refusedTooLong']);

/** The entry of a step, if it is a frame. */
export const frameOf = ({ what, entry }: CommandStep): number | null =>
  withoutFrame.has(what) ? null : entry;

/** Steps shown: the first and the latest. The opened command shows all. */
const shownAtOnce = 4;

interface CommandTrailProps {
  readonly command: Command;
  readonly onEvidence: (entry: number) => void;
}

/** "sent 14:02:03 → connection closed 14:02:05 → waiting for login · 4 min left". */
export function CommandTrail({ command, onEvidence }: CommandTrailProps) {
  const words = useWords();
  const { t } = words;
  const all = groupSteps(command.steps);
  const groups = all.length > shownAtOnce ? [...all.slice(0, 1), ...all.slice(1 - shownAtOnce)] : all;
  const left = all.length - groups.length;
  const waiting = waitingWords(words, command);
  return (
    <ol className={classes['trail']}>
      {groups.map((group, index) => {
        const { last } = group;
        return (
          <Boundary
            key={`${last.what} ${last.at}`}
            as="item"
            where={`step of command ${command.id}`}
            of={command}
          >
            <TrailStep
              command={command}
              group={group}
              afterGap={index === 1 && left > 0}
              onEvidence={onEvidence}
            />
          </Boundary>
        );
      })}
      {waiting !== null && (
        <li data-step="waiting">
          <span className={classes['step']} title={waiting}>
            {waiting}
          </span>{' '}
          <span className="dim">
            ·{' '}
            <Ticking
              className="tabular"
              text={(now) =>
                t(`control.strip.${command.state === 'queued' ? 'expires' : 'left'}`, {
                  time: words.duration(Math.max(0, command.until - now)),
                })
              }
            />
          </span>
        </li>
      )}
    </ol>
  );
}

interface TrailStepProps extends CommandTrailProps {
  readonly group: StepGroup;
  /** Steps before this one are left out. */
  readonly afterGap: boolean;
}
function TrailStep({ command, group, afterGap, onEvidence }: TrailStepProps) {
  const words = useWords();
  const evidence = words.t('machine.evidence');
  const { last } = group;
  const text = stepGroupWords(words, command.name, group);
  const frame = frameOf(last);
  return (
    <li data-step={last.what}>
      <span className={classes['step']}>
        {afterGap && <span className="dim">… </span>}
        {text}{' '}
        <span className="dim tabular" title={words.dateTime(last.at)}>
          · {timeOfDay(words, last.at)}
        </span>
      </span>
      {frame !== null && (
        <Tooltip label={evidence}>
          <ActionIcon
            size="xs"
            c="dimmed"
            aria-label={`${evidence}: ${text}`}
            onClick={() => onEvidence(frame)}
          >
            <IconZoomCode size={13} />
          </ActionIcon>
        </Tooltip>
      )}
    </li>
  );
}
