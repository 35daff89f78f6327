/** Common schemas of the requests in several files. */
import { z } from 'zod';

export const nothing = z.undefined();
export const vmcNo = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
/** An opened capture by its number; left out: live data. */
export const capture = z.int().min(1).exactOptional();
/** Rows of a page. */
export const limit = z.int().min(1).max(500);
/** The last row of the previous page; `null`: the first page. */
export const before = z.int().min(1).nullable();
export const frameFilter = z.strictObject({
  vmcNo: vmcNo.nullable(),
  dir: z.enum(['in', 'out']).nullable(),
  cmd: z.string().max(64).nullable(),
  text: z.string().max(2_000),
});
