import { Button, Checkbox, Group, Radio, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { dialTarget } from '#shared/model/dial';
import { replayRules, type ReplayOffer, type ReplayPace, type ReplayRole } from '#shared/model/replay';
import { useRequest } from '../../bridge/request';
import { isFlag, useRemembered } from '../../store/remembered';
import { sendQuestion } from '../../text/detailWords';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { WarningNote } from '../../ui/WarningNote';
import { Offered } from './Offered';
import { useChosen } from './useChosen';
import { useOffer } from './useOffer';
import classes from './Replay.module.css';

const paces = ['1', '2', '10', '60', 'step'] as const;
type Pace = (typeof paces)[number];
const isPace = (value: unknown): value is Pace => paces.some((pace) => pace === value);
const paceOf = (pace: Pace): ReplayPace => (pace === 'step' ? pace : Number(pace));
const isText = (value: unknown): value is string => typeof value === 'string';
const areRules = (value: unknown): value is readonly string[] => Array.isArray(value);

type Wrong = 'host' | 'port' | 'vmcNo';

/** The frames of a replay, then its role and target; pace and changes only on request. */
export function ReplaySetup({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const chosen = useChosen();
  if (chosen.choices.length > 0) return <Setup chosen={chosen} onClose={onClose} />;
  return (
    <div className={classes['form']}>
      <p>{t('replay.none')}</p>
      <Group justify="flex-end">
        <Button data-autofocus onClick={onClose}>
          {t('replay.close')}
        </Button>
      </Group>
    </div>
  );
}

interface SetupProps {
  readonly chosen: ReturnType<typeof useChosen>;
  readonly onClose: () => void;
}
function Setup({ chosen, onClose }: SetupProps) {
  const words = useWords();
  const { t } = words;
  const { offer, error } = useOffer(chosen.wish);
  const [role, setRole] = useState<ReplayRole>('machine');
  const [host, setHost] = useRemembered('replayHost', '', isText);
  const [port, setPort] = useRemembered('replayPort', '4567', isText);
  const [number, setNumber] = useState('');
  const [machine, setMachine] = useState<string | null>(null);
  const [pace, setPace] = useRemembered<Pace>('replayPace', '1', isPace);
  const [kept, setKept] = useRemembered<readonly string[]>('replayKept', [], areRules);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const [asking, setAsking] = useState(false);
  const [hasMore, setMore] = useRemembered('replayMore', false, isFlag);
  const start = useRequest('startReplay');
  const part = offer?.[role] ?? null;
  const vmcNo = machine ?? offer?.online[0]?.vmcNo.toString() ?? null;
  const hasTarget = role === 'machine' || vmcNo !== null;
  const isReady = chosen.wish !== null && part !== null && part.frames > 0 && hasTarget;
  const changed = (): void => {
    setAsking(false);
    setWrong(null);
    start.clear();
  };

  /** `null`: an input is invalid. */
  const targetOf = () => {
    if (role === 'server') return { role, vmcNo: Number(vmcNo) };
    const read = dialTarget.safeParse({
      host: host.trim(),
      port: /^\d{1,5}$/.test(port.trim()) ? Number(port) : 0,
    });
    const isHost = dialTarget.shape.host.safeParse(host.trim()).success;
    if (!read.success) setWrong(isHost ? 'port' : 'host');
    else if (!/^\s*\d{0,15}\s*$/.test(number)) setWrong('vmcNo');
    else return { role, server: read.data, vmcNo: number.trim() === '' ? null : Number(number) };
    return null;
  };
  const submit = async (): Promise<void> => {
    const to = targetOf();
    if (to === null || chosen.wish === null || !isReady) return;
    if (!asking) {
      setAsking(true);
      return;
    }
    const rules = replayRules.filter((rule) => !kept.includes(rule));
    await start.run({ ...chosen.wish, to, pace: paceOf(pace), rules });
    setAsking(false);
  };
  return (
    <form
      className={classes['form']}
      onChange={changed}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {chosen.choices.length > 1 && (
        <Radio.Group label={t('replay.what')} value={chosen.what} onChange={chosen.choose}>
          <Group gap="md" pt="xs">
            {chosen.choices.map(({ value, label }) => (
              <Radio key={value} value={value} label={label} />
            ))}
          </Group>
        </Radio.Group>
      )}
      <div>
        <div className={classes['label']} aria-hidden>
          {t('replay.role')}
        </div>
        <SegmentedControl
          aria-label={t('replay.role')}
          value={role}
          data={(['machine', 'server'] as const).map((value) => ({
            value,
            label: t(`replay.roles.${value}`),
          }))}
          onChange={(value) => {
            setRole(value);
            changed();
          }}
        />
        <p className="dim">{t(`replay.roleNotes.${role}`)}</p>
      </div>
      {chosen.wish !== null && <Offered role={role} offer={offer} />}
      <ErrorNote error={error} />
      {role === 'machine' ? (
        <Group gap="sm" align="start">
          <TextInput
            label={t('replay.host')}
            placeholder="192.168.1.20"
            autoComplete="off"
            spellCheck={false}
            w={220}
            value={host}
            data-autofocus
            error={wrong === 'host' && t('replay.wrong.host')}
            onChange={(event) => setHost(event.currentTarget.value)}
          />
          <TextInput
            label={t('replay.port')}
            inputMode="numeric"
            autoComplete="off"
            w={90}
            value={port}
            error={wrong === 'port' && t('replay.wrong.port')}
            onChange={(event) => setPort(event.currentTarget.value)}
          />
          <TextInput
            label={t('replay.vmcNo')}
            placeholder={t('replay.vmcNoNote')}
            inputMode="numeric"
            autoComplete="off"
            w={170}
            value={number}
            disabled={kept.includes('numbers') || (part?.machines.length ?? 0) > 1}
            title={(part?.machines.length ?? 0) > 1 ? t('replay.several') : undefined}
            error={wrong === 'vmcNo' && t('replay.wrong.vmcNo')}
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
        </Group>
      ) : (
        <Machines
          offer={offer}
          value={vmcNo}
          onChange={(next) => {
            setMachine(next);
            changed();
          }}
        />
      )}
      <div>
        <Button
          variant="subtle"
          size="compact-sm"
          aria-expanded={hasMore}
          leftSection={
            hasMore ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />
          }
          onClick={() => setMore(!hasMore)}
        >
          {t('replay.options', { pace: t(`replay.paces.${pace}`), rules: replayRules.length - kept.length })}
        </Button>
      </div>
      {hasMore && (
        <>
          <div>
            <div className={classes['label']} aria-hidden>
              {t('replay.pace')}
            </div>
            <SegmentedControl
              aria-label={t('replay.pace')}
              value={pace}
              data={paces.map((value) => ({ value, label: t(`replay.paces.${value}`) }))}
              onChange={(value) => {
                setPace(value);
                changed();
              }}
            />
          </div>
          <fieldset className={classes['rules']}>
            <legend>{t('replay.rules')}</legend>
            {replayRules.map((rule) => (
              <Checkbox
                key={rule}
                size="xs"
                label={t(`replay.rule.${rule}.name`)}
                description={t(`replay.rule.${rule}.says`)}
                checked={!kept.includes(rule)}
                onChange={(event) =>
                  setKept(event.currentTarget.checked ? kept.filter((one) => one !== rule) : [...kept, rule])
                }
              />
            ))}
          </fieldset>
        </>
      )}
      {asking && <Question role={role} offer={offer} />}
      <ErrorNote error={start.error} />
      <Group gap="sm" justify="flex-end">
        <Button variant="default" onClick={asking ? () => setAsking(false) : onClose}>
          {t(asking ? 'replay.back' : 'app.cancel')}
        </Button>
        <Button key={asking ? 'now' : 'ask'} type="submit" loading={start.busy} disabled={!isReady}>
          {t(asking ? 'replay.startNow' : 'replay.start')}
        </Button>
      </Group>
    </form>
  );
}

interface MachinesProps {
  readonly offer: ReplayOffer | null;
  readonly value: string | null;
  readonly onChange: (vmcNo: string | null) => void;
}
function Machines({ offer, value, onChange }: MachinesProps) {
  const { t } = useWords();
  if (offer?.online.length === 0) return <p>{t('replay.noMachine')}</p>;
  return (
    <Select
      label={t('replay.machine')}
      w={320}
      searchable
      allowDeselect={false}
      data={(offer?.online ?? []).map(({ vmcNo, name }) => ({
        value: String(vmcNo),
        label: name === '' ? String(vmcNo) : `${vmcNo} ${name}`,
      }))}
      value={value}
      onChange={onChange}
    />
  );
}

/** The confirmation before anything is sent: its effect on the receiver. */
function Question({ role, offer }: { readonly role: ReplayRole; readonly offer: ReplayOffer | null }) {
  const words = useWords();
  const { t } = words;
  const asked =
    role === 'machine'
      ? [{ what: t('replay.sale.what'), mind: t('replay.sale.mind') }]
      : (offer?.risks ?? []).filter((risk) => risk?.risk !== 'none').map((risk) => sendQuestion(words, risk));
  return (
    <WarningNote role="alert">
      {asked.length === 0 && <p>{t('replay.harmless')}</p>}
      {asked.map(({ what, mind }) => (
        <p key={`${what} ${mind}`}>
          <strong>{what}</strong> {mind}
        </p>
      ))}
    </WarningNote>
  );
}
