/** Stored commands, diagnoses and runs. */
import { z } from 'zod';
import { commandNames, commands, type CommandName } from '../../commands/index';
import { sharedSteps } from '../../commands/kit/steps';
import { errorCodes } from '../../contract/errors';
import { ruleNames, ruleOf } from '../../diagnosis/index';
import type { Command, StepName } from '../command';
import type { Diagnosis } from '../diagnosis';
import type { JsonObject } from '../json';
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
} from '../run';
import { ownText, storedRunStep } from '../sequence';
import { address, isObject, number, params, platform, read, time, vmcNo } from './values';

const stepsOf = (name: CommandName): object => commands[name].steps;
const command: z.ZodType<Command> = z.lazy(() =>
  z
    .object({
      id: number,
      vmcNo,
      name: z.enum(commandNames),
      line: number.exactOptional(),
      from: z.object({ request: z.string(), person: z.string(), computer: z.string() }).exactOptional(),
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

export const storedCommand = command;
export const readCommand = (text: string): Command | null => read(command, text);
export const readDiagnosis = (text: string): Diagnosis | null => read(diagnosis, text);
export const readRun = (text: string): Run | null => read(run, text);
export const readRunMachine = (text: string): RunMachine | null => read(runMachine, text);
