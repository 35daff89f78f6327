import { ActionIcon, Progress, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconZoomCode } from '@tabler/icons-react';
import { memo, useState } from 'react';
import type { Command } from '#shared/model/command';
import type { Transfer } from '#shared/model/upgrade';
import { broughtByCommand, hasVersion } from '#shared/model/version';
import { useRequest } from '../../bridge/request';
import { useConfig, useRow } from '../../store';
import { showFrame } from '../../store/navigate';
import { formatRoute } from '../../store/route';
import { stuckAt, upgradeStage, type UpgradeStage } from '../../store/upgrades';
import { commandLength, groupSteps, stepGroupWords } from '../../text/commandWords';
import { paceOf, stageWords, stuckWords, transferWords, upgradeShape } from '../../text/upgradeWords';
import { useWords } from '../../text/useWords';
import { frameOf } from '../../ui/CommandTrail';
import { ErrorNote } from '../../ui/ErrorNote';
import { StopWaiting } from '../../ui/StopWaiting';
import { StateShape } from '../../ui/StateShape';
import { StepList } from '../../ui/StepList';
import { Ago, Ticking } from '../../ui/Ticking';
import { stepMark } from './stepMark';
import classes from './Progress.module.css';

interface ProgressLineProps {
  readonly command: Command;
  readonly transfer: Transfer | null;
}

/** In other stages, only the steps show the download. */
const downloading: ReadonlySet<UpgradeStage> = new Set<UpgradeStage>(['fetching', 'broken', 'fetched']);

/** Stages whose text contains the package's version. */
const saysVersion: ReadonlySet<UpgradeStage> = new Set<UpgradeStage>(['runs', 'unproved']);

/** The upgrade of one machine: stage, download, and the proving frame. */
export const ProgressLine = memo(function ProgressLine({ command, transfer }: ProgressLineProps) {
  const words = useWords();
  const { t } = words;
  const { id, vmcNo, steps, createdAt, input } = command;
  const row = useRow(vmcNo);
  const { name } = useConfig(vmcNo);
  const cancel = useRequest('cancelCommand');
  const [open, setOpen] = useState(false);
  const fetching = transfer?.complete === null ? transfer : null;
  const stage = upgradeStage(command, fetching);
  const proof = stage === 'runs' ? (steps.at(-1)?.entry ?? null) : null;
  const version = textOf(input['version']);
  // The proof may be outdated: an old upgrade is not shown as the machine's current version.
  const isThen = row !== undefined && hasVersion(broughtByCommand(input), row).has !== 'has';
  const ranText = stage === 'runs' && isThen ? t('upgrades.ranThen', { version }) : null;
  const unreachable = row === undefined ? t('upgrades.noFrame') : null;
  return (
    <li className={classes['progressItem']} data-stage={stage}>
      <div className={classes['progressLine']}>
        <ActionIcon
          size="xs"
          aria-label={t('upgrades.showSteps', { vmcNo })}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        </ActionIcon>
        <span>
          {row === undefined ? (
            vmcNo
          ) : (
            <a href={formatRoute({ screen: 'machines', vmcNo, tab: 'overview' })}>{vmcNo}</a>
          )}{' '}
          <span className="dim">{name}</span>
        </span>
        <span title={textOf(input['fileName'])}>{version}</span>
        <span className={classes['stage']}>
          <StateShape status={upgradeShape[stage]} size={13} decorative />{' '}
          {ranText ?? stageWords(words, command, stage)}
          {!saysVersion.has(stage) && version !== '' && (
            <span className={classes['to']}>
              {' · '}
              {t('upgrades.toVersion', { version })}
            </span>
          )}
          {proof !== null && (
            <>
              {' '}
              <span className="dim">· {t('upgrades.proved')}</span>{' '}
              <Tooltip label={unreachable ?? t('upgrades.evidence')}>
                <ActionIcon
                  size="xs"
                  aria-label={t('upgrades.evidence')}
                  {...(unreachable !== null && { 'data-disabled': true, 'aria-disabled': true })}
                  onClick={() => unreachable === null && showFrame(vmcNo, proof)}
                >
                  <IconZoomCode size={13} />
                </ActionIcon>
              </Tooltip>
            </>
          )}{' '}
          <StopWaiting command={command} busy={cancel.busy} onClick={() => void cancel.run({ id })} />
        </span>
        <Ago at={createdAt} />
        <Ticking className="tabular" text={(now) => commandLength(words, command, now)} />
      </div>
      {transfer !== null && downloading.has(stage) && <Download vmcNo={vmcNo} transfer={transfer} />}
      <Ticking
        className={classes['stuck']}
        text={(now) => stuckWords(words, command, stuckAt(command, fetching, now), now)}
      />
      <ErrorNote error={cancel.error} />
      {open && (
        <div className={classes['progressSteps']}>
          <StepList
            label={t('upgrades.steps')}
            steps={groupSteps(steps).map((group, index) => ({
              key: String(index),
              mark: stepMark(group.last.what),
              text: stepGroupWords(words, command.name, group),
              at: group.last.at,
              entry: frameOf(group.last),
            }))}
            evidence={t('upgrades.evidence')}
            noEvidence={unreachable}
            onEvidence={(entry) => showFrame(vmcNo, entry)}
          />
        </div>
      )}
    </li>
  );
});

/** The downloaded part of the package, and the rate. */
function Download({ vmcNo, transfer }: { readonly vmcNo: number; readonly transfer: Transfer }) {
  const words = useWords();
  const { from, sent, total, size, startedAt, endedAt } = transfer;
  const done = from + sent;
  return (
    <div className={classes['download']}>
      <Progress
        size="sm"
        value={size === 0 ? 0 : (done / size) * 100}
        aria-label={words.t('upgrades.transfer', { vmcNo })}
        transitionDuration={0}
      />
      <Ticking
        className="tabular dim"
        text={(now) => {
          const { rate, left } = paceOf(sent, total, (endedAt ?? now) - startedAt);
          return transferWords(words, { done, total: size, rate, left, from });
        }}
      />
    </div>
  );
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
