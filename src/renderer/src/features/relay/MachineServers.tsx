import { Button, Group, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { mostRelayedMachines, type RelaySettings } from '#shared/model/relay';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { withCost } from '../../text/phrases';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { createDrafts } from '../../ui/drafts';
import { ErrorNote } from '../../ui/ErrorNote';
import { Panel } from '../../ui/Panel';
import { keepFocus } from '../../ui/keepFocus';
import { typedOf, type TypedTarget } from '../../ui/typedTarget';
import { hostPort } from '../../ui/where';
import { readServer, ServerFields } from './ServerFields';
import classes from './Relay.module.css';

interface Draft {
  readonly number: string;
  readonly target: TypedTarget;
}
const useDraft = createDrafts<Draft>();
const empty: Draft = { number: '', target: typedOf(null) };

type Wrong = 'number' | 'twice' | 'full' | 'host' | 'port';

/** Machines that are relayed to a server of their own. */
export function MachineServers() {
  const words = useWords();
  const { t } = words;
  const settings = useCrema((s) => s.settings.relay);
  const set = useRequest('setRelay');
  const { ofMachines } = settings;
  const [draft, setDraft] = useDraft('', empty, null);
  const { number, target: typed } = draft;
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const wrongOf = (vmcNo: number): Wrong | null => {
    if (!Number.isSafeInteger(vmcNo)) return 'number';
    if (ofMachines.some((one) => one.vmcNo === vmcNo)) return 'twice';
    return ofMachines.length >= mostRelayedMachines ? 'full' : null;
  };
  const add = async (): Promise<void> => {
    const vmcNo = /^\d{1,15}$/.test(number.trim()) ? Number(number) : Number.NaN;
    const target = readServer(typed);
    const refused = wrongOf(vmcNo) ?? (typeof target === 'string' ? target : null);
    setWrong(refused);
    if (refused !== null || typeof target === 'string') return;
    if (!(await set.run({ relay: { ...settings, ofMachines: [...ofMachines, { vmcNo, ...target }] } })))
      return;
    setDraft(empty);
  };
  const ofNumber = {
    number: t('relay.machineWrong'),
    twice: t('relay.machineTwice'),
    full: t('relay.machinesFull', { max: mostRelayedMachines }),
  };
  return (
    <Panel title={t('relay.own')}>
      <div ref={keepFocus} className={classes['body']} tabIndex={-1}>
        {ofMachines.length === 0 ? (
          <p className="dim">{t('relay.ownNone')}</p>
        ) : (
          <>
            <ul className={classes['list']} aria-label={t('relay.own')}>
              {ofMachines.map((one) => (
                <Boundary key={one.vmcNo} as="item" where={`server of machine ${one.vmcNo}`} of={one}>
                  <MachineServer
                    machine={one}
                    onRemove={() =>
                      void set.run({
                        relay: { ...settings, ofMachines: ofMachines.filter((other) => other !== one) },
                      })
                    }
                  />
                </Boundary>
              ))}
            </ul>
            <p className="dim">{t('relay.ownNote')}</p>
            {settings.isOn && <p className="dim">{withCost(words, t('relay.ownCloses'))}</p>}
          </>
        )}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <Group gap="sm" align="start" data-tools>
            <TextInput
              label={t('relay.machine')}
              inputMode="numeric"
              autoComplete="off"
              w={130}
              value={number}
              error={
                wrong === 'number' || wrong === 'twice' || wrong === 'full' ? ofNumber[wrong] : undefined
              }
              onChange={(event) => {
                setDraft({ ...draft, number: event.currentTarget.value });
                setWrong(null);
              }}
            />
            <ServerFields
              typed={typed}
              wrong={wrong === 'host' || wrong === 'port' ? wrong : null}
              onType={(patch) => {
                setDraft({ ...draft, target: { ...typed, ...patch } });
                setWrong(null);
              }}
            />
            <Button
              type="submit"
              variant="default"
              mt="var(--label)"
              loading={set.busy}
              leftSection={<IconPlus size={15} aria-hidden />}
            >
              {t('relay.add')}
            </Button>
          </Group>
        </form>
        <ErrorNote error={set.error} />
      </div>
    </Panel>
  );
}

interface MachineServerProps {
  readonly machine: RelaySettings['ofMachines'][number];
  readonly onRemove: () => void;
}
function MachineServer({ machine: { vmcNo, host, port }, onRemove }: MachineServerProps) {
  const { t } = useWords();
  return (
    <li data-own={vmcNo}>
      <span className={classes['number']}>{vmcNo}</span>
      <span className="mono">{hostPort(host, port)}</span>
      <Button
        variant="default"
        size="compact-xs"
        aria-label={t('relay.removeOf', { vmcNo })}
        onClick={onRemove}
      >
        {t('relay.remove')}
      </Button>
    </li>
  );
}
