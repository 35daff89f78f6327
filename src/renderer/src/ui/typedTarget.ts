/** Parsing of a typed address. */
import { dialTarget, type DialTarget } from '#shared/model/dial';

export interface TypedTarget {
  readonly host: string;
  readonly port: string;
}

export const typedOf = (target: DialTarget | null): TypedTarget =>
  target === null ? { host: '', port: '' } : { host: target.host, port: String(target.port) };

/** The target, or which field is invalid. `usualPort`: the port of an address without one; `null`: a port is required. */
export function readTarget(
  { host, port }: TypedTarget,
  usualPort: number | null,
): DialTarget | 'host' | 'port' {
  if (!dialTarget.shape.host.safeParse(host.trim()).success) return 'host';
  const digits = port.trim() === '' && usualPort !== null ? String(usualPort) : port.trim();
  const number = /^\d{1,5}$/.test(digits) ? Number(digits) : Number.NaN;
  const target = dialTarget.safeParse({ host: host.trim(), port: number });
  return target.success ? target.data : 'port';
}
