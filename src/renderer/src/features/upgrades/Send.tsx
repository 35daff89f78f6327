import { Button, Group, TextInput } from '@mantine/core';
import { IconSearch, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { commands } from '#shared/commands/index';
import type { AppError } from '#shared/contract/errors';
import type { MachineRow } from '#shared/model/machine';
import { loginFieldOf, type UpgradePackage } from '#shared/model/upgrade';
import { request } from '../../bridge/request';
import { useCrema, useRunning } from '../../store';
import { matchesWords } from '../../store/pages';
import { isUpgrade, machinesFor, missingOf, runsAlready } from '../../store/upgrades';
import type { Words } from '../../text/words';
import { useWords } from '../../text/useWords';
import { AskOnce } from '../../ui/AskOnce';
import { Boundary } from '../../ui/Boundary';
import { Panel } from '../../ui/Panel';
import { TargetLine } from './TargetLine';
import classes from './Send.module.css';
import screen from './Upgrades.module.css';

interface SendOutcome {
  readonly sent: number;
  /** Machines that are not connected; they get the command when they log in. */
  readonly queued: number;
  readonly errors: ReadonlyMap<number, AppError>;
}
const noOutcome: SendOutcome = { sent: 0, queued: 0, errors: new Map() };

/** More machines than this want a search above them. */
const searchFrom = 10;

/** Selects the machines that get the package. One confirmation for all; an error is shown beside its machine. */
export function Send({ pkg }: { readonly pkg: UpgradePackage | null }) {
  const words = useWords();
  const { t } = words;
  const rows = useCrema((s) => s.machines);
  const running = useRunning();
  const reachable = useCrema((s) => s.listeners.updates.status === 'listening');
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set());
  const [query, setQuery] = useState('');
  const [telling, setTelling] = useState<{ readonly done: number; readonly count: number } | null>(null);
  const [outcome, setOutcome] = useState(noOutcome);

  if (pkg === null)
    return (
      <Panel title={t('upgrades.machines')}>
        <p className="dim">{t('upgrades.machinesNone')}</p>
      </Panel>
    );
  const fitting = machinesFor(pkg, rows);
  const upgrading = new Set(running.filter(isUpgrade).map(({ vmcNo }) => vmcNo));
  const shown = fitting.filter(
    ({ vmcNo, name, version }) => query === '' || matchesWords(query, [vmcNo, name, version]),
  );
  const free = shown.filter(({ vmcNo }) => !upgrading.has(vmcNo));
  const chosen = fitting.filter(({ vmcNo }) => ticked.has(vmcNo) && !upgrading.has(vmcNo));
  const tick = (list: readonly MachineRow[]): void => setTicked(new Set(list.map(({ vmcNo }) => vmcNo)));

  const send = async (): Promise<void> => {
    const errors = new Map<number, AppError>();
    let queued = 0;
    for (const [index, { vmcNo }] of chosen.entries()) {
      setTelling({ done: index + 1, count: chosen.length });
      const reply = await request('command', { vmcNo, name: 'upgrade', input: { packageId: pkg.id } });
      if (!reply.ok) errors.set(vmcNo, reply.error);
      else if (reply.value.state === 'queued') queued += 1;
    }
    setTelling(null);
    setOutcome({ sent: chosen.length - errors.size - queued, queued, errors });
    // Machines for which sending failed stay selected, so that it can be repeated with one click.
    setTicked(new Set(errors.keys()));
  };

  const missing = missingOf(pkg);
  const others = rows.size - fitting.length;
  return (
    <Panel title={t('upgrades.machines')}>
      <div className={screen['stack']}>
        {missing.length > 0 && (
          <p className="dim">
            {t('upgrades.machinesMissing', {
              what: missing.map((what) => t(`upgrades.missing.${what}`)).join(' '),
            })}
          </p>
        )}
        {pkg.platform !== null && (
          <>
            {fitting.length === 0 ? (
              <p className="dim">{t('upgrades.noFit', { platform: pkg.platform })}</p>
            ) : (
              <Group gap="xs">
                {fitting.length > searchFrom && (
                  <TextInput
                    className={classes['search']}
                    aria-label={t('upgrades.searchLabel')}
                    placeholder={t('upgrades.search')}
                    leftSection={<IconSearch size={14} />}
                    value={query}
                    onChange={(event) => setQuery(event.currentTarget.value.trimStart())}
                  />
                )}
                <Button variant="default" size="compact-xs" onClick={() => tick(free)}>
                  {t('upgrades.all')}
                </Button>
                {pkg.version !== '' && loginFieldOf(pkg) === 'version' && (
                  <Button
                    variant="default"
                    size="compact-xs"
                    onClick={() => tick(free.filter(({ version }) => !runsAlready(pkg, version)))}
                  >
                    {t('upgrades.allOlder', { version: pkg.version })}
                  </Button>
                )}
                <Button
                  variant="default"
                  size="compact-xs"
                  disabled={chosen.length === 0}
                  onClick={() => tick([])}
                >
                  {t('upgrades.noneChosen')}
                </Button>
              </Group>
            )}
            <ul className={classes['targets']} aria-label={t('upgrades.machines')}>
              {shown.map((row) => (
                <Boundary key={row.vmcNo} as="item" where={`target ${row.vmcNo}`} of={row}>
                  <TargetLine
                    row={row}
                    runsAlready={runsAlready(pkg, row.version)}
                    upgrading={upgrading.has(row.vmcNo)}
                    checked={ticked.has(row.vmcNo) && !upgrading.has(row.vmcNo)}
                    error={outcome.errors.get(row.vmcNo) ?? null}
                    onCheck={(on) => {
                      const next = new Set(ticked);
                      if (on) next.add(row.vmcNo);
                      else next.delete(row.vmcNo);
                      setTicked(next);
                    }}
                  />
                </Boundary>
              ))}
            </ul>
            {others > 0 && <p className={screen['note']}>{t('upgrades.others', { count: others })}</p>}
          </>
        )}
        <div className={classes['sendFoot']}>
          <AskOnce
            label={
              chosen.length === 0 ? t('upgrades.sendNone') : t('upgrades.send', { count: chosen.length })
            }
            icon={<IconUpload size={14} />}
            question={question(words, pkg, chosen)}
            impossible={impossible(words, { pkg, chosen: chosen.length, reachable })}
            busy={telling !== null}
            onYes={() => void send()}
          />
          <p role="status" className={screen['note']}>
            {telling === null ? outcomeWords(words, outcome) : t('upgrades.telling', telling)}
          </p>
        </div>
      </div>
    </Panel>
  );
}

interface Facts {
  readonly pkg: UpgradePackage;
  readonly chosen: number;
  readonly reachable: boolean;
}
function impossible({ t }: Words, { pkg, chosen, reachable }: Facts): string | null {
  const [missing] = missingOf(pkg);
  if (missing !== undefined) return t(`upgrades.missing.${missing}`);
  if (!reachable) return t('upgrades.blocked.off');
  return chosen === 0 ? t('upgrades.chooseMachines') : null;
}

function question(words: Words, pkg: UpgradePackage, chosen: readonly MachineRow[]): string {
  const { t } = words;
  const sentence = t('upgrades.ask', {
    count: chosen.length,
    file: pkg.fileName,
    size: words.bytes(pkg.size),
    version: pkg.version,
  });
  const offline = chosen.filter(({ online }) => !online).length;
  if (offline === 0) return sentence;
  const time = words.duration(commands.upgrade.queueFor);
  return `${sentence} ${t('upgrades.askOffline', { count: offline, time })}`;
}

function outcomeWords({ t }: Words, { sent, queued, errors }: SendOutcome): string {
  const parts = [
    ...(sent > 0 ? [t('upgrades.told', { count: sent })] : []),
    ...(queued > 0 ? [t('upgrades.queued', { count: queued })] : []),
    ...(errors.size > 0 ? [t('upgrades.untold', { count: errors.size })] : []),
  ];
  return parts.join(' ');
}
