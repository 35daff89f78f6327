/** Detects which connections of a capture belong to machines, and which end is the machine. */
import { speakerOf } from '#shared/messages/lookup';
import type { Direction } from '#shared/model/wire';
import type { Endpoint } from '../segment';

/** An end of the connection: 0 or 1, in the order of the first packet. */
export type Side = 0 | 1;

/** The default server ports: the port that machines append, and Crema's earlier default. */
const usualPorts: ReadonlySet<number> = new Set([4567, 9700]);
/** Limit of remembered servers. */
const maxServers = 1_000;
/** A connection with this many bytes and no message uses another protocol. */
const maxBytes = 16_384;

/** The sender of a command; unknown commands with the suffix `_r` are replies of the server [doc, field]. */
const senderOf = (name: string): Direction | null => speakerOf(name) ?? (/_r$/i.test(name) ? 'out' : null);
const command = /"cmd"\s*:\s*"([^"]{1,40})"/g;
/** HTTP may carry such JSON too. */
const otherProtocol = /^(?:GET|POST|PUT|HEAD|PATCH|DELETE|OPTIONS|CONNECT|HTTP\/1)\b/;

export interface Payload {
  readonly side: Side;
  readonly text: string;
}

export class Sides {
  readonly #port: number | null;
  readonly #servers = new Set<string>();

  /** `port`: only connections to this port belong to machines; `null`: the sides are detected. */
  constructor(port: number | null) {
    this.#port = port;
  }

  /** By the ends alone. `null`: the payloads decide; `foreign`: not a machine's connection. */
  byEnds(ends: readonly [Endpoint, Endpoint], opener: Side | null): Side | 'foreign' | null {
    const isMachines = (port: number): boolean =>
      this.#port === null ? usualPorts.has(port) : port === this.#port;
    const [toFirst, toSecond] = ends.map(({ port }) => isMachines(port));
    if (toFirst === true && toSecond === true) return opener ?? 0;
    if (toFirst === true) return 1;
    if (toSecond === true) return 0;
    if (this.#port !== null) return 'foreign';
    if (this.#servers.has(nameOf(ends[1]))) return 0;
    return this.#servers.has(nameOf(ends[0])) ? 1 : null;
  }

  /** By the commands in the payloads so far. */
  byCommands(
    ends: readonly [Endpoint, Endpoint],
    opener: Side | null,
    payloads: readonly Payload[],
  ): Side | 'foreign' | null {
    const texts = [0, 1].map((side) =>
      payloads
        .filter((one) => one.side === side)
        .map((one) => one.text)
        .join(''),
    );
    if (texts.some((text) => otherProtocol.test(text))) return 'foreign';
    const commands = texts.map((text) => [...text.matchAll(command)].map(([, name]) => name ?? ''));
    if (commands.every((list) => list.length === 0)) {
      return texts.join('').length > maxBytes ? 'foreign' : null;
    }
    const side = opener ?? machineSide(commands) ?? byPort(ends) ?? (commands[0]?.length === 0 ? 1 : 0);
    const server = ends[side === 0 ? 1 : 0];
    if (this.#servers.size < maxServers) this.#servers.add(nameOf(server));
    return side;
  }
}

function nameOf({ address, port }: Endpoint): string {
  return `${address} ${port}`;
}

/** The side whose commands are a machine's. Both sides send heartbeats. */
function machineSide(sent: readonly (readonly string[])[]): Side | null {
  const score = (list: readonly string[] = []): number =>
    list.reduce((sum, name) => {
      const by = senderOf(name);
      return by === null ? sum : by === 'in' ? sum + 1 : sum - 1;
    }, 0);
  const balance = score(sent[0]) - score(sent[1]);
  return balance === 0 ? null : balance > 0 ? 0 : 1;
}

/** Systems assign ports from 32768 on to clients. */
function byPort(ends: readonly [Endpoint, Endpoint]): Side | null {
  const [first, second] = ends.map(({ port }) => port >= 32_768);
  return first === second ? null : first === true ? 0 : 1;
}
