/** Input members that several commands share. */
import { z } from 'zod';

export const nothing = z.strictObject({});
export const orderNo = z.string().trim().min(1).max(128);
export const payType = z.string().trim().min(1).max(32);
/** fen */
export const amount = z.int().min(0).max(10_000_000);

export const minute = 60_000;
export const day = 24 * 60 * minute;
