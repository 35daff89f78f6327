/** Outbound connections: machines that Crema connects to, for example through a serial server or a service port. Times are ms since 1970. */
import { z } from 'zod';

/** Limit of outbound connections. */
export const mostDials = 20;

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
/** A DNS name of letters, digits and hyphens. A number alone is not a name. */
const hostName = new RegExp(`^(?!\\d+(?:\\.\\d+)*$)${label}(?:\\.${label})*$`, 'i');

export const dialTarget = z.strictObject({
  host: z.union([z.ipv4(), z.ipv6(), z.string().max(253).regex(hostName)]),
  /** TCP. */
  port: z.int().min(1).max(65_535),
});
export type DialTarget = z.infer<typeof dialTarget>;

/** Failures of an outbound connection that have a text: system error codes, and our own TIMEOUT and SELF (Crema's own listener). */
export const connectErrors = [
  'ECONNREFUSED',
  'TIMEOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'SELF',
] as const;

/** connecting: in progress. connected: established. waiting: failed or ended, and will be retried. */
export interface Dial extends DialTarget {
  readonly status: 'connecting' | 'connected' | 'waiting';
  /** Start of the status. */
  readonly since: number;
  /** Waiting: time of the next attempt. */
  readonly nextAt: number | null;
  /** Number of consecutive failures. */
  readonly failures: number;
  /** The last failure: one of `connectErrors`, or another system error code; '': the connection ended. */
  readonly detail: string;
  /** The established connection. */
  readonly conn: number | null;
  /** The machine on the connection; `null`: unknown, because a serial server accepts connections with or without a machine behind it. */
  readonly vmcNo: number | null;
}

export const isSameTarget = (a: DialTarget, b: DialTarget): boolean =>
  a.host.toLowerCase() === b.host.toLowerCase() && a.port === b.port;
