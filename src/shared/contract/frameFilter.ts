import { z } from 'zod';
import { vmcNo } from './vmcNo';

export const frameFilter = z.strictObject({
  vmcNo: vmcNo.nullable(),
  dir: z.enum(['in', 'out']).nullable(),
  cmd: z.string().max(64).nullable(),
  text: z.string().max(2_000),
});
