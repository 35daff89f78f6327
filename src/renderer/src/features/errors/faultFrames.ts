/** The frames of a fault, for an export. */
import { everyFrame, type FrameFilter } from '#shared/filter/frames';
import { formatFilter } from '#shared/filter/language/format';
import { term, type Moment } from '#shared/filter/language/tree';
import type { Fault } from '#shared/model/history';

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
