/** Machines that come while the relay is on: which server is theirs, whether it can be reached, and what becomes of them. */
import type { Socket } from 'node:net';
import type { Finding } from '#shared/findings';
import { messageOf } from '#shared/messages/read';
import type { CloseReason } from '#shared/model/closeReasons';
import type { DialTarget } from '#shared/model/dial';
import type { Peer } from '#shared/model/frame';
import { upstreamOf, type RelaySettings } from '#shared/model/relay';
import { FrameReceiver } from '../protocol/receiver';
import type { Upstreams } from './upstreams';

/** ms in which a machine may say its number, where machines have servers of their own, and bytes in which it must. */
const numberPatience = 5_000;
const numberBytes = 65_536;

/** What came before anybody was there to take it. */
export interface Early {
  readonly bytes: Uint8Array;
  /** The end of an empty socket is told though nobody reads. */
  readonly hasEnded: boolean;
}

interface First {
  readonly vmcNo: number | null;
  readonly bytes: Uint8Array;
}
const nothing: First = { vmcNo: null, bytes: new Uint8Array() };

interface Served {
  readonly remark: (finding: Finding) => unknown;
  readonly close: (reason: CloseReason) => void;
}

export interface RelayGateParts {
  readonly settings: () => RelaySettings;
  /** Some rule answers a machine whose server can't be reached. */
  readonly answersWhenGone: () => boolean;
  readonly upstreams: Upstreams;
  readonly serve: (socket: Socket, peer: Peer, upstream: Socket | null, early: Early | null) => Served | null;
  readonly changed: () => void;
}

export class RelayGate {
  readonly #parts: RelayGateParts;
  readonly #waiting = new Set<Socket>();

  constructor(parts: RelayGateParts) {
    this.#parts = parts;
  }

  /** Machines that wait for their server. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Takes a socket over. It is served once its server was called. */
  async take(socket: Socket, peer: Peer): Promise<void> {
    const noError = (): void => undefined;
    socket.on('error', noError);
    this.#waiting.add(socket);
    this.#parts.changed();
    try {
      const { ofMachines } = this.#parts.settings();
      const { vmcNo, bytes } = ofMachines.length === 0 ? nothing : await firstOf(socket);
      const target = upstreamOf(this.#parts.settings(), vmcNo);
      const early = (): Early => ({ bytes, hasEnded: socket.readableEnded });
      if (target === null) this.#parts.serve(socket, peer, null, early());
      else await this.#relay(socket, { peer, target, early });
    } finally {
      this.#waiting.delete(socket);
      socket.off('error', noError);
      this.#parts.changed();
    }
  }

  async #relay(
    socket: Socket,
    {
      peer,
      target,
      early,
    }: { readonly peer: Peer; readonly target: DialTarget; readonly early: () => Early },
  ): Promise<void> {
    const { upstreams, settings, answersWhenGone, serve } = this.#parts;
    const { host, port } = target;
    const reached = await upstreams.call(target);
    if (!('detail' in reached)) {
      const relayed = { ...peer, relay: { host, port, is: 'relayed' } } as const;
      if (serve(socket, relayed, reached, early()) === null) reached.destroy();
      else if (socket.destroyed) socket.emit('close');
      return;
    }
    const { detail } = reached;
    const is = settings().serveMeanwhile ? 'meanwhile' : 'cutOff';
    const served = serve(socket, { ...peer, relay: { host, port, is } }, null, early());
    const code = is === 'meanwhile' ? 'relay.servedMeanwhile' : 'relay.unreachable';
    served?.remark({ code, params: { host, port, detail } });
    if (socket.destroyed) served?.close('reset');
    else if (is === 'cutOff' && !answersWhenGone()) served?.close('noUpstream');
  }

  /** Nobody is let in any more. */
  stop(): void {
    for (const socket of this.#waiting) socket.destroy();
  }
}

/** What comes until a number is said, the machine's other end is closed, or too much or nothing comes. */
function firstOf(socket: Socket): Promise<First> {
  return new Promise((resolve) => {
    const receiver = new FrameReceiver();
    const chunks: Buffer[] = [];
    let size = 0;
    const done = (vmcNo: number | null): void => {
      clearTimeout(late);
      socket.pause();
      socket.off('data', onData).off('end', onEnd).off('close', onEnd);
      resolve({ vmcNo, bytes: Buffer.concat(chunks) });
    };
    const onEnd = (): void => done(null);
    const onData = (chunk: Buffer): void => {
      chunks.push(chunk);
      size += chunk.length;
      for (const { item } of receiver.push(chunk, 0)) {
        const vmcNo = item.kind === 'frame' ? messageOf(item.json, 'in').message.body.vmcNo : null;
        if (vmcNo !== null) return done(vmcNo);
      }
      if (size >= numberBytes) done(null);
    };
    const late = setTimeout(() => done(null), numberPatience);
    socket.on('data', onData).on('end', onEnd).on('close', onEnd);
  });
}
