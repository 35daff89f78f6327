/** Shortens a scenario with a false verdict as much as possible. */
import { play } from './play';
import type { Scenario } from './scenario';

export type False = 'falselyConfirmed' | 'falselyFailed';

/** Leaves out events, in ever smaller groups, as long as the same command gets a false verdict. At most `tries` plays. */
export async function shrunk(
  scenario: Scenario,
  name: string,
  verdict: False,
  tries = 400,
): Promise<Scenario> {
  let { events } = scenario;
  let left = tries;
  const isSame = async (fewer: Scenario['events']): Promise<boolean> => {
    left -= 1;
    const { outcomes } = await play({ ...scenario, events: fewer });
    return outcomes.some((one) => one.name === name && one.verdict === verdict);
  };
  for (let size = Math.ceil(events.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < events.length && left > 0;) {
      const fewer = events.toSpliced(at, size);
      if (await isSame(fewer)) events = fewer;
      else at += size;
    }
  }
  return { ...scenario, events };
}
