/** An address as it is typed. */
import { dialTarget, type DialTarget } from '#shared/model/dial';

export interface TypedTarget {
  readonly host: string;
  readonly port: string;
}

export const typedOf = (target: DialTarget | null): TypedTarget =>
  target === null ? { host: '', port: '' } : { host: target.host, port: String(target.port) };

/** The target; else which of both is wrong. `usualPort`: what an address without a port means; `null`: nothing. */
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
