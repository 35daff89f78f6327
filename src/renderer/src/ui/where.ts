import type { Adapter } from '#shared/model/listener';

export const everywhere = ['0.0.0.0', '::'];

/** `192.168.1.20:9700`, `[::1]:9700`. */
export function hostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** `192.168.1.20:9700 (Ethernet)` for a known adapter. */
export function named(host: string, port: number, adapters: readonly Adapter[]): string {
  const adapter = adapters.find(({ address }) => address === host);
  return adapter === undefined ? hostPort(host, port) : `${hostPort(host, port)} (${adapter.name})`;
}

/** An IPv4 or IPv6 address; the main process validates it again. */
export function isAddress(host: string): boolean {
  if (/^\d+(\.\d+){3}$/.test(host))
    return host.split('.').every((part) => Number(part) <= 255 && String(Number(part)) === part);
  return host.includes(':') && /^[0-9a-f:.]+$/i.test(host);
}
