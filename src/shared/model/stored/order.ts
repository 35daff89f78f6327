/** Stored orders: of a machine's state, and of the journal. */
import { z } from 'zod';
import type { OrderRecord } from '../history';
import type { Order } from '../order';
import { evident, number, read, time, vmcNo } from './values';

const repeated = () =>
  z.object({
    times: number,
    first: evident(z.literal(true)),
    last: evident(z.literal(true)),
  });
export const ordered = { at: time, entry: number, by: z.enum(['crema', 'server']) };
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
export const order = (): z.ZodType<Order> => z.object(orderMembers());
const orderRecord: z.ZodType<OrderRecord> = z.lazy(() =>
  z.object({
    ...orderMembers(),
    vmcNo,
    isVirtual: z.boolean().default(false),
  }),
);

export const readOrder = (text: string): OrderRecord | null => read(orderRecord, text);
