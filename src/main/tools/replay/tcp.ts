/** Machine role: our own connection to any server. */
import { connect, isIPv6 } from 'node:net';
import type { DialTarget } from '#shared/model/dial';
import { FrameReceiver, type Received } from '../../core/protocol/frame';
import { ReplayFailure, type LinkEvents, type OutgoingFrame, type ReplayLink } from './link';

/** ms in which a server must accept a connection. */
const connectLimit = 10_000;
/** ms in which a closing connection may still send its buffered bytes. */
const lingerLimit = 3_000;

export const targetOf = ({ host, port }: DialTarget): string =>
  isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;

/** `now`: ms since 1970. @throws ReplayFailure if no server accepts, or the replay is cancelled before */
export function tcpLink(
  target: DialTarget,
  events: LinkEvents,
  { now, cancel }: { readonly now: () => number; readonly cancel: AbortSignal },
): Promise<ReplayLink> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...target, noDelay: true });
    const receiver = new FrameReceiver();
    let settling: NodeJS.Timeout | null = null;
    let isOpen = false;
    let problem = '';
    const deliver = (received: readonly Received[]): void => {
      for (const { item, at } of received)
        if (item.kind === 'frame') events.came({ at, head: item.head, text: item.text, json: item.json });
        else if (item.kind === 'junk')
          events.came({ at, head: null, text: Buffer.from(item.bytes).toString('latin1'), json: null });
      settleLater();
    };
    const settleLater = (): void => {
      if (settling !== null) clearTimeout(settling);
      const at = receiver.settleAt;
      settling = at === null ? null : setTimeout(() => deliver(receiver.settle()), Math.max(0, at - now()));
    };
    const unreachable = (detail: string): void => {
      socket.destroy();
      reject(new ReplayFailure({ code: 'unreachable', detail: `${targetOf(target)}: ${detail}` }));
    };
    const patience = setTimeout(() => unreachable('no answer within 10 s'), connectLimit);
    const giveUp = (): void => unreachable('cancelled');
    const drop = (): void => void socket.destroy();
    cancel.addEventListener('abort', giveUp);
    socket.on('connect', () => {
      cancel.removeEventListener('abort', giveUp);
      // A server that does not read would block a write forever.
      cancel.addEventListener('abort', drop);
      clearTimeout(patience);
      isOpen = true;
      resolve({
        send: (frame) => written(frame),
        end: () => {
          socket.end();
          setTimeout(() => socket.destroy(), lingerLimit).unref();
        },
      });
    });
    // One write per frame: machines and servers may take one read as whole frames.
    const written = (frame: OutgoingFrame): Promise<null> =>
      new Promise((done, failed) => {
        socket.write(frame.bytes, (error) => {
          if (error == null) done(null);
          else failed(new ReplayFailure({ code: 'closed', detail: problem }));
        });
      });
    socket.on('data', (bytes) => deliver(receiver.push(bytes, now())));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      problem = error.code ?? error.message;
    });
    socket.on('close', () => {
      clearTimeout(patience);
      cancel.removeEventListener('abort', drop);
      if (!isOpen) return unreachable(problem);
      deliver(receiver.end());
      if (settling !== null) clearTimeout(settling);
      events.closed(problem);
    });
  });
}
