/** Requests about runs and procedures. */
import { z } from 'zod';
import { longestErrorText, mostMachinesOfRun, mostSteps } from '../../limits';
import type { Command } from '../../model/command';
import type { Run, RunMachine, RunPreview, StartedRun, StartedRuns, WayBack } from '../../model/run';
import { longestWait, ownSequence, ownText, runStep, type SequencesImport } from '../../model/sequence';
import { errorCodes } from '../errors';
import { result, type RequestRows, before, limit, nothing, vmcNo } from '../request';

const machinesOfRun = z.array(vmcNo).min(1).max(mostMachinesOfRun);
const stepsOfRun = z.array(runStep).min(1).max(mostSteps);
const leftOutOfRun = z
  .array(
    z.strictObject({
      vmcNo,
      step: z.int().min(0).max(mostSteps),
      error: z.strictObject({
        code: z.enum(errorCodes),
        params: z.record(z.string().max(64), z.union([z.string().max(1_000), z.number()])),
      }),
    }),
  )
  .max(mostMachinesOfRun);
const minuteOfDay = z.int().min(0).max(1_439);

export const runRequests = {
  /** The commands that each machine would get of these steps now; nothing is done. */
  previewRun: {
    thread: 'machines',
    scope: 'live',
    audit: false,
    args: z.strictObject({ machines: machinesOfRun, steps: stepsOfRun }),
    result: result<readonly RunPreview[]>(),
  },
  /** `machines` get it and `leftOut` don't, as the preview showed. If the start differs from the preview, the answer is `changed`. */
  startRun: {
    thread: 'machines',
    scope: 'live',
    audit: 'own',
    args: z.strictObject({
      /** The procedure's title; `null`: a batch command. */
      title: ownText.nullable(),
      steps: stepsOfRun,
      machines: machinesOfRun,
      /** Chosen machines that get nothing, with the reasons in the preview. */
      leftOut: leftOutOfRun,
      waves: z.strictObject({
        first: z.int().min(1).max(mostMachinesOfRun).nullable(),
        atOnce: z.int().min(1).max(mostMachinesOfRun).nullable(),
        pause: z.int().min(0).max(longestWait),
        stopAfter: z.int().min(1).max(mostMachinesOfRun).nullable(),
        stopShare: z.int().min(1).max(100).nullable(),
        hours: z.strictObject({ from: minuteOfDay, to: minuteOfDay }).nullable(),
      }),
    }),
    result: result<StartedRun>(),
  },
  /** A second `stop` also stops waiting for sent commands. */
  controlRun: {
    thread: 'machines',
    scope: 'app',
    audit: 'args',
    args: z.strictObject({ id: z.int().min(1), to: z.enum(['pause', 'resume', 'stop']) }),
    result: result<null>(),
  },
  /** A person's answer to the question of a waiting machine in a run; no: its steps stop there. */
  answerRun: {
    thread: 'machines',
    scope: 'app',
    audit: 'args',
    args: z.strictObject({ line: z.int().min(1), yes: z.boolean() }),
    result: result<null>(),
  },
  /** Commands of a run that are still on record. */
  runCommands: {
    thread: 'journal',
    scope: 'app',
    audit: false,
    args: z.strictObject({ run: z.int().min(1) }),
    result: result<readonly Command[]>(),
  },
  /** Starts another run of the same steps and waves, for the machines that ended without the result. For a run on record. */
  retryRun: {
    thread: 'machines',
    scope: 'live',
    audit: 'own',
    args: z.strictObject({ run: z.int().min(1) }),
    result: result<Run>(),
  },
  /** The packages that would restore each machine's version before this run; nothing is done. */
  wayBack: {
    thread: 'machines',
    scope: 'app',
    audit: false,
    args: z.strictObject({ run: z.int().min(1) }),
    result: result<WayBack>(),
  },
  /** Starts the rollback as it was shown, a run for each package, in the same waves. An open run must be paused or stopped first. */
  goBack: {
    thread: 'machines',
    scope: 'live',
    audit: 'own',
    args: z.strictObject({
      run: z.int().min(1),
      groups: z
        .array(
          z.strictObject({
            packageId: z.string().max(64),
            machines: z.array(vmcNo).max(mostMachinesOfRun),
            leftOut: leftOutOfRun,
          }),
        )
        .max(mostMachinesOfRun),
    }),
    result: result<StartedRuns>(),
  },
  /** A page, newest first. */
  runs: {
    thread: 'journal',
    scope: 'app',
    audit: false,
    args: z.strictObject({ before, limit }),
    result: result<readonly Run[]>(),
  },
  /** The machines of a run, in the order in which they were chosen. */
  runLines: {
    thread: 'journal',
    scope: 'app',
    audit: false,
    args: z.strictObject({ run: z.int().min(1) }),
    result: result<readonly RunMachine[]>(),
  },
  /** Keeps a sequence in place of the sequence with the name `before` (`null`: a new sequence). `null` instead of a sequence removes it. */
  keepSequence: {
    thread: 'desktop',
    scope: 'app',
    audit: 'own',
    args: z.strictObject({
      before: z.string().max(longestErrorText).nullable(),
      sequence: ownSequence.nullable(),
    }),
    result: result<null>(),
  },
  /** Asks for a place and writes the own procedures there; `null`: no place was chosen. */
  exportSequences: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    /** The name of the file. */
    result: result<string | null>(),
  },
  /** Asks for a file of procedures and imports the valid ones; `null`: no file was chosen. */
  importSequences: {
    thread: 'desktop',
    scope: 'app',
    audit: 'own',
    args: nothing,
    result: result<SequencesImport | null>(),
  },
} as const satisfies RequestRows;
