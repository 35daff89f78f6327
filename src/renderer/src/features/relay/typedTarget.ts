/** An address as it is typed. */
import { dialTarget, type DialTarget } from '#shared/model/dial';

export interface TypedTarget {
  readonly host: string;
  readonly port: string;
}

export const typedOf = (target: DialTarget | null): TypedTarget =>
  target === null ? { host: '', port: '' } : { host: target.host, port: String(target.port) };

/** The target; else which of both is wrong. */
export function readTarget({ host, port }: TypedTarget): DialTarget | 'host' | 'port' {
  if (!dialTarget.shape.host.safeParse(host.trim()).success) return 'host';
  const number = /^\d{1,5}$/.test(port.trim()) ? Number(port) : Number.NaN;
  const target = dialTarget.safeParse({ host: host.trim(), port: number });
  return target.success ? target.data : 'port';
}
