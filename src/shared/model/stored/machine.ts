/** Stored states of machines. */
import { z } from 'zod';
import type { JsonObject, JsonValue } from '../json';
import { nothingKnown, type MachineState } from '../machine';
import { relayedAs } from '../relay';
import { order, ordered } from './order';
import {
  address,
  evident,
  findingCode,
  heard,
  isObject,
  number,
  params,
  peer,
  platform,
  read,
  reason,
  reportedState,
  time,
  vmcNo,
} from './values';
import { versionFields } from '../knownVersions';

const linkMinute = z.tuple([z.int(), number, number]);
const activeError = () =>
  z.object({
    code: z.string(),
    description: z.string().nullable(),
    since: time,
    last: time,
    entry: number,
    times: number,
    isFatal: z.boolean().nullable(),
    isPersistent: z.boolean().nullable(),
    unconfirmed: z.boolean(),
    ending: z
      .object({ at: time, entry: number, by: z.enum(['clearerror', 'login']), until: time })
      .nullable(),
    madeSince: z.object({ at: time, entry: number }).exactOptional(),
  });
// Strict: an unknown name is a damaged one, and its member would otherwise pass for a new one.
const machine = (): z.ZodType<MachineState> =>
  z.strictObject({
    vmcNo,
    link: z.discriminatedUnion('status', [
      z.object({ status: z.literal('online'), conn: number, peer, since: time }),
      z.object({
        status: z.literal('offline'),
        since: time,
        reason,
        address: address.nullable().default(null),
        relay: z.enum(relayedAs).exactOptional(),
      }),
    ]),
    platform,
    login: z
      .object({
        at: time,
        entry: number,
        version: z.string().nullable(),
        driverVersion: z.string().nullable(),
        ioVersion: z.string().nullable(),
        model: z.string().nullable(),
        loginCount: z.number().nullable(),
        compId: z.string().nullable(),
        boards: z.record(z.string(), z.string()),
        timestamp: z.string().nullable(),
      })
      .nullable(),
    sign: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.enum(['noCode', 'absent', 'ignored', 'mismatch']) }),
        z.object({
          kind: z.literal('matched'),
          formula: z.enum(['timestampCode', 'codeNumber']),
          exact: z.boolean(),
        }),
      ])
      .nullable(),
    proved: evident(z.enum(['timestampCode', 'codeNumber'])).nullable(),
    head: z.enum(['decimal', 'le48']).nullable(),
    sequence: z.number().nullable(),
    lastHeard: time.nullable(),
    lastSent: time.nullable(),
    heartbeat: z.object({
      count: number,
      last: time.nullable(),
      interval: z.number().nullable(),
      // Absent in earlier versions.
      intervals: z.array(z.number()).default([]),
      entry: number.nullable().default(null),
    }),
    minutes: z.array(linkMinute),
    minute: linkMinute.nullable(),
    ended: evident(reason).nullable(),
    loginAnswer: evident(
      z.object({
        ret: z.number().nullable(),
        serverList: z.string().nullable(),
        here: z.string().nullable(),
      }),
    ).nullable(),
    door: reportedState(z.enum(['open', 'closed'])).nullable(),
    cupBlocked: reportedState(z.literal(true)).nullable(),
    locked: evident(z.boolean()).nullable(),
    errors: z.array(activeError()),
    closed: z.array(
      activeError().extend({ closed: z.object({ at: time, entry: number, by: z.string().nullable() }) }),
    ),
    supplies: z.record(z.string(), evident(z.string())),
    orders: z.array(order()),
    lastDrink: evident(order()).nullable(),
    logins: z.array(
      z.object({ conn: number, address, version: z.string().nullable(), model: z.string().nullable() }),
    ),
    brews: z.array(z.object({ ...ordered, productId: z.number(), orderNo: z.string().nullable() })),
    findings: z.partialRecord(
      findingCode,
      // Absent in earlier versions.
      z.object({ times: number, last: time, entry: number, params: params.default({}) }),
    ),
    discount: evident(z.number()).nullable(),
    repricings: z.array(
      z.object({
        at: time,
        entry: number,
        percent: z.number().nullable(),
        prices: z.record(z.string(), z.number()),
        seen: number.nullable(),
      }),
    ),
    restart: z
      .object({
        value: z.string(),
        at: time,
        entry: number,
        conn: number,
        goneAt: time.nullable().default(null),
        goneBy: reason.nullable().default(null),
        heard: heard.nullable().default(null),
        back: heard.nullable().default(null),
      })
      .nullable(),
    upgradesSent: z.array(z.object({ value: z.enum(versionFields), at: time, entry: number, conn: number })),
    taken: z.object({ conn: number, at: time }).nullable(),
    rinses: z.array(z.string()),
    clock: z.array(z.object({ least: z.number(), most: z.number(), since: time, at: time, entry: number })),
    counts: z.object({ framesIn: number, framesOut: number, bytesIn: number, junkBytes: number }),
    connections: number,
    connected: z.array(time),
  });

const storedMachine = z.lazy(() =>
  z.preprocess((value) => (isObject(value) ? { ...nothingKnown, ...withMinute(value) } : value), machine()),
);
/** Converts states of earlier versions, which kept the newest minute with the others. */
function withMinute(value: JsonObject): JsonObject {
  const { minutes } = value;
  if ((value['minute'] ?? null) !== null || !Array.isArray(minutes)) return value;
  return {
    ...value,
    minutes: minutes.slice(0, -1),
    minute: (minutes.at(-1) as JsonValue | undefined) ?? null,
  };
}

/** Stored in place of a state after machines were removed from the list. Only newer entries are folded at the next launch. */
export const removedState = '';

export const readMachine = (text: string): MachineState | null => read(storedMachine, text);
