/** The address to enter in a machine: where Crema listens, or else where it should. */
import type { AdapterKind, AdapterLink } from './model/arrivals';
import { isSelfGiven } from './model/chosenAdapters';
import { listensAt, type Adapter, type ListenerState } from './model/listener';

export interface AddressToType {
  readonly address: string;
  readonly port: number;
  readonly adapter: Adapter;
  readonly isListening: boolean;
}

interface AddressFacts {
  readonly listener: ListenerState;
  readonly adapters: readonly Adapter[];
  readonly network: readonly AdapterLink[];
  /** The port until an address is chosen. */
  readonly usualPort: number;
}

/** Machines are more often reached through these. */
const kinds: readonly AdapterKind[] = ['ethernet', 'wifi', 'unknown', 'virtual', 'tunnel'];

/** `null`: no address of this computer can be reached by a machine. */
export function addressToType({
  listener,
  adapters,
  network,
  usualPort,
}: AddressFacts): AddressToType | null {
  const port = listener.status === 'off' ? usualPort : listener.port;
  const candidates = adapters.flatMap((adapter) => {
    const { address, family, loopback, name } = adapter;
    const isListening = listensAt(listener, address);
    const link = network.find((one) => one.name === name);
    // An IPv6 address is offered only if a person has chosen it.
    const isUseful = !loopback && (family === 4 || isListening) && (isListening || !isSelfGiven(address));
    if (!isUseful) return [];
    const rank = [
      Number(!isListening),
      Number(isSelfGiven(address)),
      Number(family === 6),
      Number(link?.link === 'down'),
      kinds.indexOf(link?.kind ?? 'unknown'),
    ];
    return [{ rank, found: { address, port, adapter, isListening } }];
  });
  return candidates.toSorted((a, b) => compared(a.rank, b.rank))[0]?.found ?? null;
}

function compared(a: readonly number[], b: readonly number[]): number {
  for (const [i, value] of a.entries()) if (value !== b[i]) return value - (b[i] ?? 0);
  return 0;
}
