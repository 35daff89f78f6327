/**
 * Validates JSON that an earlier launch wrote. A single changed byte on disk must not pass for a machine's message, nor prevent a start.
 * Invalid values become `null`, and the reader sets them aside. Schemas are `lazy`, so a thread builds only those that it needs, on first use.
 * Lazy schemas are never nested, because zod would treat them as recursive.
 */
import { z } from 'zod';
import { commandNames, commands, type CommandName } from '../commands/index';
import { sharedSteps } from '../commands/kit/steps';
import { errorCodes } from '../contract/errors';
import { findings, type Finding } from '../findings';
import { closeReasons, type CloseReason } from './closeReasons';
import type { Command, StepName } from './command';
import { ruleNames, ruleOf } from '../diagnosis/index';
import type { Diagnosis } from './diagnosis';
import { dialTarget } from './dial';
import type { Peer } from './frame';
import type { OrderRecord } from './history';
import type { JsonObject, JsonValue } from './json';
import { nothingKnown, versionFields, type Evident, type MachineState, type ReportedState } from './machine';
import type { Order } from './order';
import { relayedAs } from './relay';
import {
  firstWaves,
  lineStates,
  runEnds,
  runPauses,
  runStates,
  runWaits,
  stepOutcomes,
  type Run,
  type RunMachine,
} from './run';
import { ownText, storedRunStep } from './sequence';

const keysOf = <Key extends string>(table: Readonly<Record<Key, unknown>>): readonly Key[] =>
  Object.keys(table) as Key[];

const number = z.int().min(0);
const vmcNo = z.int();
const time = z.number();
const params = z.record(z.string(), z.union([z.string(), z.number()]));
const heard = z.object({ at: time, sequence: number.nullable() });
const evident = <T>(value: z.ZodType<T>): z.ZodType<Evident<T>> =>
  z.object({ value, at: time, entry: number });
const reportedState = <T>(value: z.ZodType<T>): z.ZodType<ReportedState<T>> =>
  z.object({
    value,
    at: time,
    entry: number,
    again: z.object({ at: time, entry: number }).exactOptional(),
    unconfirmed: z.literal(true).exactOptional(),
  });

const port = number.max(65_535);
/** An IP address, or that of `unknownPeer`. */
const address = z.string().regex(/^(?:[\da-fA-F.:]+(?:%\S+)?|\?)$/);
const peer: z.ZodType<Peer> = z.lazy(() =>
  z.object({
    remoteAddress: address,
    remotePort: port,
    localAddress: address,
    localPort: port,
    dialled: z.literal(true).exactOptional(),
    relay: z.strictObject({ ...dialTarget.shape, is: z.enum(relayedAs) }).exactOptional(),
  }),
);
const reason: z.ZodType<CloseReason> = z.enum(keysOf(closeReasons));
const findingCode = z.enum(keysOf(findings));
const finding = (): z.ZodType<Finding> =>
  z
    .object({ code: findingCode, params: params.optional() })
    .transform(({ code, params: given }) => (given === undefined ? { code } : { code, params: given }));

const oneFinding = z.lazy(finding);
const someFindings = z.lazy(() => z.array(finding()));

const repeated = () =>
  z.object({
    times: number,
    first: evident(z.literal(true)),
    last: evident(z.literal(true)),
  });
const ordered = { at: time, entry: number, by: z.enum(['crema', 'server']) };
const orderMembers = () => ({
  orderNo: z.string(),
  entry: number,
  at: time,
  heardAt: time,
  isWhole: z.boolean(),
  productId: z.number().nullable(),
  productName: z.string().nullable(),
  amount: z.number().nullable(),
  payType: z.string().nullable(),
  qrType: z.string().nullable(),
  // Absent in earlier versions.
  asked: repeated().nullable().default(null),
  checked: repeated().nullable().default(null),
  qr: z.record(z.string(), z.string()),
  answered: evident(z.literal(true)).nullable(),
  // Absent in earlier versions.
  told: z
    .array(
      z.object({
        entry: number,
        conn: number,
        paid: z.boolean(),
        answer: z.enum(['done', 'failed', 'unknown']).nullable(),
        answered: evident(z.literal(true)).nullable().default(null),
      }),
    )
    .default([]),
  payment: evident(z.object({ paid: z.boolean(), payType: z.string() })).nullable(),
  acknowledged: evident(z.literal(true)).nullable(),
  done: evident(z.boolean()).nullable(),
  state: z.enum(['requested', 'paid', 'refused', 'made', 'failed']),
  failReason: z.string().nullable(),
  recipe: z.string().nullable(),
  parts: z.record(z.string(), z.string()),
  consumed: z.record(z.string(), z.string()),
  doneTimes: number,
  lastDone: number,
  // Absent in earlier versions.
  used: evident(z.literal(true)).nullable().default(null),
  lastDoneAt: time.nullable().default(null),
  untold: z.boolean().exactOptional(),
  paidByServer: z.boolean().exactOptional(),
  ordered: z.object(ordered).exactOptional(),
});
const order = (): z.ZodType<Order> => z.object(orderMembers());
const orderRecord: z.ZodType<OrderRecord> = z.lazy(() =>
  z.object({
    ...orderMembers(),
    vmcNo,
    isVirtual: z.boolean().default(false),
  }),
);

const platform = z.enum(['linux', 'android']).nullable();
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

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
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
const stepsOf = (name: CommandName): object => commands[name].steps;
const command: z.ZodType<Command> = z.lazy(() =>
  z
    .object({
      id: number,
      vmcNo,
      name: z.enum(commandNames),
      line: number.exactOptional(),
      input: z.custom<JsonObject>(isObject),
      state: z.enum(['queued', 'sent', 'confirmed', 'failed', 'expired', 'unconfirmable', 'cancelled']),
      createdAt: time,
      sentAt: time.nullable(),
      endedAt: time.nullable(),
      until: time,
      sessionId: z.string(),
      platform,
      conn: number.nullable(),
      address: address.nullable().exactOptional(),
      // Absent in earlier versions.
      stage: number.default(0),
      steps: z.array(z.object({ what: z.custom<StepName>(), at: time, entry: number.nullable(), params })),
      awaited: z.array(z.number()),
    })
    .refine(({ name, steps }) =>
      steps.every(({ what }) => Object.hasOwn(sharedSteps, what) || Object.hasOwn(stepsOf(name), what)),
    ),
);

const diagnosis: z.ZodType<Diagnosis> = z.lazy(() =>
  z
    .object({
      id: number,
      vmcNo,
      rule: z.enum(ruleNames),
      cause: z.string(),
      since: time,
      until: time.nullable(),
      evidence: z.array(number),
      params,
    })
    .refine(({ rule, cause }) => Object.hasOwn(ruleOf(rule).causes, cause)),
);

const count = z.int().min(0);
const run: z.ZodType<Run> = z.lazy(() =>
  z.object({
    id: number,
    title: ownText.nullable(),
    steps: z.array(storedRunStep),
    waves: z.object({
      // Absent in earlier versions.
      first: number.nullable().default(null),
      stopShare: number.nullable().default(null),
      hours: z.object({ from: number, to: number }).nullable().default(null),
      atOnce: number.nullable(),
      pause: number,
      stopAfter: number.nullable(),
    }),
    state: z.enum(runStates),
    startedAt: time,
    // Absent in earlier versions.
    by: z.string().default(''),
    endedAt: time.nullable(),
    end: z.enum(runEnds).nullable(),
    nextAt: time.nullable(),
    // Absent in earlier versions.
    paused: z.enum(runPauses).nullable().default(null),
    waits: z.enum(runWaits).nullable().default(null),
    wave: count.default(0),
    first: z.enum(firstWaves).nullable().default(null),
    machines: count,
    counts: z.object({
      waiting: count,
      running: count,
      asking: count,
      done: count,
      unproven: count,
      failed: count,
      stopped: count,
      // Absent in earlier versions.
      leftOut: count.default(0),
    }),
  }),
);
const appError = () => z.object({ code: z.enum(errorCodes), params });
const runMachine: z.ZodType<RunMachine> = z.lazy(() =>
  z.object({
    id: number,
    run: number,
    vmcNo,
    state: z.enum(lineStates),
    since: time,
    // Absent in earlier versions.
    wave: count.nullable().default(null),
    steps: z.array(
      z.object({
        at: time,
        endedAt: time.nullable(),
        outcome: z.enum(stepOutcomes).nullable(),
        command: number.nullable(),
        last: z
          .object({
            what: z.custom<StepName>((what) => typeof what === 'string'),
            at: time,
            entry: number.nullable(),
            params,
          })
          .nullable(),
        error: appError().nullable(),
        until: time.nullable(),
      }),
    ),
    // Absent in earlier versions.
    leftOut: z.object({ step: count, error: appError() }).nullable().default(null),
  }),
);

function read<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

export const readMachine = (text: string): MachineState | null => read(storedMachine, text);
export const readCommand = (text: string): Command | null => read(command, text);
export const readDiagnosis = (text: string): Diagnosis | null => read(diagnosis, text);
export const readRun = (text: string): Run | null => read(run, text);
export const readRunMachine = (text: string): RunMachine | null => read(runMachine, text);
export const readOrder = (text: string): OrderRecord | null => read(orderRecord, text);
export const readPeer = (text: string): Peer | null => read(peer, text);
export const readReason = (text: string): CloseReason | null => read(reason, text);
export const readFinding = (text: string): Finding | null => read(oneFinding, text);
export const readFindings = (text: string): readonly Finding[] | null => read(someFindings, text);
