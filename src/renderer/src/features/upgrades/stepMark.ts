import type { StepName } from '#shared/model/command';
import type { Step } from '../../ui/StepList';

const failures: ReadonlySet<StepName> = new Set<StepName>([
  'refusedTooLong',
  'sendFailed',
  'notOffered',
  'downloadBroke',
  'downloadRefused',
  'notApplied',
  'machineSaidFailed',
  'noProof',
  'notSent',
  'cremaClosed',
]);
const notes: ReadonlySet<StepName> = new Set<StepName>([
  'queued',
  'noticeNotTrusted',
  'noticeSignWrong',
  'versionDiffers',
  'versionSame',
  'cancelled',
]);

/** The mark of an upgrade step in a list. */
export function stepMark(what: StepName): Step['mark'] {
  if (failures.has(what)) return 'failed';
  return notes.has(what) ? 'note' : 'done';
}
