/** Events between the desk and the site while a scenario is played. All of it is drawn from the seed. */
import { Random } from '../../../src/main/tools/simulator/random';
import { drawScenario, type Scenario } from '../scenario';
import { lineNames, type LineName, type Noise } from './broker';

const second = 1_000;

/** `at`: ms after the start. */
export type AcrossEvent = { readonly at: number } & (
  | { readonly kind: 'cut' | 'silence'; readonly line: LineName; readonly ms: number }
  /** The site's Crema is killed, and starts again after `ms`. */
  | { readonly kind: 'killSite'; readonly ms: number }
  | { readonly kind: 'restartDesk' }
  | { readonly kind: 'withdraw' }
  /** A person at the site allows all commands for a time, opens or closes the window. */
  | { readonly kind: 'allow'; readonly isAllowed: boolean }
  | { readonly kind: 'window'; readonly isOpen: boolean }
);

export interface AcrossScenario extends Scenario {
  readonly across: {
    readonly noise: Noise;
    readonly isAllowed: boolean;
    readonly events: readonly AcrossEvent[];
  };
}

const kinds = [
  { kind: 'cut', weight: 25 },
  { kind: 'silence', weight: 25 },
  { kind: 'withdraw', weight: 12 },
  { kind: 'killSite', weight: 12 },
  { kind: 'restartDesk', weight: 8 },
  { kind: 'allow', weight: 10 },
  { kind: 'window', weight: 8 },
] as const;

function drawEvent(at: number, random: Random): AcrossEvent {
  const { kind } = random.weighted(kinds);
  switch (kind) {
    case 'cut':
    case 'silence':
      return {
        at,
        kind,
        line: random.pick(lineNames),
        ms: Math.round(random.pick([1, 4, 15, 40, 120] as const) * second * (0.5 + random.next())),
      };
    case 'killSite':
      return { at, kind, ms: random.int(1, 40) * second };
    case 'allow':
      return { at, kind, isAllowed: random.chance(0.7) };
    case 'window':
      return { at, kind, isOpen: random.chance(0.8) };
    case 'restartDesk':
    case 'withdraw':
      return { at, kind };
  }
}

export function drawAcross(seed: number, commands: number): AcrossScenario {
  const scenario = drawScenario(seed, commands);
  const random = new Random(seed).fork('across');
  const noise: Noise = {
    lost: random.pick([0, 0.01, 0.05, 0.2] as const),
    twice: random.pick([0, 0.05, 0.3] as const),
    late: random.pick([0, 0.03, 0.15] as const),
    latest: random.pick([2, 6, 30, 90] as const) * second,
  };
  const events: AcrossEvent[] = [];
  // Most of it happens while a command is on its way.
  for (const { kind, at } of scenario.events)
    if ((kind === 'command' || kind === 'payment') && random.chance(0.4))
      events.push(
        drawEvent(at + random.int(0, random.pick([200, 5 * second, 60 * second] as const)), random),
      );
  events.sort((a, b) => a.at - b.at);
  return { ...scenario, across: { noise, isAllowed: random.chance(0.6), events } };
}
