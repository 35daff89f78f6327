import type { CommandName } from '#shared/commands/index';
import type { Hindrance as Reason } from '#shared/commands/kit/row';
import { hindranceOf } from '#shared/commands/kit/rows';
import type { JsonObject } from '#shared/model/json';
import type { MachineRow } from '#shared/model/machine';
import { useCrema, useRunning } from '../../../store';
import { isRecording } from '../../../store/source';
import { useWords } from '../../../text/useWords';

/** Why something can't be done now, and where that can be changed. */
export interface Hindrance {
  readonly reason: string;
  readonly way?: { readonly screen: 'upgrades'; readonly label: string };
}

/** Being offline hinders nothing: the command waits. `input`: as it is to be sent again; none: not filled in yet. */
export function useHindrance({
  vmcNo,
}: MachineRow): (name: CommandName, input?: JsonObject) => Hindrance | null {
  const { t } = useWords();
  const running = useRunning();
  const packages = useCrema((s) => s.packages);
  const recording = useCrema(isRecording);
  const machine = useCrema((s) => (s.detail?.state.vmcNo === vmcNo ? s.detail.state : null));
  const ways: Partial<Record<Reason, Hindrance['way']>> = {
    noPackage: { screen: 'upgrades', label: t('control.toUpgrades') },
  };
  return (name, input) => {
    if (recording) return { reason: t('capture.nothingSent') };
    const mine = running.filter((command) => command.vmcNo === vmcNo);
    const hindrance = hindranceOf(name, input ?? {}, mine, { machine, packages });
    if (hindrance === null) return null;
    const way = ways[hindrance];
    const reason = t(`commandHindrance.${hindrance}`);
    return way === undefined ? { reason } : { reason, way };
  };
}
