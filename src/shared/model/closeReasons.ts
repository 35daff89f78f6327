/** Why connections end. The words live in the window's texts under `close.<reason>`. */

interface Closing {
  /** Which side ended it. */
  readonly by: 'machine' | 'server';
  /** In order (FIN): what was written before still goes out. Otherwise it is cut (RST). */
  readonly inOrder: boolean;
  /** Whether it says something about the machine, such as that it may restart. */
  readonly ofMachine: boolean;
  /**
   * What is left on the machine's side. working: it was closed here and the machine has to notice. unknown: Crema or this computer was
   * away. nothing: the machine closed it, or its link was dead.
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
  /** The machine does not take what we send. */
  notReading: { by: 'server', inOrder: false, ofMachine: true, leaves: 'working' },
  /** Nothing was heard since this computer woke from sleep, until the link turned out to be dead or was replaced. */
  slept: { by: 'server', inOrder: false, ofMachine: false, leaves: 'unknown' },
  /** A newer connection with the same machine number. */
  replaced: { by: 'server', inOrder: true, ofMachine: true, leaves: 'nothing' },
  byPerson: { by: 'server', inOrder: true, ofMachine: false, leaves: 'working' },
  /** The server closed a connection that Crema only observed or relayed; the reason is unknown. */
  serverClosed: { by: 'server', inOrder: true, ofMachine: true, leaves: 'working' },
  /** The direct link is for another machine. */
  reserved: { by: 'server', inOrder: true, ofMachine: false, leaves: 'working' },
  /** It said more machine numbers than a machine can have. */
  tooManyNumbers: { by: 'server', inOrder: false, ofMachine: false, leaves: 'working' },
  /** The server that it was to be relayed to can't be reached. */
  noUpstream: { by: 'server', inOrder: true, ofMachine: false, leaves: 'working' },
  /** Crema served it meanwhile, and its own server can be reached again. */
  upstreamBack: { by: 'server', inOrder: true, ofMachine: false, leaves: 'working' },
  /** The relay was switched, so that it comes anew. */
  relaySwitched: { by: 'server', inOrder: true, ofMachine: false, leaves: 'working' },
  /** Every place was taken, and this connection had least claim to one. */
  crowded: { by: 'server', inOrder: false, ofMachine: false, leaves: 'working' },
  /** A bug of ours; the connection is given up, the others go on. */
  internal: { by: 'server', inOrder: false, ofMachine: false, leaves: 'working' },
  shutdown: { by: 'server', inOrder: true, ofMachine: false, leaves: 'unknown' },
  /** A bug of ours ended the machine server's thread, and all its connections; it was started again. */
  serverStopped: { by: 'server', inOrder: false, ofMachine: false, leaves: 'unknown' },
  /** Crema was killed, crashed or lost its power: the next run recorded the end. */
  killed: { by: 'server', inOrder: false, ofMachine: false, leaves: 'unknown' },
  /** Its record is damaged. */
  unreadable: { by: 'server', inOrder: false, ofMachine: true, leaves: 'nothing' },
} as const satisfies Record<string, Closing>;

export type CloseReason = keyof typeof closeReasons;

export const isCloseReason = (text: string): text is CloseReason => Object.hasOwn(closeReasons, text);

/** How the end of a connection was met with: `end` is a FIN, `reset` an RST or another error of the socket. */
export type SocketEnd = 'end' | 'reset';

/** The reason where one of the two ends closed the connection. */
export function closedBy(side: Closing['by'], how: SocketEnd): CloseReason {
  if (side === 'server') return 'serverClosed';
  return how === 'reset' ? 'reset' : 'machineClosed';
}
