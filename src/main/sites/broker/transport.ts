/**
 * The client's connections, with what its own transport lacks. A server that is addressed by number has a name for its certificate.
 * A socket that is given up before it is connected is closed. A signal ends the wait in every phase.
 */
import { connect as dial, isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect as dialTls, type TLSSocket } from 'node:tls';
import {
  NatsConnectionImpl,
  setTransportFactory,
  type ConnectionOptions,
  type NatsConnection,
} from '@nats-io/transport-node';
import { nodeResolveHost, NodeTransport } from '@nats-io/transport-node/lib/node_transport.js';
import { orAbort } from '../../lib/threads/orAbort';

export interface TlsServer {
  /** The name or address that the certificate must have. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** The certificate of the broker's own authority; left out: those of the system count. */
  readonly authority?: string | undefined;
}

/** Its `secureConnect` comes only after the certificate was accepted. */
export const openTls = ({ name, host, port, authority }: TlsServer): TLSSocket =>
  dialTls({
    host,
    port,
    ca: authority,
    ...(isIP(name) === 0 && { servername: name }),
    // An address too is checked as it was given.
    checkServerIdentity: (_asked, certificate) => checkServerIdentity(name, certificate),
  });

interface Options extends ConnectionOptions {
  readonly signal: AbortSignal;
}
type Place = Parameters<NodeTransport['connect']>[0];

class BrokerTransport extends NodeTransport {
  override async connect(place: Place, options: ConnectionOptions): Promise<void> {
    const { signal } = options as Options;
    await orAbort(super.connect(place, options), signal);
    const end = (): void => void this.close(signal.reason as Error);
    signal.addEventListener('abort', end, { once: true });
    // The signal may outlive many connections.
    void this.closed().finally(() => signal.removeEventListener('abort', end));
  }

  override dial({ hostname: host, port }: Pick<Place, 'hostname' | 'port'>): Promise<Socket> {
    return this.#opened(dial({ host, port }), 'connect');
  }

  override tlsFirst({ hostname: host, port, tlsName }: Place): Promise<TLSSocket> {
    const name = tlsName === '' ? host : tlsName;
    return this.#opened(openTls({ name, host, port, authority: this.options.tls?.ca }), 'secureConnect');
  }

  #opened<S extends Socket>(socket: S, event: string): Promise<S> {
    // From now on `discard` can close it.
    this.socket = socket;
    socket.setNoDelay(true);
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
      socket.once(event, () => {
        socket.removeAllListeners();
        resolve(socket);
      });
    });
  }

  override close(error?: Error): Promise<void> {
    if (!this.connected) this.discard();
    return super.close(error);
  }

  override discard(): void {
    super.discard();
    // Without a listener, a late error would end the thread.
    (this.socket as Socket | undefined)?.on('error', () => undefined);
  }

  /** At once: a peer that is gone takes no last bytes. */
  override disconnect(): void {
    void this.close();
  }
}

/** The connection ends when `signal` aborts, in every phase. @throws errors for trouble.ts */
export function openConnection(options: ConnectionOptions, signal: AbortSignal): Promise<NatsConnection> {
  setTransportFactory({ factory: () => new BrokerTransport(), dnsResolveFn: nodeResolveHost });
  return orAbort(NatsConnectionImpl.connect({ ...options, signal } as Options), signal);
}
