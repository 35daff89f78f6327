/** Why connections end. Texts: `close.<reason>`. */

interface Closing {
  /** The side that ended it. */
  readonly by: 'machine' | 'server';
  /** Closed in order (FIN): data written before is still sent. Otherwise reset (RST). */
  readonly inOrder: boolean;
  /** Whether the reason is evidence about the machine, such as a restart. */
  readonly ofMachine: boolean;
  /**
   * State of the machine's side. working: Crema closed the connection, and the machine has to notice. unknown: Crema or this computer was
   * not running. nothing: the machine closed it, or its link was dead.
   */
  readonly leaves: 'nothing' | 'working' | 'unknown';
}

export const closeReasons = {
  /** FIN from the machine. */
  machineClosed: { by: 'machine', inOrder: true, ofMachine: true, leaves: 'nothing' },
  /** RST or another socket error. */
  reset: { by: 'machine', inOrder: false, ofMachine: true, leaves: 'nothing' },
  /** `silenceLimit` without a byte [doc 3.1]. */
  silence: { by: 'server', inOrder: false, ofMachine: true, leaves: 'nothing' },
  /** A frame did not complete in `halfFrameLimit`. */
  halfFrame: { by: 'server', inOrder: false, ofMachine: true, leaves: 'working' },
  /** `noFrameLimit` without a frame. */
  noFrame: { by: 'server', inOrder: false, ofMachine: true, leaves: 'working' },
  /** The machine does not take the written data. */
  notReading: { by: 'server', inOrder: false, ofMachine: true, leaves: 'working' },
  /** Silence since this computer woke from sleep, until the link proved dead or was replaced. */
  slept: { by: 'server', inOrder: false, ofMachine: false, leaves: 'unknown' },
  /** A newer connection with the same machine number. */
  replaced: { by: 'server', inOrder: true, ofMachine: true, leaves: 'nothing' },
  byPerson: { by: 'server', inOrder: true, ofMachine: false, leaves: 'working' },
  /** The server closed a connection that Crema only observed or relayed. The reason is unknown. */
  serverClosed: { by: 'server', inOrder: true, ofMachine: true, leaves: 'working' },
  /** The direct link is reserved for another machine. */
  reserved: { by: 'server', inOrder: true, ofMachine: false, leaves: 'working' },
  /** The connection used more machine numbers than a machine can have. */
  tooManyNumbers: { by: 'server', inOrder: false, ofMachine: false, leaves: 'working' },
  /** The server to relay to is unreachable. */
  noUpstream: { by: 'server', inOrder: true, ofMachine: false, leaves: 'working' },
  /** Crema served the machine in the meantime, and its own server is reachable again. */
  upstreamBack: { by: 'server', inOrder: true, ofMachine: false, leaves: 'working' },
  /** The relay setting changed, so the machine must reconnect. */
  relaySwitched: { by: 'server', inOrder: true, ofMachine: false, leaves: 'working' },
  /** Every place was taken, and this connection had the lowest priority. */
  crowded: { by: 'server', inOrder: false, ofMachine: false, leaves: 'working' },
  /** A bug in Crema. The connection is closed, the others continue. */
  internal: { by: 'server', inOrder: false, ofMachine: false, leaves: 'working' },
  shutdown: { by: 'server', inOrder: true, ofMachine: false, leaves: 'unknown' },
  /** A bug in Crema ended the machine server's thread with all its connections. The thread was restarted. */
  serverStopped: { by: 'server', inOrder: false, ofMachine: false, leaves: 'unknown' },
  /** Crema was killed, crashed or lost power. The next launch recorded the end. */
  killed: { by: 'server', inOrder: false, ofMachine: false, leaves: 'unknown' },
  /** The record is damaged. */
  unreadable: { by: 'server', inOrder: false, ofMachine: true, leaves: 'nothing' },
} as const satisfies Record<string, Closing>;

export type CloseReason = keyof typeof closeReasons;

export const isCloseReason = (text: string): text is CloseReason => Object.hasOwn(closeReasons, text);

/** How a connection ended: `end` is a FIN, `reset` an RST or another socket error. */
export type SocketEnd = 'end' | 'reset';

/** The reason if one of the two ends closed the connection. */
export function closedBy(side: Closing['by'], how: SocketEnd): CloseReason {
  if (side === 'server') return 'serverClosed';
  return how === 'reset' ? 'reset' : 'machineClosed';
}
