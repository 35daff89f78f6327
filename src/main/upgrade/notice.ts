/** android's report that a command ended: GET /api/control/notify [field]. Its `sign` is not checked: nothing hangs on it alone. */
import { z } from 'zod';
import type { ControlNotice } from '#shared/model/upgrade';

const schema = z.object({
  vmc: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
  sessionId: z.string().min(1).max(200),
  status: z.string().regex(/^-?\d{1,9}$/),
  reason: z.string().max(1_000).default(''),
});

/** `null`: a parameter is missing or no number. */
export function readNotice(query: URLSearchParams, at: number, remoteAddress: string): ControlNotice | null {
  const parsed = schema.safeParse(Object.fromEntries(query));
  if (!parsed.success) return null;
  const { vmc, sessionId, status, reason } = parsed.data;
  const done = Number(status) === 1;
  return { vmcNo: vmc, sessionId, done, reason: done ? null : reason, at, remoteAddress };
}
