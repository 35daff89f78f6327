import type { CommandName } from '#shared/catalog/commands';
import type { MachineRow } from '#shared/model/machine';
import { useCrema, useRunning } from '../../../store';
import { isRecording } from '../../../store/source';
import { useWords } from '../../../text/useWords';

/** Why something can't be done now, and where that can be changed. */
export interface Hindrance {
  readonly reason: string;
  readonly way?: { readonly screen: 'upgrades'; readonly label: string };
}

/** A newer one takes the older one's place: their proof may take a day. */
const isReplaceable = (name: CommandName): boolean => name === 'setPrices' || name === 'setDiscount';

/** Being offline hinders nothing: the command waits. */
export function useHindrance({ vmcNo }: MachineRow): (name: CommandName) => Hindrance | null {
  const { t } = useWords();
  const running = useRunning();
  const noPackage = useCrema((s) => s.packages.length === 0);
  const recording = useCrema(isRecording);
  return (name) => {
    if (recording) return { reason: t('capture.nothingSent') };
    // Main refuses a second one: a frame could not tell which of the two it proves.
    if (!isReplaceable(name) && running.some((command) => command.vmcNo === vmcNo && command.name === name))
      return { reason: t('control.already') };
    if (name === 'upgrade' && noPackage)
      return {
        reason: t('control.noPackage'),
        way: { screen: 'upgrades', label: t('control.toUpgrades') },
      };
    return null;
  };
}
