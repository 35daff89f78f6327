import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { MachineRow } from '#shared/model/machine';
import { useRequest } from '../../../../bridge/request';
import { useCrema } from '../../../../store';
import { navigate } from '../../../../store/navigate';
import { machineTable } from '../../../../store/route';
import { withCost } from '../../../../text/phrases';
import { useWords } from '../../../../text/useWords';
import { AskCommand } from './AskCommand';
import { AskPlain } from './AskPlain';
import type { Question } from './types';

interface AskProps {
  readonly row: MachineRow;
  readonly question: Question;
  readonly onClose: () => void;
}

/** The open dialog of a machine page. */
export function Ask({ row, question, onClose }: AskProps) {
  switch (question.what) {
    case 'command':
      return <AskCommand row={row} name={question.name} input={question.input} onClose={onClose} />;
    case 'directLink':
      return <AskDirectLink row={row} onClose={onClose} />;
    case 'disconnect':
      return <AskDisconnect row={row} onClose={onClose} />;
    case 'forget':
      return <AskForget row={row} onClose={onClose} />;
  }
}

type OneProps = Omit<AskProps, 'question'>;

function AskDirectLink({ row: { vmcNo }, onClose }: OneProps) {
  const words = useWords();
  const { t } = words;
  const rows = useCrema((s) => s.machines);
  const set = useRequest('setDirectLink');
  const [rejectsOthers, setRejectsOthers] = useState(false);
  const others = [...rows.values()].filter((row) => row.online && row.vmcNo !== vmcNo);
  const linux = others.filter((row) => row.platform === 'linux').length;
  return (
    <AskPlain
      title={t('directLink.title', { vmcNo })}
      yes={t('directLink.only')}
      busy={set.busy}
      error={set.error}
      onYes={() =>
        void set.run({ link: { vmcNo, tells: rejectsOthers }, host: null }).then((done) => done && onClose())
      }
      onClose={onClose}
    >
      <p>{t('directLink.ask')}</p>
      <p>
        {others.length === 0
          ? t('directLink.othersNone')
          : withCost(words, t('directLink.others', { count: others.length, linux }))}
      </p>
      <Checkbox
        label={t('directLink.reject')}
        checked={rejectsOthers}
        onChange={(event) => setRejectsOthers(event.currentTarget.checked)}
      />
      {rejectsOthers && (
        <p>
          {t('directLink.rejected')} <strong>{t('directLink.warn')}</strong>
        </p>
      )}
    </AskPlain>
  );
}

function AskDisconnect({ row: { vmcNo }, onClose }: OneProps) {
  const words = useWords();
  const { t } = words;
  const disconnect = useRequest('disconnect');
  return (
    <AskPlain
      title={`${t('machine.disconnect')} · ${vmcNo}`}
      yes={t('machine.disconnect')}
      busy={disconnect.busy}
      error={disconnect.error}
      onYes={() => void disconnect.run({ vmcNo }).then((done) => done && onClose())}
      onClose={onClose}
    >
      <p>{withCost(words, t('machine.disconnectAsk', { vmcNo }))}</p>
    </AskPlain>
  );
}

function AskForget({ row: { vmcNo }, onClose }: OneProps) {
  const { t } = useWords();
  const forget = useRequest('forgetMachine');
  const forgetIt = async (): Promise<void> => {
    if (!(await forget.run({ vmcNo }))) return;
    onClose();
    navigate(machineTable('all'), 'replace');
  };
  return (
    <AskPlain
      title={`${t('machine.forget')} · ${vmcNo}`}
      yes={t('machine.forget')}
      busy={forget.busy}
      error={forget.error}
      onYes={() => void forgetIt()}
      onClose={onClose}
    >
      <p>{t('machine.forgetAsk')}</p>
    </AskPlain>
  );
}
