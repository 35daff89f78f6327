/** Requests about machines: their state, and the data that people store for each. */
import { z } from 'zod';
import { codePattern, photoLimits } from '../../limits';
import { machineSettingRows } from '../../model/machineSettings';
import { patchOf } from '../../model/settingRow';
import type { Snapshot } from '../feed';
import { result, type RequestRows, nothing, vmcNo } from '../request';
import type { MachineDetail } from '../detail';

export const machinesRequests = {
  snapshot: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    result: result<Snapshot>(),
  },
  /** The machine that this window follows in detail; `null` for no machine. */
  watchMachine: {
    thread: 'desktop',
    scope: 'source',
    audit: false,
    args: z.strictObject({ vmcNo: vmcNo.nullable() }),
    result: result<MachineDetail | null>(),
  },
  disconnect: {
    thread: 'machines',
    scope: 'live',
    audit: 'args',
    args: z.strictObject({ vmcNo }),
    result: result<null>(),
  },
  /** Removes an offline machine from the list. */
  forgetMachine: {
    thread: 'machines',
    scope: 'live',
    audit: 'args',
    args: z.strictObject({ vmcNo }),
    result: result<null>(),
  },
  /** Removes offline machines from the list that never logged in and have no stored data: at most as many as the question named. */
  forgetStrangers: {
    thread: 'machines',
    scope: 'app',
    audit: 'own',
    args: z.strictObject({ most: z.int().min(1).max(100_000) }),
    result: result<{ readonly forgotten: number }>(),
  },
  setMachine: {
    thread: 'desktop',
    scope: 'live',
    audit: 'own',
    args: z.strictObject({ vmcNo, patch: patchOf(machineSettingRows) }),
    result: result<null>(),
  },
  /** 8 characters [doc] without white space; `null` removes the stored code. */
  setMachineCode: {
    thread: 'desktop',
    scope: 'live',
    audit: 'own',
    args: z.strictObject({ vmcNo, code: z.string().regex(codePattern).nullable() }),
    result: result<null>(),
  },
  /** A JPEG that the window makes of any picture; `null` removes it. */
  setMachinePhoto: {
    thread: 'desktop',
    scope: 'live',
    audit: 'own',
    args: z.strictObject({
      vmcNo,
      picture: z
        .instanceof(Uint8Array)
        .refine((bytes) => bytes.length <= photoLimits.bytes)
        .nullable(),
    }),
    result: result<null>(),
  },
} as const satisfies RequestRows;
