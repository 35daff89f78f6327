/** The adapters chosen for machines and their downloads: by name, because addresses may change, with their address at that time. */
import { z } from 'zod';
import type { AdapterLink } from './arrivals';
import type { ListenAt } from './listener';

export const mostAdapters = 8;

export const chosenAdapter = z.strictObject({
  name: z.string().min(1).max(256),
  host: z.union([z.ipv4(), z.ipv6()]),
});
export type ChosenAdapter = z.infer<typeof chosenAdapter>;

/** The addresses of a listener: if its address is a chosen adapter's, those of all chosen adapters. */
export function listenAtOf(
  { host, port }: Pick<ListenAt, 'host' | 'port'>,
  chosen: readonly ChosenAdapter[],
): ListenAt {
  const hosts = chosen.map((one) => one.host);
  return { host, port, others: hosts.includes(host) ? hosts.filter((other) => other !== host) : [] };
}

/** A chosen adapter whose address has changed. */
export interface AdapterMove {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** A self-assigned address only shows that no server has assigned one. */
export const isSelfGiven = (address: string): boolean => address.startsWith('169.254.');

export function adapterMoves(
  chosen: readonly ChosenAdapter[],
  network: readonly AdapterLink[],
): readonly AdapterMove[] {
  const present = new Set(network.flatMap(({ addresses }) => addresses));
  const taken = new Set(chosen.map(({ host }) => host));
  return chosen.flatMap(({ name, host: from }) => {
    // IPv6 addresses are not listed there.
    if (present.has(from) || from.includes(':')) return [];
    const adapter = network.find((one) => one.name === name);
    const to = adapter?.addresses.find((address) => !taken.has(address) && !isSelfGiven(address));
    return to === undefined ? [] : { name, from, to };
  });
}
