/** Times between frames: one meaning for filters, groups, charts and the command line. */
import { answersTo } from '../messages/lookup';
import type { Direction } from './wire';

/** ms after which an answer is late. A command waits as long for an immediate reply. */
export const lateAfter = 5_000;

/** Whether a question was answered: `late` after more than `lateAfter`. */
export type AnswerState = 'yes' | 'late' | 'no';

/** `cmd`: in lower case. `latency`: ms until the answer, `null` without one. Returns `null` for frames that ask nothing. */
export function answerState(
  dir: Direction | null,
  cmd: string | null,
  latency: number | null,
): AnswerState | null {
  if (dir === null || cmd === null || answersTo(dir, cmd.trim().toLowerCase()).length === 0) return null;
  if (latency === null) return 'no';
  return latency > lateAfter ? 'late' : 'yes';
}
