import { useState } from 'react';
import type { Args } from '#shared/contract/requests/index';
import { everyFrame, type FrameFilter } from '#shared/filter/frames';
import { useCrema } from '../../store';
import { shownCapture } from '../../store/source';
import { useWords } from '../../text/useWords';

const whats = ['chosen', 'filtered', 'all'] as const;
type What = (typeof whats)[number];

interface Chosen {
  readonly what: What | null;
  readonly choices: readonly { readonly value: What; readonly label: string }[];
  readonly choose: (value: string) => void;
  /** `null`: there is nothing to choose from. */
  readonly wish: Args<'offerReplay'> | null;
}

const isFiltering = ({ vmcNo, dir, cmd, text }: FrameFilter): boolean =>
  vmcNo !== null || dir !== null || cmd !== null || text !== '';

/** Which frames: those selected when the dialog was opened, what the filter shows, or a whole capture. */
export function useChosen(): Chosen {
  const { t } = useWords();
  const capture = useCrema(shownCapture);
  const [ids] = useState(useCrema((s) => s.selectedFrames));
  const [filter] = useState(useCrema((s) => s.followed));
  const choices = [
    ...(ids.length > 0
      ? [{ value: 'chosen' as const, label: t('capture.exporting.chosenFrames', { count: ids.length }) }]
      : []),
    ...(isFiltering(filter) ? [{ value: 'filtered' as const, label: t('capture.exporting.filtered') }] : []),
    ...(capture === null
      ? []
      : [
          {
            value: 'all' as const,
            label: t(capture.site === null ? 'capture.exporting.everythingCapture' : 'sites.everything'),
          },
        ]),
  ];
  const [picked, setPicked] = useState<What | null>(choices[0]?.value ?? null);
  const of = capture === null ? {} : { capture: capture.id };
  const wishes: Readonly<Record<What, Args<'offerReplay'>>> = {
    chosen: { ...of, filter: everyFrame, ids: [...ids] },
    filtered: { ...of, filter },
    all: { ...of, filter: everyFrame },
  };
  return {
    what: picked,
    choices,
    choose: (value) => setPicked(whats.find((one) => one === value) ?? null),
    wish: picked === null ? null : wishes[picked],
  };
}
