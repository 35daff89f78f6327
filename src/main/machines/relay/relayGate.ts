/** Machines that arrive while the relay is on: chooses their server, tries to reach it, and handles failures. */
import type { Socket } from 'node:net';
import type { Finding } from '#shared/findings';
import { messageOf } from '#shared/messages/read';
import type { CloseReason } from '#shared/model/closeReasons';
import { isSameTarget, type DialTarget } from '#shared/model/dial';
import { isTurnedAway, type DirectLink } from '#shared/model/served';
import type { Peer } from '#shared/model/frame';
import { upstreamOf, type RelaySettings } from '#shared/model/relay';
import { FrameReceiver, settleAfter, type Received } from '../../core/protocol/frame';
import type { Upstreams } from './upstreams';

/** Limits for a machine to report its number, in ms and in bytes, if machines have servers of their own. */
const numberPatience = 15_000;
const numberBytes = 65_536;

/** Data that arrived before the connection was served. */
export interface Early {
  readonly bytes: Uint8Array;
  /** An empty socket reports its end even if nobody reads. */
  readonly hasEnded: boolean;
}

/** A waiting machine and its known facts. */
interface Coming {
  readonly peer: Peer;
  readonly vmcNo: number | null;
  readonly early: () => Early;
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
  readonly directLink: () => DirectLink | null;
  /** Some rule answers machines whose server is unreachable. */
  readonly answersWhenGone: () => boolean;
  /** Many relayed connections have not reported a number yet. */
  readonly areManyNameless: () => boolean;
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

  /** Takes over a socket. The socket is served after its server was dialled. */
  async take(socket: Socket, peer: Peer): Promise<void> {
    const noError = (): void => undefined;
    socket.on('error', noError);
    this.#waiting.add(socket);
    this.#parts.changed();
    try {
      const { settings, directLink, areManyNameless } = this.#parts;
      const isAsked = settings().ofMachines.length > 0 || directLink() !== null || areManyNameless();
      let first = isAsked ? await firstOf(socket, nothing) : nothing;
      // This may be our own connection, passed back. Dialling its server would create one more.
      while (mayStillName(socket, first) && areManyNameless()) first = await firstOf(socket, first);
      const { vmcNo, bytes } = first;
      const early = (): Early => ({ bytes, hasEnded: socket.readableEnded });
      const coming = { peer, vmcNo, early };
      const target = vmcNo === null && bytes.length > 0 && areManyNameless() ? this.#targetOf(null) : null;
      if (target === null) await this.#route(socket, coming);
      else this.#endLoop(socket, coming, target);
    } finally {
      this.#waiting.delete(socket);
      socket.off('error', noError);
      this.#parts.changed();
    }
  }

  /** Many connections have reported no number, and neither has this one. Its bytes are recorded. */
  #endLoop(socket: Socket, coming: Coming, { host, port }: DialTarget): void {
    const served = this.#serve(socket, coming, null, { relay: { host, port, is: 'cutOff' } });
    served?.remark({ code: 'relay.loop', params: { host, port } });
    served?.close('noUpstream');
  }

  async #route(socket: Socket, coming: Coming): Promise<void> {
    const { upstreams } = this.#parts;
    for (;;) {
      const target = this.#targetOf(coming.vmcNo);
      if (target === null) return void this.#serve(socket, coming, null, {});
      const reached = await upstreams.call(target);
      const now = this.#targetOf(coming.vmcNo);
      if (now !== null && isSameTarget(now, target)) {
        this.#relay(socket, coming, target, reached);
        return;
      }
      // The user changed the settings meanwhile.
      if (!('detail' in reached)) reached.destroy();
    }
  }

  /** Its server by the current settings; `null`: Crema serves it, or turns it away. */
  #targetOf(vmcNo: number | null): DialTarget | null {
    const { settings, directLink } = this.#parts;
    if (!settings().isOn || (vmcNo !== null && isTurnedAway(directLink(), vmcNo))) return null;
    return upstreamOf(settings(), vmcNo);
  }

  #relay(
    socket: Socket,
    coming: Coming,
    { host, port }: DialTarget,
    reached: Socket | { readonly detail: string },
  ): void {
    const { settings, answersWhenGone } = this.#parts;
    if (!('detail' in reached)) {
      const served = this.#serve(socket, coming, reached, { relay: { host, port, is: 'relayed' } });
      if (served === null) reached.destroy();
      return;
    }
    const { detail } = reached;
    const is = settings().serveMeanwhile ? 'meanwhile' : 'cutOff';
    const served = this.#serve(socket, coming, null, { relay: { host, port, is } });
    const code = is === 'meanwhile' ? 'relay.servedMeanwhile' : 'relay.unreachable';
    served?.remark({ code, params: { host, port, detail } });
    if (is === 'cutOff' && !answersWhenGone()) served?.close('noUpstream');
  }

  #serve(
    socket: Socket,
    { peer, early }: Coming,
    upstream: Socket | null,
    relay: Pick<Peer, 'relay'>,
  ): Served | null {
    // From now on it counts among the served connections.
    this.#waiting.delete(socket);
    const served = this.#parts.serve(socket, { ...peer, ...relay }, upstream, early());
    // It closed while its server was dialled.
    if (socket.destroyed) served?.close('reset');
    return served;
  }

  /** Admits no more machines. */
  stop(): void {
    for (const socket of this.#waiting) socket.destroy();
  }
}

/** It may still report its number. */
const mayStillName = ({ readableEnded, destroyed }: Socket, { vmcNo, bytes }: First): boolean =>
  vmcNo === null && bytes.length < numberBytes && !readableEnded && !destroyed;

/** Reads on until a number is reported, the machine closes, the limit is reached, or nothing more arrives. */
function firstOf(socket: Socket, before: First): Promise<First> {
  return new Promise((resolve) => {
    const receiver = new FrameReceiver();
    const chunks: Uint8Array[] = [before.bytes];
    let size = before.bytes.length;
    receiver.push(Buffer.from(before.bytes), 0);
    let quiet: NodeJS.Timeout | undefined;
    const done = (vmcNo: number | null): void => {
      clearTimeout(late);
      clearTimeout(quiet);
      socket.pause();
      socket.off('data', onData).off('end', onEnd).off('close', onEnd);
      resolve({ vmcNo, bytes: Buffer.concat(chunks) });
    };
    const onEnd = (): void => done(null);
    const took = (received: readonly Received[]): void => {
      clearTimeout(quiet);
      for (const { item } of received) {
        const vmcNo = item.kind === 'frame' ? messageOf(item.json, 'in').message.body.vmcNo : null;
        if (vmcNo !== null) return done(vmcNo);
      }
      if (size >= numberBytes) return done(null);
      // A frame with a wrong or missing length is complete once nothing follows.
      if (receiver.settleAt !== null) quiet = setTimeout(() => took(receiver.settle()), settleAfter);
    };
    const onData = (chunk: Buffer): void => {
      chunks.push(chunk);
      size += chunk.length;
      took(receiver.push(chunk, 0));
    };
    const late = setTimeout(() => done(null), numberPatience);
    // An earlier call has paused the socket.
    socket.on('data', onData).on('end', onEnd).on('close', onEnd).resume();
  });
}
