import { Button, SegmentedControl, Tooltip } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { mostMachinesOfRun } from '#shared/limits';
import type { MachineRow } from '#shared/model/machine';
import { openLineStates } from '#shared/model/run';
import type { UpgradePackage } from '#shared/model/upgrade';
import { broughtBy, hasVersion } from '#shared/model/version';
import { askRun, useCrema, useRunning } from '../../store';
import { useMachineChoice } from '../../store/machineChoice';
import { usePacedMachines } from '../../store/pacedMachines';
import {
  groupings,
  groupsOf,
  isUpgrade,
  machinesFor,
  missingOf,
  packageOf,
  versionFor,
  type Grouping,
  type MachineGroup,
} from '../../store/upgrades';
import { versionWords } from '../../text/versionWords';
import type { Words } from '../../text/words';
import { useWords } from '../../text/useWords';
import { MachineChoices } from '../../ui/MachineChoices';
import { Panel } from '../../ui/Panel';
import { clock } from '../../ui/ticker';
import { Groups } from './Groups';
import { ChosenModels } from './OtherModels';
import classes from './Machines.module.css';
import screen from './Upgrades.module.css';

/** The versions of all machines, and the choice of those that get the package: by version, place, filter or hand. */
export function Machines({ pkg }: { readonly pkg: UpgradePackage | null }) {
  const words = useWords();
  const { t } = words;
  const rows = usePacedMachines();
  const reachable = useCrema((s) => s.listeners.updates.status === 'listening');
  const [grouping, setGrouping] = useState<Grouping>('version');
  const fitting = useMemo(() => machinesFor(pkg, rows), [pkg, rows]);
  const there = useMemo(
    () => new Set(pkg === null ? [] : fitting.filter((row) => hasVersion(broughtBy(pkg), row).has === 'has')),
    [pkg, fitting],
  );
  const among = useMemo(() => new Set(fitting.map(({ vmcNo }) => vmcNo)), [fitting]);
  const groups = useMemo(() => groupsOf(pkg, fitting, grouping), [pkg, fitting, grouping]);
  const choice = useMachineChoice(clock, among);
  const upgrading = useUpgrading();
  const chosen = useMemo(
    () =>
      new Set(
        fitting
          .filter(({ vmcNo }) => choice.chosen.has(vmcNo) && !upgrading.has(vmcNo))
          .map(({ vmcNo }) => vmcNo),
      ),
    [fitting, choice.chosen, upgrading],
  );
  const factOf = useCallback(
    (row: MachineRow) => {
      const stage = upgrading.get(row.vmcNo);
      if (stage !== undefined) return t(`upgrades.${stage}`);
      return versionWords(words, versionFor(pkg, row), clock());
    },
    [pkg, upgrading, words, t],
  );
  const nameOf = ({ value }: MachineGroup): string =>
    grouping === 'place'
      ? value || t('upgrades.placeUnknown')
      : value === null
        ? t('upgrades.versionUnknown')
        : value;
  const numbers = useMemo(() => [...chosen], [chosen]);
  const others = rows.size - fitting.length;
  const none = noneFits(words, pkg);
  const hindrance = impossible(words, { pkg, chosen: chosen.size, reachable });
  return (
    <Panel
      title={
        pkg === null
          ? t('upgrades.machines')
          : t('upgrades.machinesFor', { what: pkg.version || pkg.label || pkg.fileName })
      }
      aside={
        fitting.length > 0 && (
          <SegmentedControl
            size="xs"
            aria-label={t('upgrades.groupBy')}
            value={grouping}
            onChange={(next) => setGrouping(groupings.find((one) => one === next) ?? 'version')}
            data={groupings.map((value) => ({ value, label: t(`upgrades.groups.${value}`) }))}
          />
        )
      }
    >
      <div className={screen['stack']}>
        {fitting.length === 0 ? (
          none !== null && <p className="dim">{none}</p>
        ) : (
          <>
            <Groups
              label={t(`upgrades.by.${grouping}`)}
              groups={groups}
              nameOf={nameOf}
              chosen={chosen}
              barred={upgrading}
              onToggle={({ machines }, on) => {
                const next = new Set(chosen);
                for (const vmcNo of machines) {
                  if (on) next.add(vmcNo);
                  else next.delete(vmcNo);
                }
                choice.choose(next);
              }}
            />
            {pkg !== null && (
              <>
                <MachineChoices
                  key={pkg.id}
                  {...choice}
                  chosen={chosen}
                  barred={upgrading}
                  height={170}
                  factOf={factOf}
                />
                {there.size > 0 && (
                  <div className={classes['tools']}>
                    <Button
                      variant="default"
                      size="compact-sm"
                      onClick={() =>
                        choice.choose(fitting.filter((row) => !there.has(row)).map(({ vmcNo }) => vmcNo))
                      }
                    >
                      {t('upgrades.allOlder', { version: pkg.version })}
                    </Button>
                  </div>
                )}
              </>
            )}
          </>
        )}
        {pkg !== null && pkg.platform !== null && others > 0 && (
          <p className={screen['note']}>{t('upgrades.others', { count: others })}</p>
        )}
        <ChosenModels pkg={pkg} chosen={numbers} />
        <div className={classes['foot']}>
          <Tooltip label={hindrance} disabled={hindrance === null}>
            <Button
              leftSection={<IconUpload size={14} aria-hidden />}
              {...(hindrance !== null && { 'data-disabled': true, 'aria-disabled': true })}
              onClick={() =>
                pkg !== null &&
                hindrance === null &&
                askRun({
                  machines: numbers,
                  sequence: null,
                  command: { name: 'upgrade', input: { packageId: pkg.id }, title: titleOf(words, pkg) },
                  onStarted: () => choice.choose([]),
                })
              }
            >
              {chosen.size === 0 ? t('upgrades.sendNone') : t('upgrades.send', { count: chosen.size })}
            </Button>
          </Tooltip>
          {hindrance !== null && <p className={screen['note']}>{hindrance}</p>}
        </div>
      </div>
    </Panel>
  );
}

/** Machines that wait for a package (`toUpgrade`) or were offered one: they get no second one meanwhile. */
function useUpgrading(): ReadonlyMap<number, 'toUpgrade' | 'upgrading'> {
  const running = useRunning();
  const runs = useCrema((s) => s.openRuns);
  const lines = useCrema((s) => s.runLines);
  return useMemo(() => {
    const rollouts = new Set([...runs.values()].filter((run) => packageOf(run) !== null).map(({ id }) => id));
    const open = [...lines.values()].filter(
      ({ run, state }) => rollouts.has(run) && openLineStates.has(state),
    );
    const sent = running.filter((command) => isUpgrade(command) && command.state === 'sent');
    return new Map([
      ...[...running.filter(isUpgrade), ...open].map(({ vmcNo }) => [vmcNo, 'toUpgrade'] as const),
      ...sent.map(({ vmcNo }) => [vmcNo, 'upgrading'] as const),
    ]);
  }, [running, runs, lines]);
}

const titleOf = ({ t }: Words, { version, fileName }: UpgradePackage): string =>
  version === '' ? fileName : t('packages.aside', { text: version, more: fileName });

/** `null`: the note beside the button says what the package lacks. */
function noneFits({ t, platform }: Words, pkg: UpgradePackage | null): string | null {
  if (pkg === null) return t('upgrades.noMachines');
  return pkg.platform === null ? null : t('upgrades.noFit', { platform: platform(pkg.platform) });
}

interface Facts {
  readonly pkg: UpgradePackage | null;
  readonly chosen: number;
  readonly reachable: boolean;
}
function impossible({ t }: Words, { pkg, chosen, reachable }: Facts): string | null {
  if (pkg === null) return t('upgrades.machinesNone');
  const [missing] = missingOf(pkg);
  if (missing !== undefined) return t(`upgrades.missing.${missing}`);
  if (!reachable) return t('upgrades.blocked.off');
  if (chosen > mostMachinesOfRun) return t('work.start.tooMany', { max: mostMachinesOfRun });
  return chosen === 0 ? t('upgrades.chooseMachines') : null;
}
