import { networkInterfaces } from 'node:os';
import type { Adapter } from '#shared/model/listener';

/**
 * This computer's addresses, loopback last, IPv4 before IPv6. Link-local IPv6
 * is left out because it cannot be entered in a machine.
 */
export function adapters(): readonly Adapter[] {
  const found: Adapter[] = [];
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    for (const { address, family, internal } of addresses ?? []) {
      if (address.startsWith('fe80:')) continue;
      found.push({ name, address, family: family === 'IPv6' ? 6 : 4, loopback: internal });
    }
  }
  return found.toSorted((a, b) => Number(a.loopback) - Number(b.loopback) || a.family - b.family);
}
