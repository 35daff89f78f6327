/** What a fleet is told, once from the command line and once across the worker's border. */
import { z } from 'zod';
import { misbehaviours } from '#shared/model/simulator';

/** More than this one process need not be. */
export const maxMachines = 5_000;
/** Virtual machines are recognisable by their numbers unless told otherwise. */
export const firstVirtualNumber = 90_001;

export const fleetOptions = z.strictObject({
  host: z.string().min(1),
  port: z.int().min(1).max(65_535),
  count: z.int().min(0).max(maxMachines),
  platform: z.enum(['linux', 'android', 'mixed']),
  /** The same seed, the same life. */
  seed: z.int().min(0).max(0xffff_ffff).default(1),
  /** 1: something happens every 10 to 60 s; 10: ten times as often. */
  pace: z.number().min(0.01).max(1_000).default(1),
  /** The first machine's number; the others follow. */
  first: z.int().min(1).max(0x7fff_ffff).default(firstVirtualNumber),
  /** `null`: each platform its own. */
  head: z.enum(['decimal', 'le48']).nullable().default(null),
  /** The verification code typed into every machine, 8 characters [doc]. */
  code: z.string().length(8).default('00000000'),
  notifyBase: z
    .url({ protocol: /^http$/ })
    .nullable()
    .default(null),
  doorCommand: z.enum(['opendoor', 'door open']).default('opendoor'),
});
export type FleetOptions = z.output<typeof fleetOptions>;
export type FleetRequest = z.input<typeof fleetOptions>;

export const misbehaviour = z.enum(misbehaviours);
