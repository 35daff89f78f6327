import type { CommandName } from '#shared/commands/index';
import { reasonsToAccept, rowOf, type AcceptedHindrance } from '#shared/commands/kit/rows';
import type { Hindrance as Found } from '#shared/commands/kit/possible';
import type { JsonObject } from '#shared/model/json';
import type { MachineRow } from '#shared/model/machine';
import { useCrema, useRunning } from '../../../store';
import { showFrame } from '../../../store/navigate';
import { isCapture } from '../../../store/source';
import { commandedSite, isSite } from '../../../store/sites';
import { nothingSentWords } from '../../../text/captureWords';
import { hindranceWords } from '../../../text/hindranceWords';
import { useWords } from '../../../text/useWords';
import { clock } from '../../../ui/ticker';

/** Why an action is impossible now, and where the user can see or change that. */
export interface Hindrance {
  readonly reason: string;
  /** Its key. Absent: nothing can be sent from here. */
  readonly why?: string;
  readonly way?: { readonly label: string; readonly go: () => void };
}

/** Reasons against an action now. */
export interface Against {
  /** `null`: the action can be taken. */
  readonly refused: Hindrance | null;
  /** Reasons that the person must accept first. */
  readonly reasons: readonly AcceptedHindrance[];
}

/** An offline machine is not an obstacle: the command waits. `input`: the input to send again; none: not filled in yet. */
export function useAgainst({
  vmcNo,
  platform,
}: Pick<MachineRow, 'vmcNo' | 'platform'>): (name: CommandName, input?: JsonObject) => Against {
  const words = useWords();
  const { t } = words;
  const running = useRunning();
  const packages = useCrema((s) => s.packages);
  const inCapture = useCrema(isCapture);
  const isOfSite = useCrema(isSite);
  const site = useCrema(commandedSite);
  const machine = useCrema((s) => (s.detail?.state.vmcNo === vmcNo ? s.detail.state : null));
  return (name, input) => {
    if (inCapture && site === null)
      return { refused: { reason: nothingSentWords(words, isOfSite) }, reasons: [] };
    if (site !== null && rowOf(name).needs !== null)
      return { refused: { reason: t('error.siteNotAcross') }, reasons: [] };
    const mine = running.filter((command) => command.vmcNo === vmcNo);
    const { refused: found, reasons } = reasonsToAccept(name, input ?? {}, mine, {
      machine,
      platform,
      packages: site === null ? packages : [],
      now: clock(),
    });
    return { refused: found === null ? null : wordsOf(name, found), reasons };
  };

  function wordsOf(name: CommandName, found: Found): Hindrance {
    const reason = hindranceWords(words, name, found);
    const { seen, why } = found;
    if (seen === null) return { reason, why };
    return {
      reason,
      why,
      way: { label: t('control.list.showFrame', { id: seen.entry }), go: () => showFrame(vmcNo, seen.entry) },
    };
  }
}
