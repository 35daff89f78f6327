/** What crosses the border between the app and its simulator worker. */
import { z } from 'zod';
import { fleetOptions, misbehaviour, mostMachines } from './options';

/** App to worker. */
export const toWorker = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start'), options: fleetOptions }),
  z.strictObject({ type: z.literal('count'), count: z.int().min(0).max(mostMachines) }),
  z.strictObject({
    type: z.literal('fault'),
    vmcNo: z.int().nullable(),
    fault: misbehaviour,
    on: z.boolean(),
  }),
  z.strictObject({ type: z.literal('stop') }),
]);
export type ToWorker = z.input<typeof toWorker>;

/** Worker to app, at most every 200 ms, and once more before it ends. */
export const fromWorker = z.strictObject({
  running: z.int(),
  connected: z.int(),
  /** Local TCP ports of the virtual machines' connections. */
  ports: z.array(z.int()),
  misbehaviours: z.array(misbehaviour),
});
export type FromWorker = z.output<typeof fromWorker>;
