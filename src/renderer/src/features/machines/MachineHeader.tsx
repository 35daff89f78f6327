import { Group, TextInput, UnstyledButton } from '@mantine/core';
import { IconPencil, IconPlugConnectedX, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { MachineRow } from '#shared/model/machine';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import { sentence, type SentenceFacts } from '../../text/machineWords';
import { useWords } from '../../text/useWords';
import { AskOnce } from '../../ui/AskOnce';
import { ErrorNote } from '../../ui/ErrorNote';
import { StateShape } from '../../ui/StateShape';
import { Ticking } from '../../ui/Ticking';
import { Misbehave } from './Misbehave';
import classes from './MachineHeader.module.css';

export function MachineHeader({ row }: { readonly row: MachineRow }) {
  const words = useWords();
  const { t } = words;
  const status = useCrema((s) => s.list.statuses.get(row.vmcNo) ?? 'offline');
  const state = useCrema((s) => s.detail?.state ?? null);
  const facts: SentenceFacts = {
    reason: state?.link.status === 'offline' ? state.link.reason : null,
    doorSince: state?.door?.value === 'open' ? state.door.at : null,
  };
  const disconnect = useRequest('disconnect');
  const forget = useRequest('forgetMachine');
  const { vmcNo } = row;
  const forgetIt = async (): Promise<void> => {
    if (await forget.run({ vmcNo }))
      navigate({ screen: 'machines', vmcNo: null, tab: 'overview' }, 'replace');
  };
  return (
    <header className={classes['header']}>
      <StateShape status={status} size={22} />
      <div className={classes['text']}>
        <div className={classes['top']}>
          <h1>{vmcNo}</h1>
          <Name row={row} />
          {row.virtual && <span className={classes['virtual']}>{t('machines.virtual')}</span>}
          <span className="dim">{[row.platform, row.version].filter((part) => part !== null).join(' ')}</span>
        </div>
        <p className={classes['sentence']} data-status={status}>
          <Ticking text={(now) => sentence(words, row, facts, now)} />
        </p>
        <ErrorNote error={disconnect.error ?? forget.error} />
      </div>
      <Group gap="xs" role="group" aria-label={t('machine.actions')} className={classes['actions']}>
        {row.virtual && row.online && <Misbehave vmcNo={vmcNo} />}
        <AskOnce
          label={t('machine.disconnect')}
          icon={<IconPlugConnectedX size={14} />}
          question={t('machine.disconnectAsk')}
          impossible={row.online ? null : t('machine.disconnectOff')}
          busy={disconnect.busy}
          onYes={() => void disconnect.run({ vmcNo })}
        />
        <AskOnce
          label={t('machine.forget')}
          icon={<IconTrash size={14} />}
          question={t('machine.forgetAsk')}
          impossible={row.online ? t('machine.forgetOn') : null}
          busy={forget.busy}
          onYes={() => void forgetIt()}
        />
      </Group>
    </header>
  );
}

/** The name, to be changed on the spot: Enter keeps it, Escape leaves it as it was. */
function Name({ row }: { readonly row: MachineRow }) {
  const { t } = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const save = useRequest('setMachine');
  const keep = async (): Promise<void> => {
    if (typed === null) return;
    const name = typed.trim();
    if (name === row.name || (await save.run({ vmcNo: row.vmcNo, patch: { name } }))) setTyped(null);
  };
  if (typed === null)
    return (
      <UnstyledButton
        className={classes['name']}
        title={t('machine.rename')}
        onClick={() => setTyped(row.name)}
      >
        {row.name === '' ? <span className="dim">{t('machine.namePlaceholder')}</span> : row.name}
        <IconPencil size={13} aria-hidden />
      </UnstyledButton>
    );
  return (
    <>
      <TextInput
        autoFocus
        aria-label={t('machine.name')}
        maxLength={60}
        value={typed}
        w={240}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => void keep()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void keep();
          if (event.key === 'Escape') setTyped(null);
        }}
      />
      <ErrorNote error={save.error} />
    </>
  );
}
