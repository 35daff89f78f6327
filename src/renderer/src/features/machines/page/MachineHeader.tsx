import { longestName } from '#shared/limits';
import { TextInput, UnstyledButton } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { isPending } from '#shared/model/glance';
import type { MachineRow } from '#shared/model/machine';
import { useRequest } from '../../../bridge/request';
import { useCrema } from '../../../store';
import { isCapture } from '../../../store/source';
import { connectionBrief } from '../../../text/machineWords';
import { programWords } from '../../../text/versionWords';
import { useWords } from '../../../text/useWords';
import { ErrorNote } from '../../../ui/ErrorNote';
import { LiveRegion } from '../../../ui/LiveRegion';
import { StateShape } from '../../../ui/StateShape';
import { Ticking } from '../../../ui/Ticking';
import { UndoNote } from '../../../ui/UndoNote';
import { useTicked } from '../../../ui/useTicked';
import { Actions } from '../commands/Actions';
import { Headline } from './Headline';
import { IdentityNote } from './IdentityNote';
import { Misbehave } from './Misbehave';
import type { Question } from '../commands/forms/types';
import classes from './MachineHeader.module.css';

interface MachineHeaderProps {
  readonly row: MachineRow;
  readonly onAsk: (question: Question) => void;
}

export function MachineHeader({ row, onAsk }: MachineHeaderProps) {
  const words = useWords();
  const { t } = words;
  const status = useCrema((s) => s.list.statuses.get(row.vmcNo) ?? 'offline');
  const state = useCrema((s) => s.list.states.get(row.vmcNo) ?? 'offline');
  const inCapture = useCrema(isCapture);
  const pending = useTicked((now) => isPending(row, now));
  const { vmcNo } = row;
  const program = (now: number): string =>
    [row.platform === null ? '' : words.platform(row.platform), programWords(words, row, now)]
      .filter((part) => part !== '')
      .join(' ');
  const brief = (now: number): string =>
    [connectionBrief(words, row, now), program(now)].filter((part) => part !== '').join(' · ');
  return (
    <header className={classes['header']}>
      <StateShape status={state} isLastKnown={state !== status} isPending={pending} size={22} decorative />
      <LiveRegion>{t(`state.${status}`)}</LiveRegion>
      <div className={classes['text']}>
        <div className={classes['top']}>
          <div className={classes['title']} data-tools>
            <h1>{vmcNo}</h1>
            {inCapture ? (
              <span className={classes['nameText']} title={row.name}>
                {row.name}
              </span>
            ) : (
              <Name row={row} />
            )}
            {row.virtual && <span className={classes['virtual']}>{t('machines.virtual')}</span>}
          </div>
          <Ticking className={classes['brief']} text={brief} titled />
          {row.virtual && row.online && !inCapture && (
            <div className={classes['aside']}>
              <Misbehave vmcNo={vmcNo} />
            </div>
          )}
        </div>
        {/* Above the sentences, whose length changes. */}
        <Actions row={row} onAsk={onAsk} />
        <Headline row={row} status={status} />
        <IdentityNote row={row} />
      </div>
    </header>
  );
}

/** The name, editable in place: Enter saves it, Escape restores it. The name before the last change can be brought back. */
function Name({ row }: { readonly row: MachineRow }) {
  const { t } = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const [replaced, setReplaced] = useState('');
  const save = useRequest('setMachine');
  /** Left by Enter or Escape: the field disappears with the focus in it. */
  const leftByKey = useRef(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (typed === null && leftByKey.current) button.current?.focus();
    leftByKey.current = false;
  }, [typed]);
  const keep = async (): Promise<void> => {
    if (typed === null) return;
    const [before, name] = [row.name, typed.trim()];
    if (name !== before && !(await save.run({ vmcNo: row.vmcNo, patch: { name } }))) return;
    setTyped(null);
    if (name !== before) setReplaced(before);
  };
  const undo = async (): Promise<void> => {
    if (!(await save.run({ vmcNo: row.vmcNo, patch: { name: replaced } }))) return;
    setReplaced('');
    button.current?.focus();
  };
  if (typed === null)
    return (
      <>
        <UnstyledButton
          ref={button}
          className={classes['name']}
          title={row.name === '' ? t('machine.rename') : row.name}
          aria-description={t('machine.rename')}
          onClick={() => setTyped(row.name)}
        >
          <span className={classes['nameText']} data-none={row.name === '' || undefined}>
            {row.name || t('machineSetting.name.placeholder')}
          </span>
          <IconPencil size={13} aria-hidden />
        </UnstyledButton>
        {replaced !== '' && (
          <UndoNote text={t('app.before', { text: replaced })} onUndo={() => void undo()} />
        )}
        <ErrorNote error={save.error} />
      </>
    );
  return (
    <>
      <TextInput
        autoFocus
        aria-label={t('machineSetting.name.title')}
        maxLength={longestName}
        value={typed}
        w={240}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => {
          leftByKey.current = false;
          void keep();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'Escape') return;
          leftByKey.current = true;
          if (event.key === 'Enter') void keep();
          else setTyped(null);
        }}
      />
      <ErrorNote error={save.error} />
    </>
  );
}
