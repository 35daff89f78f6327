/**
 * The network between one machine and the server, in virtual time. Each direction delivers in order after a latency.
 * A dead direction keeps the data and delivers it together once it is alive again, as TCP does. Ends travel like bytes.
 */
import type { SocketEnd } from '#shared/model/closeReasons';
import type { Random } from '../../src/main/tools/simulator/random';
import type { Dial, Transport, TransportEvents } from '../../src/main/tools/simulator/transport';
import type { VirtualClock } from './clock';

/** Kinds of trouble; all but the last two last for a time. */
export const troubles = [
  'dead', // nothing passes either way: a cable, a switch, Wi-Fi
  'toMachineDead', // the machine's frames pass, ours do not
  'toServerDead', // ours pass, the machine's do not
  'refused', // new connections are refused; existing ones continue
  'cutForServer', // a box between resets the server's side; the machine notices nothing
  'cutForBoth', // it resets both sides
] as const;
export type Trouble = (typeof troubles)[number];

/** The server's end of one connection. */
interface ServerEnd {
  received(bytes: Uint8Array): void;
  ended(how: SocketEnd): void;
}
/** The server's use of its end. */
interface ServerSide {
  readonly address: string;
  write(bytes: Uint8Array): void;
  end(): void;
}
export type Accept = (side: ServerSide) => ServerEnd;

type Item = { readonly bytes: Uint8Array } | { readonly end: SocketEnd };

/** One direction of a connection. */
class Direction {
  readonly #network: Network;
  readonly #isDead: () => boolean;
  readonly #deliver: (items: readonly Item[]) => void;
  #held: Item[] = [];
  #lastAt = 0;

  constructor(network: Network, isDead: () => boolean, deliver: (items: readonly Item[]) => void) {
    this.#network = network;
    this.#isDead = isDead;
    this.#deliver = deliver;
  }

  send(item: Item): void {
    if (this.#isDead() || this.#held.length > 0) {
      this.#held.push(item);
      return;
    }
    const { clock } = this.#network;
    // In order, even if latencies differ.
    const at = Math.max(clock.now() + this.#network.latency(), this.#lastAt);
    this.#lastAt = at;
    clock.after(at - clock.now(), () => {
      if (this.#isDead()) this.#held.push(item);
      else this.#deliver([item]);
    });
  }

  heal(): void {
    if (this.#isDead() || this.#held.length === 0) return;
    const items = this.#held;
    this.#held = [];
    this.#network.clock.after(this.#network.latency(), () => {
      if (this.#isDead()) this.#held.unshift(...items);
      else this.#deliver(items);
    });
  }
}

/** Bytes that arrive together are one read. */
function joined(items: readonly Item[]): readonly Item[] {
  const out: Item[] = [];
  let bytes: Uint8Array[] = [];
  const flush = (): void => {
    if (bytes.length > 0)
      out.push({ bytes: bytes.length === 1 && bytes[0] ? bytes[0] : Buffer.concat(bytes) });
    bytes = [];
  };
  for (const item of items) {
    if ('bytes' in item) bytes.push(item.bytes);
    else {
      flush();
      out.push(item);
    }
  }
  flush();
  return out;
}

export class Network {
  readonly clock: VirtualClock;
  readonly #random: Random;
  readonly #lines = new Set<Line>();
  /** The number of current troubles of each kind: they may overlap. */
  readonly #holding = new Map<Trouble, number>();
  /** ms, the usual latency one way. */
  readonly #base: number;

  constructor(clock: VirtualClock, random: Random) {
    this.clock = clock;
    this.#random = random;
    this.#base = random.int(1, 40);
  }

  /** Mostly the usual, now and then a second or more. */
  latency(): number {
    return this.#random.chance(0.01) ? this.#random.int(500, 2_000) : this.#base + this.#random.int(0, 9);
  }

  has(...kinds: readonly Trouble[]): boolean {
    return kinds.some((kind) => (this.#holding.get(kind) ?? 0) > 0);
  }

  /** `ms`: how long it lasts; a cut is over at once. */
  trouble(kind: Trouble, ms: number): void {
    if (kind === 'cutForServer' || kind === 'cutForBoth') {
      for (const line of this.#lines) line.cut(kind === 'cutForBoth');
      return;
    }
    this.#holding.set(kind, (this.#holding.get(kind) ?? 0) + 1);
    this.clock.after(ms, () => {
      this.#holding.set(kind, (this.#holding.get(kind) ?? 1) - 1);
      for (const line of this.#lines) line.heal();
    });
  }

  /** How machines connect. `address`: where they come from. */
  dialler(accept: Accept, address: string): Dial {
    return (events) => new Line(this, events, accept, address, this.#lines).transport;
  }
}

class Line {
  readonly #network: Network;
  readonly #events: TransportEvents;
  readonly #lines: Set<Line>;
  readonly #toServer: Direction;
  readonly #toMachine: Direction;
  #server: ServerEnd | null = null;
  #isMachineOpen = true;
  #isServerOpen = false;

  constructor(network: Network, events: TransportEvents, accept: Accept, address: string, lines: Set<Line>) {
    this.#network = network;
    this.#events = events;
    this.#lines = lines;
    this.#toServer = new Direction(
      network,
      () => network.has('dead', 'toServerDead'),
      (items) => this.#atServer(items),
    );
    this.#toMachine = new Direction(
      network,
      () => network.has('dead', 'toMachineDead'),
      (items) => this.#atMachine(items),
    );
    network.clock.after(network.latency() * 2, () => this.#connect(accept, address));
  }

  #connect(accept: Accept, address: string): void {
    if (!this.#isMachineOpen) return;
    // An unanswered call ends when the machine gives up.
    if (this.#network.has('dead', 'toMachineDead', 'toServerDead')) return;
    if (this.#network.has('refused')) {
      this.#isMachineOpen = false;
      this.#events.closed();
      return;
    }
    this.#lines.add(this);
    this.#isServerOpen = true;
    this.#server = accept({
      address,
      write: (bytes) => this.#toMachine.send({ bytes: Uint8Array.from(bytes) }),
      end: () => {
        if (!this.#isServerOpen) return;
        this.#isServerOpen = false;
        this.#toMachine.send({ end: 'end' });
        this.#forget();
      },
    });
    this.#events.opened(40_000);
  }

  readonly transport: Transport = {
    write: (bytes) => {
      if (this.#isMachineOpen) this.#toServer.send({ bytes: Uint8Array.from(bytes) });
      return true;
    },
    end: () => this.#leave('end'),
    reset: () => this.#leave('reset'),
  };

  #leave(how: SocketEnd): void {
    if (!this.#isMachineOpen) return;
    this.#isMachineOpen = false;
    if (this.#server !== null) this.#toServer.send({ end: how });
    this.#forget();
  }

  heal(): void {
    this.#toServer.heal();
    this.#toMachine.heal();
  }

  /** A box between the two forgets the connection. */
  cut(forBoth: boolean): void {
    if (this.#isServerOpen) {
      this.#isServerOpen = false;
      this.#server?.ended('reset');
    }
    if (forBoth && this.#isMachineOpen) {
      this.#isMachineOpen = false;
      this.#events.closed();
    }
    this.#forget();
  }

  #forget(): void {
    if (!this.#isMachineOpen && !this.#isServerOpen) this.#lines.delete(this);
  }

  #atServer(items: readonly Item[]): void {
    for (const item of joined(items)) {
      // A closed end answers data with a reset.
      if (!this.#isServerOpen) {
        if ('bytes' in item) this.#toMachine.send({ end: 'reset' });
        return;
      }
      if ('bytes' in item) this.#server?.received(item.bytes);
      else {
        this.#isServerOpen = false;
        this.#server?.ended(item.end);
        this.#forget();
      }
    }
  }

  #atMachine(items: readonly Item[]): void {
    for (const item of joined(items)) {
      if (!this.#isMachineOpen) {
        if ('bytes' in item) this.#toServer.send({ end: 'reset' });
        return;
      }
      if ('bytes' in item) this.#events.received(item.bytes);
      else {
        // Our end of its socket stays until its program closes it, which may never be.
        this.#events.closed();
        if (item.end === 'reset') this.#isMachineOpen = false;
        this.#forget();
      }
    }
  }
}
