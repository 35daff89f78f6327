/**
 * All machine connections: accepts and numbers sockets. Of two connections with one
 * machine number the newer wins, unless only the older is verified.
 */
import { createServer, type Server, type Socket } from 'node:net';
import type { SelfTest } from '#shared/model/arrivals';
import { isTurnedAway, type DirectLink } from '#shared/model/served';
import { plainAddress, type Crowd } from '#shared/model/listener';
import type { CloseReason } from '#shared/model/closeReasons';
import type { Entry, Peer } from '#shared/model/frame';
import type { WireMessage } from '#shared/model/message';
import { isRelayedTo, type RelayedAs } from '#shared/model/relay';
import { answer, type AnswerContext } from '../../core/connection/answer';
import { Claims, type Claimant } from '../../core/connection/claims';
import { ConnectionCore } from '../../core/connection/core';
import type { Policy } from '../../core/connection/policy';
import { cutOff, relay } from '../../core/connection/relay';
import { RelayedCore } from '../../core/connection/relayedCore';
import { Alarms } from './alarms';
import type { Connection, ConnectionDeps } from './connection';
import type { SocketOptions } from './dialler';
import { DirectConnection } from './directConnection';
import { LeftStanding } from '../relay/leftStanding';
import { RelayedConnection } from '../relay/relayedConnection';
import { RelayGate, type Early } from '../relay/relayGate';
import { relaysNobody, type RelayDeps } from '../relay/relayDeps';
import { Nameless } from '../relay/relayLoops';
import { Room } from '../../lib/net/room';
import { SelfTests } from './selfTests';
import { Turns } from './turns';
import { Undecoded } from './undecoded';
import { Unsent } from './unsent';
import { Upstreams } from '../relay/upstreams';

export interface MachineServerDeps
  extends Pick<ConnectionDeps, 'now' | 'log' | 'problem'>, Omit<AnswerContext, 'rival'> {
  readonly connection: (conn: number) => Claimant | undefined;
  /** A user knows the machine: it is never evicted. */
  readonly isKnown: (vmcNo: number) => boolean;
  /** Left out: nothing is relayed. */
  readonly relay?: RelayDeps;
  /** All places were taken, and a connection was evicted. */
  readonly crowded: (crowd: Crowd) => void;
  /** More is recorded than written. Floods wait until `goOn`. Left out: never. */
  readonly hasBacklog?: () => boolean;
}

export interface MachineServerOptions {
  /** The newest connection number in the journal. */
  readonly lastConn?: number;
  readonly places?: number | undefined;
}

/** Maximum simultaneous connections: a laptop serves a site, and a port scan must not exhaust its memory. */
const usualPlaces = 10_000;
/** Answers are sent without delay, and vanished machines are detected. */
export const socketOptions: SocketOptions = {
  noDelay: true,
  keepAlive: true,
  keepAliveInitialDelay: 30_000,
  // Data before a FIN is answered before we close too.
  allowHalfOpen: true,
  // Bytes that Node buffers per connection before it stops reading, and before writes count as not accepted.
  highWaterMark: 16_384,
};

export class MachineServer {
  readonly #deps: ConnectionDeps;
  readonly #policies: Readonly<Record<RelayedAs | 'served', Policy>>;
  readonly #isRelaying: (peer: Peer) => boolean;
  readonly upstreams: Upstreams;
  readonly gate: RelayGate;
  readonly #connections = new Map<number, Connection>();
  readonly #servers = new Set<Server>();
  readonly #claims: Claims;
  readonly #leftStanding: LeftStanding;
  readonly #nameless = new Nameless();
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
    this.#turns = new Turns(deps.hasBacklog);
    const rival: AnswerContext['rival'] = (vmcNo, conn) => this.#claims.rival(vmcNo, conn, deps.now());
    const served = answer({ ...deps, rival });
    const relayDeps = deps.relay ?? relaysNobody;
    const context = { ...deps, ...relayDeps, rival };
    this.#policies = { served, meanwhile: served, relayed: relay(context), cutOff: cutOff(context) };
    this.#isRelaying = (peer) => relayDeps.settings().isOn && !relayDeps.isVirtual(peer);
    const { settings, answersWhenGone, back, changed } = relayDeps;
    this.upstreams = new Upstreams(socketOptions, {
      now: deps.now,
      isWanted: (target) => isRelayedTo(settings(), target),
      isSelf: (socket) => this.isSelf(socket),
      back,
      changed,
    });
    this.#leftStanding = new LeftStanding(
      this.upstreams,
      (connection) => this.#connections.get(connection.conn) === connection,
    );
    this.gate = new RelayGate({
      settings,
      directLink: deps.directLink,
      answersWhenGone,
      areManyNameless: () => this.#nameless.areMany,
      upstreams: this.upstreams,
      changed,
      serve: (socket, peer, upstream, early) => this.#serve(socket, peer, upstream, early),
    });
    this.#claims = new Claims(deps.connection);
    this.#deps = {
      now: deps.now,
      log: deps.log,
      problem: deps.problem,
      alarms: new Alarms(deps.now),
      turns: this.#turns,
      unsent: new Unsent(),
      undecoded: new Undecoded(),
      claim: (claim) => {
        const outcome = this.#claims.claim(claim, deps.now());
        const claimant = this.#connections.get(claim.conn);
        if (claimant !== undefined) this.#named(claimant, relayDeps.isRight(claimant));
        const replaced = outcome.replaced === null ? undefined : this.#connections.get(outcome.replaced);
        if (replaced !== undefined && outcome.stays) this.#leftStanding.add(claim.vmcNo, replaced, claimant);
        else replaced?.close('replaced');
        return outcome;
      },
      remark: (conn, finding) => void this.#connections.get(conn)?.remark(finding),
      held: relayDeps.held,
      delays: relayDeps.delays,
      ended: (connection) => {
        relayDeps.ended(connection.conn);
        this.#nameless.delete(connection);
        this.#connections.delete(connection.conn);
        this.#room.leave(connection);
        if (connection.vmcNo !== null) this.#release(connection.vmcNo, connection.conn);
      },
    };
  }

  /** The number returns to an older connection of the machine, if the relay left one open. */
  #release(vmcNo: number, conn: number): void {
    if (this.#claims.holder(vmcNo) !== conn) return;
    this.#claims.release(vmcNo, conn);
    const older = this.#leftStanding.take(vmcNo);
    if (older === null) return;
    this.#claims.claim(
      { conn: older.conn, vmcNo, released: null, isUnsigned: false, movedFrom: null },
      this.#deps.now(),
    );
  }

  /** A server whose connections belong here. The listener decides where it listens. */
  createServer(): Server {
    const server = createServer(socketOptions, (socket) => this.#accept(socket));
    this.#servers.add(server);
    return server.on('close', () => this.#servers.delete(server));
  }

  /** True if a connection that we opened has reached one of our servers. */
  isSelf({ remoteAddress, remotePort, localAddress }: Socket): boolean {
    const to = plainAddress(remoteAddress ?? '');
    if (to !== plainAddress(localAddress ?? '') && to !== '::1' && !to.startsWith('127.')) return false;
    return [...this.#servers].some((server) => {
      const at = server.address();
      if (at === null || typeof at === 'string' || at.port !== remotePort) return false;
      return at.address === to || at.address === '0.0.0.0' || at.address === '::';
    });
  }

  /** The connection has reported its number. */
  #named(connection: Connection, isRight: boolean): void {
    this.#room.named(connection);
    // The number came too late to choose the machine's own server.
    if (!isRight) connection.close('relaySwitched', { code: 'relay.otherServer' });
  }

  #accept(socket: Socket): void {
    const { remoteAddress, remotePort, localAddress, localPort } = socket;
    // Reset before it was accepted: nothing was read, and nobody is left to answer.
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
    const peer = {
      remoteAddress: plainAddress(remoteAddress),
      remotePort,
      localAddress: plainAddress(localAddress),
      localPort,
    };
    if (!this.#isRelaying(peer)) this.#serve(socket, peer);
    else if (this.#hasPlaceFor(peer)) void this.gate.take(socket, peer);
    else socket.destroy();
  }

  /**
   * Serves the machine at the other end of an outbound connection. Returns its
   * number; `null`: no place is free, or the socket is closed.
   */
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
    return this.#serve(socket, peer)?.conn ?? null;
  }

  /** `upstream`: to the server that it is relayed to. */
  #serve(
    socket: Socket,
    peer: Peer,
    upstream: Socket | null = null,
    early: Early | null = null,
  ): Connection | null {
    if (!this.#hasPlaceFor(peer)) {
      socket.destroy();
      return null;
    }
    this.#lastConn += 1;
    const connection = this.#connectionOf(socket, peer, upstream);
    this.#connections.set(connection.conn, connection);
    this.#room.enter(connection);
    if (upstream !== null) this.#nameless.add(connection);
    if (early !== null) connection.begin(early);
    return connection;
  }

  #connectionOf(socket: Socket, peer: Peer, upstream: Socket | null): Connection {
    const deps = this.#deps;
    const policy = this.#policies[peer.relay?.is ?? 'served'];
    const of = [this.#lastConn, peer, policy, deps.now()] as const;
    return upstream === null
      ? new DirectConnection(socket, new ConnectionCore(...of), deps)
      : new RelayedConnection(socket, upstream, new RelayedCore(...of), deps);
  }

  #hasPlaceFor({ remoteAddress }: Peer): boolean {
    // Connections that wait for their server count too.
    const taken = this.#connections.size + this.gate.waiting;
    return taken < this.#room.places || this.#makeRoom(remoteAddress);
  }

  /** False: every place belongs to a known machine. */
  #makeRoom(newcomer: string): boolean {
    const { places } = this.#room;
    const evicted = this.#room.evicted();
    const { held, address } =
      evicted === null ? { held: 0, address: newcomer } : { held: evicted.held, address: evicted.network };
    this.#turnedAway += 1;
    this.#crowded({ places, address, held, turnedAway: this.#turnedAway, at: this.#deps.now() });
    evicted?.guest.close('crowded', { code: 'link.crowded', params: { places, held } });
    return evicted !== null;
  }

  /** The newest connection's number. */
  get lastConn(): number {
    return this.#lastConn;
  }

  get connections(): Iterable<Connection> {
    return this.#connections.values();
  }

  /** The open connection of a machine. */
  connectionOf(vmcNo: number): Connection | undefined {
    const conn = this.#claims.holder(vmcNo);
    return conn === undefined ? undefined : this.#connections.get(conn);
  }

  /** Connects to an address of this computer, as a machine would. Nothing is recorded. */
  testSelf(host: string, port: number): Promise<SelfTest> {
    return this.#selfTests.run(host, port);
  }

  connection(conn: number): Connection | undefined {
    return this.#connections.get(conn);
  }

  /** Open connections without a machine number. */
  unnamed(): readonly Connection[] {
    return [...this.#connections.values()].filter((connection) => connection.vmcNo === null);
  }

  /** Like Connection.send; also `null` if the machine is not connected. */
  send(vmcNo: number, message: WireMessage): Entry | null {
    return this.connectionOf(vmcNo)?.send(message) ?? null;
  }

  /**
   * Closes connections of machines that the direct link excludes. If the link is for the first machine, that machine
   * must arrive at one of these local addresses. A connection without a number is decided by its first frame.
   */
  closeOthers(link: DirectLink, comesBy: (address: string) => boolean): void {
    const { vmcNo } = link;
    for (const connection of this.#connections.values()) {
      const { peer, vmcNo: reported } = connection;
      const isOther =
        vmcNo === null
          ? peer.dialled !== true && !comesBy(peer.localAddress)
          : reported !== null && isTurnedAway(link, reported);
      if (isOther)
        connection.close(
          'reserved',
          vmcNo === null ? undefined : { code: 'link.reserved', params: { vmcNo } },
        );
    }
  }

  /** Recorded entries may be written by now. */
  goOn(): void {
    this.#turns.goOn();
  }

  /** This computer slept for `ms`. */
  slept(ms: number): void {
    this.#claims.listensAgain(this.#deps.now());
    for (const connection of this.#connections.values()) connection.slept(ms);
  }

  /** This computer's clock was set by `ms`. */
  clockSet(ms: number): void {
    this.#claims.listensAgain(this.#deps.now());
    for (const connection of this.#connections.values()) connection.clockSet(ms);
  }

  closeAll(reason: CloseReason): void {
    this.gate.stop();
    this.upstreams.stop();
    for (const connection of this.#connections.values()) connection.close(reason);
  }
}
