/** Reports that a machine sends unprompted after each accepted login. They do not answer a command. */
import type { MachineState, Platform } from './machine';

type OwnReport = 'supplies' | 'door';

/**
 * ms after an accepted `login_r`. linux sends its supplies after 10 s and its door after 15 s, android both among its login reports [field].
 * Includes 5 s for a slow link [ours].
 */
const sentWithin: Readonly<Record<Platform, Readonly<Record<OwnReport, number>>>> = {
  linux: { supplies: 15_000, door: 20_000 },
  android: { supplies: 6_000, door: 6_000 },
};

/** Whether a report at `at` (ms) may belong to the last login. */
export function mayBeOwnReport(
  { loginAnswer, platform }: Pick<MachineState, 'loginAnswer' | 'platform'>,
  report: OwnReport,
  at: number,
): boolean {
  if (loginAnswer === null || (loginAnswer.value.ret ?? 0) !== 0) return false;
  const since = at - loginAnswer.at;
  // A clock that was set back must not extend the time.
  return since >= 0 && since < sentWithin[platform ?? 'linux'][report];
}
