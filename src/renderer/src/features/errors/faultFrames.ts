/** The frames of a fault, for an export. */
import { everyFrame, type FrameFilter } from '#shared/filter/frames';
import { formatFilter } from '#shared/filter/language/format';
import { term, type Moment } from '#shared/filter/language/tree';
import type { Fault } from '#shared/model/history';
import { askExport } from '../../store';
import { listTime } from '../../text/listTime';
import type { Words } from '../../text/words';
import { clock } from '../../ui/ticker';

/** ms. Frames that led to the fault, and those after its end. */
const before = 120_000;
const after = 60_000;

export interface FaultSpan {
  readonly from: number;
  readonly to: number;
}

/** The time of the exported frames; for an active fault up to now. */
export const spanOfFault = ({ setAt, clearedAt }: Fault, now: number): FaultSpan => ({
  from: setAt - before,
  to: clearedAt === null ? now : clearedAt + after,
});

const moment = (at: number): Moment => ({ kind: 'at', from: at, to: at + 1 });

/** All frames of the machine in that time. */
export const framesOfSpan = (vmcNo: number, { from, to }: FaultSpan): FrameFilter => ({
  ...everyFrame,
  vmcNo,
  text: formatFilter(term('time', [{ is: 'timeRange', from: moment(from), to: moment(to) }])),
});

/** Asks for the file of the machine's frames around the fault. */
export function exportFrames(words: Words, fault: Fault): void {
  const { vmcNo } = fault;
  const now = clock();
  const span = spanOfFault(fault, now);
  const [from, to] = [listTime(words, span.from, now), listTime(words, span.to, now)];
  askExport({
    filter: framesOfSpan(vmcNo, span),
    label: words.t('faults.exportWhat', { vmcNo, from, to }),
  });
}
