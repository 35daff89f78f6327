/** All machine connections: accepts sockets, numbers them, and lets the newer of two with one machine number win. */
import { createServer, type Server, type Socket } from 'node:net';
import type { CloseReason } from '#shared/model/closeReasons';
import type { Entry } from '#shared/model/frame';
import type { WireMessage } from '#shared/model/message';
import { answer, type AnswerContext } from '../session/connection/answer';
import { Claims, type Claimant } from '../session/connection/claims';
import { ConnectionCore } from '../session/connection/core';
import type { Policy } from '../session/connection/policy';
import { Alarms } from './alarms';
import { Connection, type ConnectionDeps } from './connection';

export interface MachineServerDeps extends Pick<ConnectionDeps, 'now' | 'record'>, AnswerContext {
  readonly connection: (conn: number) => Claimant | undefined;
}

/** More sockets than this are refused: a laptop serves a site, and a port scan must not eat its memory. */
const maxConnections = 10_000;
/** A machine's answer is never held back to be joined with others, and a machine that vanished is noticed. */
const socketOptions = { noDelay: true, keepAlive: true, keepAliveInitialDelay: 30_000 };

export class MachineServer {
  readonly #deps: ConnectionDeps;
  readonly #policy: Policy;
  readonly #connections = new Map<number, Connection>();
  readonly #claims: Claims;
  #lastConn: number;

  /** `lastConn`: the newest connection number already in the journal. */
  constructor(deps: MachineServerDeps, lastConn = 0) {
    this.#lastConn = lastConn;
    this.#policy = answer(deps);
    this.#claims = new Claims(deps.connection);
    this.#deps = {
      now: deps.now,
      record: deps.record,
      alarms: new Alarms(deps.now),
      claim: (claim) => {
        const outcome = this.#claims.claim(claim, deps.now());
        if (outcome.replaced !== null) this.#connections.get(outcome.replaced)?.close('replaced');
        return outcome;
      },
      ended: (connection) => {
        this.#connections.delete(connection.conn);
        if (connection.vmcNo !== null) this.#claims.release(connection.vmcNo, connection.conn);
      },
    };
  }

  /** A server whose connections are ours; where it listens is the listener's business. */
  createServer(): Server {
    const server = createServer(socketOptions, (socket) => this.#accept(socket));
    server.maxConnections = maxConnections;
    return server;
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
    this.#lastConn += 1;
    const peer = {
      remoteAddress: plainAddress(remoteAddress),
      remotePort,
      localAddress: plainAddress(localAddress),
      localPort,
    };
    const core = new ConnectionCore(this.#lastConn, peer, this.#policy, this.#deps.now());
    const connection = new Connection(socket, core, this.#deps);
    this.#connections.set(connection.conn, connection);
  }

  /** The open connection of a machine. */
  connectionOf(vmcNo: number): Connection | undefined {
    const conn = this.#claims.holder(vmcNo);
    return conn === undefined ? undefined : this.#connections.get(conn);
  }

  /** Open connections that have not said a machine number. */
  unnamed(): readonly Connection[] {
    return [...this.#connections.values()].filter((connection) => connection.vmcNo === null);
  }

  /** As Connection.send; `null` also when the machine is not connected. */
  send(vmcNo: number, message: WireMessage): Entry | null {
    return this.connectionOf(vmcNo)?.send(message) ?? null;
  }

  /** Lets go of every machine but this one. */
  closeOthers(vmcNo: number): void {
    for (const connection of this.#connections.values()) {
      if (connection.vmcNo === null || connection.vmcNo === vmcNo) continue;
      connection.close('reserved', { code: 'link.reserved', params: { vmcNo } });
    }
  }

  closeAll(reason: CloseReason): void {
    for (const connection of this.#connections.values()) connection.close(reason);
  }
}

/** IPv4 seen through an IPv6 socket is written as IPv4. */
function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}
