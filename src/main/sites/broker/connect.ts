/** Opens a connection to a broker. Outside this computer only with TLS: the entries have order numbers and addresses. */
import {
  credsAuthenticator,
  nkeyAuthenticator,
  TimeoutError,
  usernamePasswordAuthenticator,
  type Authenticator,
  type NatsConnection,
} from '@nats-io/transport-node';
import type { SiteRole } from '#shared/model/sites';
import { openConnection } from './transport';
import { TlsNeeded } from './trouble';

/** How a broker is reached. */
export interface BrokerAccess {
  /** Names or addresses with or without ports, separated by commas: the servers of one cluster. */
  readonly servers: string;
  readonly role: SiteRole;
  /** The text of a credentials file, an NKey seed, or `user:password`; empty: none. */
  readonly credentials: string;
  /** The certificate of the broker's own authority, as PEM; empty: those of the system count. */
  readonly authority: string;
}

/** ms for a connection, and between signs of life. Three missing signs end a connection. */
const patience = 5_000;
const sign = 10_000;

/** Replies to one role must not be readable with the credentials of the other. */
const inboxes = { send: '_INBOX_site', read: '_INBOX_desk' } as const;

const usualPort = 4_222;

export interface Server {
  readonly host: string;
  readonly port: number;
}

export const serversOf = (servers: string): readonly Server[] =>
  servers
    .split(/[\s,]+/)
    .map((one) => one.replace(/^(?:nats|tls):\/\//, ''))
    .filter((one) => one !== '')
    .map((one) => {
      const [, v6, name, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(one) ?? [];
      return { host: v6 ?? name ?? one, port: port === undefined ? usualPort : Number(port) };
    });

const isLoopback = ({ host }: Server): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);

/** Whether the connection is encrypted. On this computer only if a person asked for it. */
export const isEncrypted = ({ servers, authority }: Pick<BrokerAccess, 'servers' | 'authority'>): boolean =>
  authority !== '' || /(?:^|[\s,])tls:\/\//.test(servers) || !serversOf(servers).every(isLoopback);

/** Throws nothing: a text of an unknown form counts as `user:password`, and the broker refuses it. */
function authenticatorOf(credentials: string): Authenticator | undefined {
  const text = credentials.trim();
  if (text === '') return undefined;
  const bytes = new TextEncoder().encode(text);
  if (text.includes('-----BEGIN')) return credsAuthenticator(bytes);
  if (/^SU[A-Z2-7]{56}$/.test(text)) return nkeyAuthenticator(bytes);
  const colon = text.indexOf(':');
  return colon < 0
    ? usernamePasswordAuthenticator(text)
    : usernamePasswordAuthenticator(text.slice(0, colon), text.slice(colon + 1));
}

/**
 * A connection that ends is not opened again by itself: link.ts shows why it ended, and opens another. It also ends when
 * `signal` aborts. @throws errors for trouble.ts
 */
export async function connectBroker(
  access: BrokerAccess,
  name: string,
  signal: AbortSignal,
): Promise<NatsConnection> {
  const { servers, role, credentials, authority } = access;
  const authenticator = authenticatorOf(credentials);
  const encrypted = isEncrypted(access);
  const opening = openConnection(
    {
      servers: serversOf(servers).map(
        ({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`,
      ),
      name,
      timeout: patience,
      pingInterval: sign,
      maxPingOut: 3,
      reconnect: false,
      inboxPrefix: inboxes[role],
      ...(authenticator !== undefined && { authenticator }),
      // TLS before the broker's first words: nobody on the way can talk the client out of it.
      ...(encrypted && {
        tls: { handshakeFirst: true, ...(authority !== '' && { ca: authority }) },
      }),
    },
    signal,
  );
  try {
    return await opening;
  } catch (error) {
    // A broker that encrypts from the first byte waits in silence for the client's handshake.
    throw !encrypted && error instanceof TimeoutError ? new TlsNeeded(error.message) : error;
  }
}
