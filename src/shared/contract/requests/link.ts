/** Requests about connections: inbound addresses and outbound connections. */
import { z } from 'zod';
import type { SelfTest } from '../../model/arrivals';
import { mostAdapters } from '../../model/chosenAdapters';
import { dialTarget, mostDials } from '../../model/dial';
import type { Adapter } from '../../model/listener';
import { listenerNames } from '../live';
import { result, type RequestRows, nothing, vmcNo } from '../request';

const host = z.union([z.ipv4(), z.ipv6()]);
const port = z.int().min(0).max(65_535);

export const linkRequests = {
  adapters: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    result: result<readonly Adapter[]>(),
  },
  listen: {
    thread: 'desktop',
    scope: 'app',
    audit: 'args',
    args: z.strictObject({ which: z.enum(listenerNames), host, port }),
    result: result<null>(),
  },
  /** Listens for machines and their downloads at these addresses only. */
  listenOn: {
    thread: 'desktop',
    scope: 'app',
    audit: 'own',
    args: z.strictObject({ hosts: z.array(host).min(1).max(mostAdapters), port }),
    result: result<null>(),
  },
  /** Whether to listen at the new address of a chosen adapter, in place of its old address. */
  followAdapter: {
    thread: 'desktop',
    scope: 'app',
    audit: 'own',
    args: z.strictObject({ name: z.string().max(256), to: host, yes: z.boolean() }),
    result: result<null>(),
  },
  retryListen: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({ which: z.enum(listenerNames) }),
    result: result<null>(),
  },
  /** Stops the optional listener for notices. */
  stopListening: {
    thread: 'desktop',
    scope: 'app',
    audit: 'args',
    args: z.strictObject({ which: z.literal('notices') }),
    result: result<null>(),
  },
  /** Connects to this address of the computer, where Crema listens, as a machine would. */
  selfTest: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({ host }),
    /** `null`: Crema does not listen. */
    result: result<SelfTest | null>(),
  },
  /**
   * `link` null: every machine is served again; otherwise other connected machines are disconnected. `host`: listen for machines
   * at this address only; `null`: keep the addresses.
   */
  setDirectLink: {
    thread: 'desktop',
    scope: 'app',
    audit: 'own',
    args: z.strictObject({
      link: z.strictObject({ vmcNo: vmcNo.nullable(), tells: z.boolean() }).nullable(),
      host: host.nullable(),
    }),
    result: result<null>(),
  },
  /** Sets the targets of outbound connections, and removes all others. */
  setDials: {
    thread: 'desktop',
    scope: 'app',
    audit: 'own',
    args: z.strictObject({ dials: z.array(dialTarget).max(mostDials) }),
    result: result<null>(),
  },
  /** A waiting outbound connection starts at once. */
  dialNow: {
    thread: 'machines',
    scope: 'app',
    audit: false,
    args: dialTarget,
    result: result<null>(),
  },
} as const satisfies RequestRows;
