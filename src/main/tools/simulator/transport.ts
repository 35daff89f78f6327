/** One TCP connection of a machine, behind an interface so that machines can be tested without sockets. */
import { connect } from 'node:net';

export interface TransportEvents {
  opened(localPort: number): void;
  /** The bytes of one `read()`. */
  received(bytes: Uint8Array): void;
  /** There is room again after `write` returned false. */
  drained(): void;
  /** Called once, for any reason, also when the connection was never established. */
  closed(): void;
}

export interface Transport {
  /** Returns false if the socket is full: wait for `drained`. */
  write(bytes: Uint8Array): boolean;
  end(): void;
  /** RST instead of FIN. */
  reset(): void;
}

export type Dial = (events: TransportEvents) => Transport;

export function tcpDial(host: string, port: number): Dial {
  return (events) => {
    const socket = connect({ host, port, noDelay: true, keepAlive: true });
    socket.on('connect', () => events.opened(socket.localPort ?? 0));
    socket.on('data', (bytes) => events.received(bytes));
    socket.on('drain', () => events.drained());
    socket.on('error', () => {}); // `close` follows
    socket.on('close', () => events.closed());
    return {
      write: (bytes) => socket.writable && socket.write(bytes),
      end: () => void (socket.connecting ? socket.destroy() : socket.end()),
      reset: () => void (socket.connecting ? socket.destroy() : socket.resetAndDestroy()),
    };
  };
}
