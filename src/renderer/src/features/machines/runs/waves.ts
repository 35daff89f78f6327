/** How many machines at once, as a person types it. */
import { mostMachinesOfRun } from '#shared/limits';
import type { Waves } from '#shared/model/run';
import { longestWait } from '#shared/model/sequence';

/** As it stands in the fields. */
export interface TypedWaves {
  readonly atOnce: string;
  readonly pause: string;
  readonly stopAfter: string;
}

export const waveLimits = {
  atOnce: { min: 1, max: mostMachinesOfRun },
  pause: { min: 0, max: longestWait },
  stopAfter: { min: 1, max: mostMachinesOfRun },
} as const;
export type WaveMember = keyof typeof waveLimits;

/** `null`: empty; `undefined`: no such number. */
export function readWave(member: WaveMember, typed: string): number | null | undefined {
  const text = typed.trim();
  if (text === '') return null;
  const { min, max } = waveLimits[member];
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}

/** `null`: something is wrong. */
export function wavesOf(typed: TypedWaves): Waves | null {
  const [atOnce, pause, stopAfter] = (['atOnce', 'pause', 'stopAfter'] as const).map((member) =>
    readWave(member, typed[member]),
  );
  if (atOnce === undefined || pause === undefined || stopAfter === undefined) return null;
  return { atOnce, pause: pause ?? 0, stopAfter };
}
