/** Options of a fleet, from the command line or from the app. */
import { z } from 'zod';
import { answerings, misbehaviours } from '#shared/model/simulator';

/** Machines in one process. */
export const maxMachines = 5_000;
/** The default numbers mark machines as virtual. */
export const firstVirtualNumber = 90_001;

export const fleetOptions = z.strictObject({
  host: z.string().min(1),
  port: z.int().min(1).max(65_535),
  count: z.int().min(0).max(maxMachines),
  platform: z.enum(['linux', 'android', 'mixed']),
  /** Equal seeds give equal events. */
  seed: z.int().min(0).max(0xffff_ffff).default(1),
  /** 1: something happens every 20 to 150 s; 10: ten times as often. */
  pace: z.number().min(0.01).max(1_000).default(1),
  /** The first machine's number; the others follow. */
  first: z.int().min(1).max(0x7fff_ffff).default(firstVirtualNumber),
  /** `null`: each platform's default. */
  head: z.enum(['decimal', 'le48']).nullable().default(null),
  /** The verification code entered at every machine, 8 characters [doc]. */
  code: z.string().length(8).default('00000000'),
  notifyBase: z
    .url({ protocol: /^http$/ })
    .nullable()
    .default(null),
  /** The programs know only the rare spellings of commands. */
  rareSpelling: z.boolean().default(false),
  /** How all machines answer commands. */
  answering: z.enum(answerings).default('truly'),
});
export type FleetOptions = z.output<typeof fleetOptions>;
export type FleetRequest = z.input<typeof fleetOptions>;

export const misbehaviour = z.enum(misbehaviours);
