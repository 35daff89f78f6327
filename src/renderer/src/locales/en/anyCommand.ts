/** Texts of every command: its risk, its states, its steps, and why it can't be given or offered. */
import type { AcceptableReason, SharedReason } from '#shared/commands/kit/possible';
import type { Risk } from '#shared/commands/kit/definition';
import type { SharedStep } from '#shared/commands/kit/steps';
import type { CommandState } from '#shared/model/command';

interface StateTexts {
  readonly name: string;
  readonly note: string;
}

export const anyCommand = {
  /** The effect on the machine or on money. */
  commandRisk: {
    none: 'The machine is not affected.',
    opens: 'The door unlocks.',
    dispenses: 'Hot water or a hot drink comes out.',
    restarts: 'The machine restarts and can’t sell for a minute or more.',
    restartsPart: 'The part or the whole program restarts. The machine may not sell meanwhile.',
    reconnects: 'The machine reconnects to the first server in its list, which may not be Crema.',
    pays: 'The machine treats the order as settled.',
    reprices: 'Customers pay the new prices.',
    restocks: 'The machine’s material amounts change, and a refill is recorded.',
    relists: 'The menu for customers changes.',
  } satisfies Record<Risk, string>,
  commandState: {
    queued: {
      name: 'queued',
      note: 'Not sent yet: the machine is not connected, or another command goes first.',
    },
    sent: { name: 'sent', note: 'Sent to the machine, not confirmed yet.' },
    confirmed: { name: 'confirmed', note: 'The machine reported the requested result after the command.' },
    unverified: {
      name: 'reported by an unverified connection',
      note: 'The connection that reported the result is not verified as this machine. Check at the machine.',
    },
    failed: {
      name: 'failed',
      note: 'The command was not carried out, or only in part. The steps give the reason.',
    },
    expired: {
      name: 'not confirmed in time',
      note: 'Sent, but not confirmed in time. It may have been carried out. Check at the machine.',
    },
    unconfirmable: {
      name: 'can’t be confirmed',
      note: 'Sent. This kind of machine never reports the result. Check at the machine.',
    },
    cancelled: { name: 'withdrawn', note: 'Withdrawn before it was sent.' },
    unsent: {
      name: 'not sent',
      note: 'Nothing was sent: the machine did not connect in time, another command was in front, or Crema was closed.',
    },
    stopped: {
      name: 'stopped waiting',
      note: 'Sent, and possibly carried out. A later confirmation is still recorded.',
    },
    replaced: { name: 'replaced', note: 'The command was sent again. The newer one counts.' },
    perhaps: {
      name: 'possibly sent',
      note: 'Crema ended while sending. The command may have been sent, and is not repeated. It is not confirmed.',
    },
  } satisfies Record<CommandState | 'unsent' | 'replaced' | 'stopped' | 'perhaps' | 'unverified', StateTexts>,
  commandStep: {
    queued: 'machine not connected',
    waitsFor: 'waiting until “{{behind}}” has ended',
    waitsForSlot:
      'waiting for “{{behind}}”: the machine takes one settings command at a time. This one follows its confirmation, or 15 s of silence',
    waitsForProof: 'waiting for a verified connection: the machine is not verified yet',
    sentAnyway: 'allowed by a person although the machine is not verified',
    acceptedReason: 'a person accepted: {{reason}}',
    notNow: 'not sent: {{reason}}',
    waitsAfterLogin: 'waiting for the report that the machine sends after a login',
    waitChanged: 'waiting time changed to {{wait}} from then on',
    sent: 'sent',
    notOnPlatform: 'not sent: the {{platform}} machine program has no such command',
    notOffered: 'not sent: the machine could not download the package, {{reason}}',
    refusedTooLong: 'not sent: {{bytes}} exceed the limit of one frame',
    sentPerhaps: 'Crema ended while sending: possibly sent, not repeated',
    sendFailed: 'the connection ended while it was being sent',
    sentPartly:
      'the connection ended after {{written}} of {{frames}} frames; the content of those frames may have taken effect',
    stoppedPartly:
      'stopped after {{written}} of {{frames}} frames; the rest is not sent, the content of those frames may have taken effect',
    linkAlive: 'the machine answers, so it receives commands',
    connectionClosed: 'connection closed',
    loggedIn: 'restarted after the command and logged in',
    startedSometime: 'restarted and logged in, possibly before the command',
    cameBack: 'reconnected; nothing shows a restart',
    otherAddress:
      'a connection from another address took this number; it may be another machine, so it confirms nothing yet',
    provedUnverified: 'the next report comes from an unverified connection',
    drinkMade: 'drink made: product {{productId}}, order {{orderNo}}',
    drinkFailed: 'drink not made: {{reason}}',
    amountSeen: 'product {{productId}} is sold for {{amount}}',
    amountUnclear:
      'product {{productId}} is sold for {{amount}}, possibly for another reason; this confirms nothing',
    amountSame: 'product {{productId}} is sold for {{amount}}, as before the command; this confirms nothing',
    amountDiffers: 'product {{productId}} is sold for {{amount}}, not for {{expected}}',
    listedSame:
      'the product list shows {{same, number}} products unchanged (first: {{productId}}); this confirms nothing',
    accepted: 'accepted by the machine, not completed yet',
    acceptedOnly: 'accepted; nothing more is reported',
    doneReported: 'completed, as reported by the machine',
    noticeNotTrusted: 'notice “{{status}}” from {{remoteAddress}} ignored: {{why}}',
    noticeSignWrong:
      'the sign of the next notice does not match this machine; another device may have sent it',
    machineSaidDone: 'accepted; nothing more is reported',
    machineSaidFailed: 'failed; reason from the machine: “{{reason}}”',
    replaced: 'replaced: sent again',
    noProof: 'not confirmed by any report',
    stoppedWaiting: 'stopped waiting',
    late: 'confirmed late, {{waited}} after the wait ended',
    notSent: 'the machine did not connect in time',
    notVerified: 'not sent: the machine was not verified in time',
    notItsTurn: 'not sent: “{{behind}}” had not ended in time',
    cannotProve: 'the machine does not report this result',
    cancelled: 'withdrawn',
    cremaClosed: 'Crema was closed before it was sent',
  } satisfies Record<SharedStep, string>,
  commandStepMore: {
    loggedIn: 'restarted after the command and logged in, version {{version}}',
    times: '{{step}} (×{{count, number}})',
    timesOrMore: '{{step}} (×{{count, number}} or more)',
    someTime: 'some time',
    noReason: 'no reason given',
    reasonOfCode: '{{reason}} ({{code}})',
    connection: 'waiting for the machine to connect',
    turn: 'waiting for its turn',
    nothingHeard: 'no data since {{time}}',
  },
  /** A notice over HTTP that does not count: its claim, and the reason. */
  commandNotice: {
    status: { accepted: 'accepted', failed: 'failed', failedWith: 'failed: {{reason}}' },
    why: {
      otherAddress: 'the machine’s connection has another address',
      unsigned: 'it has no sign',
      signWrong: 'its sign does not match this machine',
    },
  },
  commandStop: {
    takeBack: { name: 'Withdraw', note: 'The command has not been sent yet.' },
    stopWaiting: {
      name: 'Stop waiting for result',
      note: 'The command was sent and can’t be withdrawn. A later confirmation is still shown.',
    },
  },
  /** The reason why the package could not be offered. */
  commandOffer: {
    updatesOff: 'Crema is not listening for downloads',
    updatesUnreachable: 'Crema is not listening for downloads at the address this machine uses',
    unknownPackage: 'the package has been removed',
    other: 'the package is not ready to be sent',
  },
  /** The form made from its input, if it has no other form. */
  commandForm: {
    whole: 'A whole number from {{min}} to {{max}}.',
    wholes: 'Whole numbers from {{min}} to {{max}}, at most {{most}}, separated by commas.',
    code: '{{count}} digits, each {{min}} to {{max}}.',
  },
  commandHindrance: {
    alreadyQueued: 'This command is already queued. See below the buttons.',
    alreadyRunning: 'This command is already running. See below the buttons.',
    notOnPlatform: 'Not available on {{platform}} machines.',
    doorOpen: 'The door is open.',
    cupInPlace: 'The last drink was not collected.',
    inFault: 'Critical: {{error}} ({{code}}).',
    inFaultUnconfirmed: 'Reported before the machine reconnected, and not since: {{error}} ({{code}}).',
    notVerified: 'The machine on this connection is not verified.',
    suppliesGone: 'Out of {{material}}, by the count.',
  } satisfies Record<SharedReason, string>,
  /** Possible effects if it is sent all the same. */
  commandAccept: {
    doorOpen: 'The machine may refuse. Keep hands out: hot liquid may come.',
    cupInPlace: 'It may run into the full cup and overflow. Remove the cup first.',
    inFault: 'The machine may refuse or fail, or nothing catches the liquid.',
    inFaultUnconfirmed: 'If the error persists, the machine may refuse or fail.',
    suppliesGone: 'If the count is right, the drink fails or is incomplete.',
  } satisfies Record<Exclude<AcceptableReason, 'notVerified'>, string>,
} as const;
