/** Texts of every command: its risk, its states, its steps, and why it can't be given or offered. */
import type { SharedReason } from '#shared/commands/kit/possible';
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
    none: 'Nothing happens to the machine.',
    opens: 'The door unlocks.',
    dispenses: 'Hot water or a hot drink comes out.',
    restarts: 'The machine restarts and does not sell for a minute or more.',
    restartsPart: 'The part restarts, or the whole program with it; meanwhile the machine may not sell.',
    reconnects: 'The machine reconnects to the first server in its list, which may be another server.',
    pays: 'The machine takes the order as settled.',
    reprices: 'Customers pay the new amounts.',
    restocks: 'What the machine counts of its materials changes, and a refill is put on record.',
    relists: 'Customers see another menu.',
  } satisfies Record<Risk, string>,
  commandState: {
    queued: {
      name: 'queued',
      note: 'Nothing was sent yet: the machine is not connected, or another command goes first.',
    },
    sent: { name: 'sent', note: 'It is with the machine. Nothing has proved yet that it was done.' },
    confirmed: { name: 'confirmed', note: 'After it, the machine itself reported what was asked for.' },
    unverified: {
      name: 'reported by an unverified connection',
      note: 'The connection that reported the result has not proved that it is this machine. Check at the machine.',
    },
    failed: { name: 'failed', note: 'It was not done, or not all of it. The steps say why.' },
    expired: {
      name: 'no proof in time',
      note: 'It was sent, but nothing that proves it came in time. It may have been done all the same: look at the machine.',
    },
    unconfirmable: {
      name: 'can’t be confirmed',
      note: 'It was sent. This kind of machine never reports the result, so only a look at it tells.',
    },
    cancelled: { name: 'taken back', note: 'Taken back before it was sent.' },
    unsent: {
      name: 'not sent',
      note: 'The machine did not connect in time, another command was still in front, or Crema was closed. Nothing was sent.',
    },
    stopped: {
      name: 'no longer waited for',
      note: 'It was sent, and may have been done. Proof that still comes is taken and said.',
    },
    replaced: { name: 'replaced', note: 'It was given again, and the newer one took its place.' },
    perhaps: {
      name: 'perhaps sent',
      note: 'Crema was ended as it was to be sent: it may have been, and is not sent again. Nothing has proved that it was done.',
    },
  } satisfies Record<CommandState | 'unsent' | 'replaced' | 'stopped' | 'perhaps' | 'unverified', StateTexts>,
  commandStep: {
    queued: 'machine not connected',
    waitsFor: 'waits until “{{behind}}” has ended',
    waitsForSlot:
      'waits for “{{behind}}”: the machine takes one settings command at a time; this one follows its proof, or 15 s of silence',
    waitsForProof: 'waits for a verified connection: the machine has not proved its identity',
    sentAnyway: 'allowed by a person although the machine has not proved its identity',
    notNow: 'not sent: {{reason}}',
    waitsAfterLogin: 'waits for the report that the machine sends by itself after a login',
    waitChanged: 'waits {{wait}} from then on',
    sent: 'sent',
    notOnPlatform: 'not sent: the {{platform}} machine program has no such command',
    notOffered: 'not sent: the machine could not fetch the package, {{reason}}',
    refusedTooLong: 'not sent: {{bytes}} are more than one frame can carry',
    sentPerhaps: 'Crema was ended as it was to be sent: it may have been, and is not sent again',
    sendFailed: 'the connection ended while it was being sent',
    sentPartly:
      'the connection ended after {{written}} of {{frames}} frames: what stands in those may have been taken',
    stoppedPartly:
      'stopped after {{written}} of {{frames}} frames: the rest is not sent, what stands in those may have been taken',
    linkAlive: 'the machine answers, so it receives commands',
    connectionClosed: 'connection closed',
    loggedIn: 'restarted after the command and logged in',
    startedSometime: 'restarted and logged in, perhaps before the command',
    cameBack: 'connected again; nothing shows that it restarted',
    otherAddress:
      'a connection from another address took this number; it may be another machine, so it proves nothing yet',
    provedUnverified: 'the next report comes from an unverified connection',
    drinkMade: 'drink made: product {{productId}}, order {{orderNo}}',
    drinkFailed: 'drink not made: {{reason}}',
    amountSeen: 'product {{productId}} is sold for {{amount}}',
    amountUnclear:
      'product {{productId}} is sold for {{amount}}, perhaps for another reason; this proves nothing',
    amountSame: 'product {{productId}} is sold for {{amount}}, as before the command; this proves nothing',
    amountDiffers: 'product {{productId}} is sold for {{amount}}, not for {{expected}}',
    listedSame:
      'the product list shows {{same, number}} products unchanged (first: {{productId}}); this proves nothing',
    accepted: 'accepted by the machine, not done yet',
    acceptedOnly: 'accepted; the machine reports nothing more',
    doneReported: 'done, as the machine reports',
    noticeNotTrusted: 'a notice “{{status}}” from {{remoteAddress}} was not counted: {{why}}',
    noticeSignWrong:
      'the sign of the next notice does not match this machine; another device may have sent it',
    machineSaidDone: 'accepted by the machine, which reports nothing more',
    machineSaidFailed: 'not done, says the machine: {{reason}}',
    replaced: 'given up: sent again',
    noProof: 'nothing came that proves it',
    stoppedWaiting: 'no longer waited for',
    late: 'its proof came late, {{waited}} after it was given up',
    notSent: 'the machine did not connect in time',
    notVerified: 'not sent: the machine did not prove its identity in time',
    notItsTurn: 'not sent: “{{behind}}” had not ended in time',
    cannotProve: 'the machine does not report this',
    cancelled: 'taken back',
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
    takeBack: { name: 'Take back', note: 'Nothing was sent yet.' },
    stopWaiting: {
      name: 'Stop waiting',
      note: 'It was sent and can’t be taken back. If its proof comes later, that is still said.',
    },
  },
  /** The reason why the package could not be offered. */
  commandOffer: {
    updatesOff: 'Crema does not listen for downloads',
    updatesUnreachable: 'Crema does not listen for downloads at the address this machine talks to',
    unknownPackage: 'it has been removed',
    other: 'it is not ready to be sent',
  },
  /** The form made from its input, if it has no other form. */
  commandForm: {
    whole: 'A whole number from {{min}} to {{max}}.',
    wholes: 'Whole numbers from {{min}} to {{max}}, at most {{most}}, with commas between them.',
    code: '{{count}} digits from {{min}} to {{max}}.',
  },
  commandHindrance: {
    alreadyRunning: 'It is running already. See the line below the header.',
    notOnPlatform: 'The {{platform}} machine program has no such command.',
    doorOpen: 'The door is open.',
    cupInPlace: 'A cup has not been taken.',
    inFault: 'It makes nothing: {{error}} ({{code}}).',
    inFaultUnconfirmed:
      'Reported before the reconnect and not confirmed since: {{error}} ({{code}}). If it is over, close the error with a note.',
    notVerified: 'The machine on this connection has not proved its identity.',
    suppliesGone: 'Out of {{material}}.',
  } satisfies Record<SharedReason, string>,
} as const;
