/** Requests about virtual machines. */
import { z } from 'zod';
import { answerings, misbehaviours } from '../../model/simulator';
import { result, type RequestRows, vmcNo } from '../request';

export const simulatorRequests = {
  simulate: {
    thread: 'desktop',
    scope: 'app',
    audit: 'args',
    args: z.strictObject({
      count: z.int().min(0).max(2_000),
      platform: z.enum(['linux', 'android', 'mixed']),
    }),
    result: result<null>(),
  },
  simulatorFault: {
    thread: 'desktop',
    scope: 'live',
    audit: 'args',
    args: z.strictObject({ vmcNo: vmcNo.nullable(), fault: z.enum(misbehaviours), on: z.boolean() }),
    result: result<null>(),
  },
  simulatorAnswers: {
    thread: 'desktop',
    scope: 'app',
    audit: 'args',
    args: z.strictObject({ vmcNo, answering: z.enum(answerings) }),
    result: result<null>(),
  },
} as const satisfies RequestRows;
