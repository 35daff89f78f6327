/** All machine connections: accepts sockets, numbers them, and lets the newer of two with one machine number win. */
import { createServer, type Server, type Socket } from 'node:net';
import type { SelfTest } from '#shared/model/arrivals';
import { isTurnedAway, type DirectLink } from '#shared/model/directLink';
import type { Crowd } from '#shared/model/listener';
import type { CloseReason } from '#shared/model/closeReasons';
import type { Entry, Peer } from '#shared/model/frame';
import type { WireMessage } from '#shared/model/message';
import { answer, type AnswerContext } from '../session/connection/answer';
import { Claims, type Claimant } from '../session/connection/claims';
import { ConnectionCore } from '../session/connection/core';
import type { Policy } from '../session/connection/policy';
import { Alarms } from './alarms';
import { Connection, type ConnectionDeps } from './connection';
import type { SocketOptions } from './dialler';
import { Room } from './room';
import { SelfTests } from './selfTests';
import { Turns } from './turns';
import { Unsent } from './unsent';

export interface MachineServerDeps
  extends Pick<ConnectionDeps, 'now' | 'keep' | 'fold' | 'problem'>, AnswerContext {
  readonly connection: (conn: number) => Claimant | undefined;
  /** A person knows the machine: it never gives way to others. */
  readonly isKnown: (vmcNo: number) => boolean;
  /** There was no room, and somebody was turned away. */
  readonly crowded: (crowd: Crowd) => void;
  /** More was recorded than is written: who has more to say waits until `goOn`. Left out: never. */
  readonly isBehind?: () => boolean;
}

export interface MachineServerOptions {
  /** The newest connection number already in the journal. */
  readonly lastConn?: number;
  readonly places?: number | undefined;
}

/** Connections that stand at once: a laptop serves a site, and a port scan must not eat its memory. */
const usualPlaces = 10_000;
/** A machine's answer is never held back to be joined with others, and a machine that vanished is noticed. */
export const socketOptions: SocketOptions = {
  noDelay: true,
  keepAlive: true,
  keepAliveInitialDelay: 30_000,
  // What came before a FIN is answered before we end it too.
  allowHalfOpen: true,
  // Bytes that Node keeps of one connection before it reads no more, and before its writes count as not taken.
  highWaterMark: 16_384,
};

export class MachineServer {
  readonly #deps: ConnectionDeps;
  readonly #policy: Policy;
  readonly #connections = new Map<number, Connection>();
  readonly #claims: Claims;
  readonly #room: Room<Connection>;
  readonly #turns: Turns;
  readonly #crowded: MachineServerDeps['crowded'];
  readonly #selfTests = new SelfTests();
  #turnedAway = 0;
  #lastConn: number;

  constructor(deps: MachineServerDeps, { lastConn = 0, places = usualPlaces }: MachineServerOptions = {}) {
    this.#lastConn = lastConn;
    this.#room = new Room(places, deps.isKnown, deps.now);
    this.#crowded = deps.crowded;
    this.#turns = new Turns(deps.isBehind);
    this.#policy = answer(deps);
    this.#claims = new Claims(deps.connection);
    this.#deps = {
      now: deps.now,
      keep: deps.keep,
      fold: deps.fold,
      problem: deps.problem,
      alarms: new Alarms(deps.now),
      turns: this.#turns,
      unsent: new Unsent(),
      claim: (claim) => {
        const outcome = this.#claims.claim(claim, deps.now());
        const claimant = this.#connections.get(claim.conn);
        if (claimant !== undefined) this.#room.named(claimant);
        if (outcome.replaced !== null) this.#connections.get(outcome.replaced)?.close('replaced');
        return outcome;
      },
      ended: (connection) => {
        this.#connections.delete(connection.conn);
        this.#room.leave(connection);
        if (connection.vmcNo !== null) this.#claims.release(connection.vmcNo, connection.conn);
      },
    };
  }

  /** A server whose connections are ours; where it listens is the listener's business. */
  createServer(): Server {
    return createServer(socketOptions, (socket) => this.#accept(socket));
  }

  #accept(socket: Socket): void {
    const { remoteAddress, remotePort, localAddress, localPort } = socket;
    // Reset before it was accepted: there is nobody to talk to and nothing was read.
    if (
      remoteAddress === undefined ||
      remotePort === undefined ||
      localAddress === undefined ||
      localPort === undefined
    ) {
      socket.destroy();
      return;
    }
    if (this.#selfTests.takes(socket)) return;
    this.#serve(socket, {
      remoteAddress: plainAddress(remoteAddress),
      remotePort,
      localAddress: plainAddress(localAddress),
      localPort,
    });
  }

  /** Serves the machine at the other end of a connection that we made; gives its number, `null` where it has no place, or is gone. */
  serveDialled(socket: Socket): number | null {
    const { remoteAddress, remotePort, localAddress, localPort } = socket;
    if (remoteAddress === undefined || remotePort === undefined) return null;
    const peer = {
      remoteAddress: plainAddress(remoteAddress),
      remotePort,
      localAddress: plainAddress(localAddress ?? ''),
      localPort: localPort ?? 0,
      dialled: true,
    } as const;
    return this.#serve(socket, peer);
  }

  #serve(socket: Socket, peer: Peer): number | null {
    if (this.#connections.size >= this.#room.places && !this.#makeRoom(peer.remoteAddress)) {
      socket.destroy();
      return null;
    }
    this.#lastConn += 1;
    const core = new ConnectionCore(this.#lastConn, peer, this.#policy, this.#deps.now());
    const connection = new Connection(socket, core, this.#deps);
    this.#connections.set(connection.conn, connection);
    this.#room.enter(connection);
    return connection.conn;
  }

  /** False: every place is taken by a machine that a person knows. */
  #makeRoom(newcomer: string): boolean {
    const { places } = this.#room;
    const victim = this.#room.victim();
    const { held, address } =
      victim === null ? { held: 0, address: newcomer } : { held: victim.held, address: victim.network };
    this.#turnedAway += 1;
    this.#crowded({ places, address, held, turnedAway: this.#turnedAway, at: this.#deps.now() });
    victim?.guest.close('crowded', { code: 'link.crowded', params: { places, held } });
    return victim !== null;
  }

  /** The open connection of a machine. */
  connectionOf(vmcNo: number): Connection | undefined {
    const conn = this.#claims.holder(vmcNo);
    return conn === undefined ? undefined : this.#connections.get(conn);
  }

  /** Connects to an address of this computer, as a machine would. Nothing of it is recorded. */
  testSelf(host: string, port: number): Promise<SelfTest> {
    return this.#selfTests.run(host, port);
  }

  connection(conn: number): Connection | undefined {
    return this.#connections.get(conn);
  }

  /** Open connections that have not said a machine number. */
  unnamed(): readonly Connection[] {
    return [...this.#connections.values()].filter((connection) => connection.vmcNo === null);
  }

  /** As Connection.send; `null` also when the machine is not connected. */
  send(vmcNo: number, message: WireMessage): Entry | null {
    return this.connectionOf(vmcNo)?.send(message) ?? null;
  }

  /** Lets go of every machine but that of the direct link, and of those that did not come by one of these addresses of this computer. */
  closeOthers(link: DirectLink, comesBy: (address: string) => boolean): void {
    const { vmcNo } = link;
    for (const connection of this.#connections.values()) {
      const isOther = connection.vmcNo !== null && isTurnedAway(link, connection.vmcNo);
      if (!isOther && (connection.peer.dialled === true || comesBy(connection.peer.localAddress))) continue;
      connection.close('reserved', vmcNo === null ? undefined : { code: 'link.reserved', params: { vmcNo } });
    }
  }

  /** What was recorded may be written by now. */
  goOn(): void {
    this.#turns.goOn();
  }

  /** This computer has slept for so many ms. */
  slept(ms: number): void {
    for (const connection of this.#connections.values()) connection.slept(ms);
  }

  closeAll(reason: CloseReason): void {
    for (const connection of this.#connections.values()) connection.close(reason);
  }
}

/** IPv4 seen through an IPv6 socket is written as IPv4. */
function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}
