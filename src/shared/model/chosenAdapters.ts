/** The adapters that a person chose for machines and their downloads: by name, as an address may change, and with the address that each had. */
import { z } from 'zod';
import type { AdapterLink } from './arrivals';
import type { ListenAt } from './listener';

export const mostAdapters = 8;

export const chosenAdapter = z.strictObject({
  name: z.string().min(1).max(256),
  host: z.union([z.ipv4(), z.ipv6()]),
});
export type ChosenAdapter = z.infer<typeof chosenAdapter>;

/** Where a listener with this address listens: where that is a chosen adapter's, at those of all of them. */
export function listenAtOf(
  { host, port }: Pick<ListenAt, 'host' | 'port'>,
  chosen: readonly ChosenAdapter[],
): ListenAt {
  const hosts = chosen.map((one) => one.host);
  return { host, port, others: hosts.includes(host) ? hosts.filter((other) => other !== host) : [] };
}

/** A chosen adapter that has another address than it had. */
export interface AdapterMove {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** One that an adapter gave itself says only that nobody has given it another. */
export const isSelfGiven = (address: string): boolean => address.startsWith('169.254.');

export function adapterMoves(
  chosen: readonly ChosenAdapter[],
  network: readonly AdapterLink[],
): readonly AdapterMove[] {
  const present = new Set(network.flatMap(({ addresses }) => addresses));
  const taken = new Set(chosen.map(({ host }) => host));
  return chosen.flatMap(({ name, host: from }) => {
    // Of IPv6 addresses nothing is told there.
    if (present.has(from) || from.includes(':')) return [];
    const adapter = network.find((one) => one.name === name);
    const to = adapter?.addresses.find((address) => !taken.has(address) && !isSelfGiven(address));
    return to === undefined ? [] : { name, from, to };
  });
}
