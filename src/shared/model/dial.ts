/** Machines that Crema calls, as some are reached through a serial server or a service port of their own. Times are ms since 1970. */
import { z } from 'zod';

/** That may be called at a time. */
export const mostDials = 20;

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
/** A name of letters, digits and hyphens, as DNS has them; a number alone is none. */
const hostName = new RegExp(`^(?!\\d+(?:\\.\\d+)*$)${label}(?:\\.${label})*$`, 'i');

export const dialTarget = z.strictObject({
  host: z.union([z.ipv4(), z.ipv6(), z.string().max(253).regex(hostName)]),
  /** TCP. */
  port: z.int().min(1).max(65_535),
});
export type DialTarget = z.infer<typeof dialTarget>;

/** connecting: it is being called. connected: the connection stands. waiting: it failed or ended, and is called again. */
export interface Dial extends DialTarget {
  readonly status: 'connecting' | 'connected' | 'waiting';
  /** When that became so. */
  readonly since: number;
  /** Waiting: when it is called again. */
  readonly nextAt: number | null;
  /** Calls in a row that came to nothing. */
  readonly failures: number;
  /** The system's code of the last that failed, such as ECONNREFUSED, or TIMEOUT; '': the connection ended. */
  readonly detail: string;
  /** Of the connection that stands. */
  readonly conn: number | null;
  /** Which machine has said its number on it; `null`: none has, as a serial server takes calls whatever is behind it. */
  readonly vmcNo: number | null;
}

export const isSameTarget = (a: DialTarget, b: DialTarget): boolean =>
  a.host.toLowerCase() === b.host.toLowerCase() && a.port === b.port;
