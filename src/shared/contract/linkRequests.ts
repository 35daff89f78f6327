/** Requests about how machines reach Crema, and how it reaches them. */
import { z } from 'zod';
import type { SelfTest } from '../model/arrivals';
import { mostAdapters } from '../model/chosenAdapters';
import { dialTarget, mostDials } from '../model/dial';
import type { Adapter } from '../model/listener';
import { nothing, vmcNo } from './fields';
import { listenerNames } from './live';

const host = z.union([z.ipv4(), z.ipv6()]);
const port = z.int().min(0).max(65_535);

export const linkRequests = {
  adapters: nothing,
  listen: z.strictObject({ which: z.enum(listenerNames), host, port }),
  /** Machines and their downloads at these addresses, and at no others. */
  listenOn: z.strictObject({ hosts: z.array(host).min(1).max(mostAdapters), port }),
  /** Whether to listen at an address that a chosen adapter has now in place of the one that it had. */
  followAdapter: z.strictObject({ name: z.string().max(256), to: host, yes: z.boolean() }),
  retryListen: z.strictObject({ which: z.enum(listenerNames) }),
  /** What nobody has to listen for. */
  stopListening: z.strictObject({ which: z.literal('notices') }),
  /** Connects to this address of the computer as a machine would, where Crema listens. */
  selfTest: z.strictObject({ host }),
  /**
   * `link` null: every machine is served again; otherwise others that are connected are let go. `host`: machines are listened for there
   * alone; `null`: where they are.
   */
  setDirectLink: z.strictObject({
    link: z.strictObject({ vmcNo: vmcNo.nullable(), tells: z.boolean() }).nullable(),
    host: host.nullable(),
  }),
  /** Machines that Crema calls from now on, and no others. */
  setDials: z.strictObject({ dials: z.array(dialTarget).max(mostDials) }),
  /** One that waits is called at once. */
  dialNow: dialTarget,
} as const;

export interface LinkResults {
  adapters: readonly Adapter[];
  listen: null;
  listenOn: null;
  followAdapter: null;
  retryListen: null;
  stopListening: null;
  /** `null`: Crema does not listen. */
  selfTest: SelfTest | null;
  setDirectLink: null;
  setDials: null;
  dialNow: null;
}
