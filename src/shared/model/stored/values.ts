/**
 * Validates JSON that an earlier launch wrote. A single changed byte on disk must not pass for a machine's message, nor prevent a start.
 * Invalid values become `null`, and the reader sets them aside. Schemas are `lazy`, so a thread builds only those that it needs, on first use.
 * Lazy schemas are never nested, because zod would treat them as recursive.
 */
import { z } from 'zod';
import { findings } from '../../findings';
import { closeReasons, type CloseReason } from '../closeReasons';
import { dialTarget } from '../dial';
import type { Peer } from '../frame';
import type { JsonObject } from '../json';
import type { Evident, ReportedState } from '../machine';
import { relayedAs } from '../relay';

const keysOf = <Key extends string>(table: Readonly<Record<Key, unknown>>): readonly Key[] =>
  Object.keys(table) as Key[];

export const number = z.int().min(0);
export const vmcNo = z.int();
export const time = z.number();
export const params = z.record(z.string(), z.union([z.string(), z.number()]));
export const heard = z.object({ at: time, sequence: number.nullable() });
export const evident = <T>(value: z.ZodType<T>): z.ZodType<Evident<T>> =>
  z.object({ value, at: time, entry: number });
export const reportedState = <T>(value: z.ZodType<T>): z.ZodType<ReportedState<T>> =>
  z.object({
    value,
    at: time,
    entry: number,
    again: z.object({ at: time, entry: number }).exactOptional(),
    unconfirmed: z.literal(true).exactOptional(),
  });

const port = number.max(65_535);
/** An IP address, or that of `unknownPeer`. */
export const address = z.string().regex(/^(?:[\da-fA-F.:]+(?:%\S+)?|\?)$/);
export const peer: z.ZodType<Peer> = z.lazy(() =>
  z.object({
    remoteAddress: address,
    remotePort: port,
    localAddress: address,
    localPort: port,
    dialled: z.literal(true).exactOptional(),
    relay: z.strictObject({ ...dialTarget.shape, is: z.enum(relayedAs) }).exactOptional(),
  }),
);
export const reason: z.ZodType<CloseReason> = z.enum(keysOf(closeReasons));
export const findingCode = z.enum(keysOf(findings));
export const platform = z.enum(['linux', 'android']).nullable();

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function read<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
