/** Findings: the sentence of each, its title in a summary, and the reason for Crema's reaction. */
import type { FindingCode, OwnFindingCode } from '#shared/findings';
import { maxTotal } from '#shared/framing';
import { longestTaken, numbersOfConnection, silenceLimit, swapWindow } from '#shared/limits';

interface FindingTexts {
  readonly says: string;
  readonly title: string;
  readonly repair?: string;
}
/** `head.missing` is at `head`, `missing`. */
type Room<Code> = Code extends `${infer Name}.${string}` ? Name : never;
type Within<Code, Name extends string> = Code extends `${Name}.${infer Rest}` ? Rest : never;
export type ByFindingCode<Code extends FindingCode> = {
  readonly [Name in Room<Code>]: Readonly<Record<Within<Code, Name>, FindingTexts>>;
};

export const findings = {
  finding: {
    head: {
      unrecognised: {
        says: '12 bytes before the JSON match neither of the two known heads',
        title: 'Unknown frame heads',
        repair: 'The bytes are kept as a head, and the JSON object is the frame.',
      },
      lengthWrong: {
        says: 'The head declares {{declared}} bytes; there were {{actual}} bytes',
        title: 'Heads with a wrong length',
        repair: 'The frame ends where the JSON object ends.',
      },
      lengthInChars: {
        says: 'The head declares {{declared}}: characters counted instead of bytes ({{actual}})',
        title: 'Heads that count characters instead of bytes',
        repair:
          'Characters beyond ASCII have several bytes but were counted once. The frame ends where the JSON object ends.',
      },
      missing: {
        says: 'JSON without a head',
        title: 'JSON without a head',
        repair: 'The frame starts with its JSON object.',
      },
      changed: {
        says: 'The connection switched from the {{from}} to the {{to}} head',
        title: 'Switched between the two heads',
      },
    },
    json: {
      lenient: {
        says: 'JSON with a mistake that Crema could read: {{what}} at character {{offset}}',
        title: 'Readable JSON with mistakes',
        repair: 'The tree shows everything that is certain. Values that may be cut are left out.',
      },
      invalid: {
        says: 'The body can’t be read as JSON',
        title: 'Bodies that are not JSON',
        repair: 'It is shown as received.',
      },
    },
    text: {
      gb18030: {
        says: 'Text in GB18030 instead of UTF-8',
        title: 'Text in GB18030 instead of UTF-8',
        repair: 'Every byte is valid GB18030.',
      },
      undecodable: {
        says: 'Text that is neither UTF-8 nor GB18030, from byte {{offset}}',
        title: 'Text in an unknown encoding',
        repair: 'Invalid bytes are shown as �. The bytes themselves are unchanged.',
      },
    },
    field: {
      missing: { says: 'Field {{field}} is missing', title: 'Missing fields' },
      invalid: {
        says: 'Field {{field}} has an invalid value: {{value}}',
        title: 'Fields with invalid values',
      },
      unknown: {
        says: 'Fields unknown to Crema: {{count}}, the first is {{field}}',
        title: 'Unknown fields',
      },
    },
    cmd: {
      unknown: { says: 'A command unknown to Crema: {{cmd}}', title: 'Unknown commands' },
    },
    vmcNo: {
      changed: {
        says: 'The machine number changed from {{from}} to {{to}} on one connection',
        title: 'Machine number changed on one connection',
      },
    },
    junk: {
      noFrame: {
        says: '{{bytes}} bytes that belong to no frame',
        title: 'Bytes that belong to no frame',
      },
      cut: {
        says: 'The rest of a frame never arrived ({{bytes}} bytes received)',
        title: 'Incomplete frames',
      },
    },
    seq: {
      gap: {
        says: 'Frames were lost: sequence {{expected}} expected, {{got}} received',
        title: 'Frames lost (sequence gaps)',
      },
      restart: {
        says: 'The sequence restarted at {{got}}: the machine restarted',
        title: 'Sequence restarted with the machine',
      },
    },
    out: {
      long: {
        says: `{{bytes}} bytes were sent; Linux machines drop frames over ${longestTaken.linux}`,
        title: 'Long frames sent',
      },
      tooLong: {
        says: `A frame of {{bytes}} bytes was not sent: the limit is ${maxTotal}`,
        title: 'Frames too long to send',
      },
    },
    login: {
      missing: { says: 'The machine sent frames before logging in', title: 'Frames before the login' },
    },
    number: {
      shared: {
        says: `Two machines use this number: {{swaps}} swaps within ${swapWindow / 60_000} minutes`,
        title: 'Two machines use this number',
      },
      replaced: {
        says: 'A newer connection with this number took over',
        title: 'Replaced by a newer connection',
      },
      taken: {
        says: 'A connection from another address took over this number: {{address}} replaced {{from}}',
        title: 'Number taken over from another address',
      },
      takenUnsigned: {
        says: 'A connection without a matching sign took over this number: {{address}} replaced the silent verified machine at {{from}}',
        title: 'Number taken over without a matching sign',
      },
      moved: {
        says: '{{address}} now uses this number; the last connection came from {{from}}. Nothing confirms that it is the same machine',
        title: 'Number used from another address',
      },
      contested: {
        says: 'No matching sign: number {{vmcNo}} stays with the verified machine at {{address}}. This frame changes nothing and confirms nothing',
        title: 'Number of a verified machine used without a matching sign',
      },
      claimed: {
        says: '{{address}} claimed this number without a matching sign; the verified machine at {{here}} keeps it',
        title: 'Number claimed without a matching sign',
      },
      tooMany: {
        says: `After ${numbersOfConnection} machine numbers, the connection logged in with another one, {{vmcNo}}, which was ignored`,
        title: `More than ${numbersOfConnection} machine numbers on one connection`,
      },
    },
    link: {
      reserved: {
        says: 'Disconnected: the direct link serves machine {{vmcNo}} only',
        title: 'Rejected: direct link to another machine',
      },
      crowded: {
        says: 'Closed for a newer connection: all {{places}} connections were in use, {{held}} of them by this address',
        title: 'Closed: too many connections',
      },
      silence: {
        says: 'No data for {{time}}; the connection was closed',
        title: `Closed after ${silenceLimit / 60_000} minutes without data`,
      },
      startedAnew: {
        says: 'Crema restarted {{time}} after its last record. It recorded nothing in between',
        title: 'Crema restarted',
      },
      asleep: {
        says: 'This computer slept for {{time}} and received nothing in that time',
        title: 'This computer slept',
      },
      clockForward: {
        says: 'The clock of this computer was set forward by {{time}}: times before and after can’t be compared',
        title: 'Clock of this computer set forward',
      },
      clockBack: {
        says: 'The clock of this computer was set back by {{time}}: times before and after can’t be compared',
        title: 'Clock of this computer set back',
      },
      slept: {
        says: 'This computer slept for {{time}}; no data arrived on the connection after it woke',
        title: 'Connection lost while this computer slept',
      },
      halfFrame: {
        says: 'A frame was not completed ({{bytes}} bytes received); the connection was closed',
        title: 'Closed: incomplete frame',
      },
      noFrame: {
        says: '{{bytes}} bytes without a frame; the connection was closed',
        title: 'Closed: bytes without a frame',
      },
      internal: {
        says: 'An error in Crema closed this connection: {{detail}}. Please report it with the last frames.',
        title: 'Closed by an error in Crema',
      },
      notReading: {
        says: 'The machine did not receive {{bytes}} bytes; the connection was closed',
        title: 'Closed: the machine did not receive data',
      },
    },
    relay: {
      unreachable: {
        says: 'The real server {{host}}:{{port}} is unreachable ({{detail}}). Crema does not answer in its place',
        title: 'Relay: real server unreachable',
      },
      servedMeanwhile: {
        says: 'The real server {{host}}:{{port}} is unreachable ({{detail}}). Crema answers the machine; that server receives nothing',
        title: 'Relay: Crema answered the machine',
      },
      machineEnds: {
        says: 'The machine stopped sending; the server is notified after all earlier frames',
        title: 'Relay: the machine stopped sending',
      },
      serverEnds: {
        says: 'The server stopped sending; the machine is notified after all earlier frames',
        title: 'Relay: the server stopped sending',
      },
      machineCuts: {
        says: 'The machine cut its connection, so the connection to its server was cut too',
        title: 'Relay: the machine cut the connection',
      },
      serverCuts: {
        says: 'The server cut its connection, so the connection to the machine was cut too',
        title: 'Relay: the server cut the connection',
      },
      unrecorded: {
        says: '{{bytes}} bytes were forwarded without a record: they arrived faster than they could be written',
        title: 'Relay: forwarded without a record',
      },
      ours: {
        says: 'Sent by Crema, not by the machine or its server',
        title: 'Relay: frames sent by Crema',
      },
      renumbered: {
        says: 'Forwarded with sequence number {{to}} instead of {{from}}, because Crema had added or held frames',
        title: 'Relay: sequence number changed',
      },
      held: { says: 'Held by rule {{rule}}, waiting for a person', title: 'Relay: held' },
      released: {
        says: 'Held earlier as number {{held}} of this connection; forwarded unchanged now',
        title: 'Relay: forwarded after being held',
      },
      edited: {
        says: 'Held earlier as number {{held}} of this connection; a person changed it and sent this instead',
        title: 'Relay: changed by a person',
      },
      heldDropped: {
        says: 'A person dropped number {{held}} of the held frames of this connection',
        title: 'Relay: held, then dropped by a person',
      },
      heldAtEnd: {
        says: 'The connection ended while {{frames}} frames were held; they were not forwarded',
        title: 'Relay: still held when the connection ended',
      },
      dropped: { says: 'Dropped by rule {{rule}}, not forwarded', title: 'Relay: dropped by a rule' },
      answered: {
        says: 'Answered by Crema (rule {{rule}}), not forwarded',
        title: 'Relay: answered by Crema',
      },
      noOwnAnswer: {
        says: 'Rule {{rule}} applies, but Crema has no answer to this frame, so it was forwarded',
        title: 'Relay: forwarded, no answer by Crema',
      },
      replaced: {
        says: 'Not forwarded: rule {{rule}} sent the changed frame instead, which is recorded separately',
        title: 'Relay: replaced by a changed frame',
      },
      rewritten: {
        says: 'Rule {{rule}} changed {{member}} and sent this instead of the received frame',
        title: 'Relay: changed by a rule',
      },
      memberMissing: {
        says: 'Rule {{rule}} applies, but the frame has no {{member}}, so it was forwarded unchanged',
        title: 'Relay: field to change is missing',
      },
      notRewritten: {
        says: 'Rule {{rule}} could not change {{member}}: the body is unreadable or would be too long. The frame was forwarded unchanged',
        title: 'Relay: frame could not be changed',
      },
      signRenewed: {
        says: 'The sign was computed again for the changed login, with the stored verification code',
        title: 'Relay: sign renewed',
      },
      signKept: {
        says: 'The sign no longer fits the changed login: Crema has no code that made it. The server may refuse the login',
        title: 'Relay: sign does not fit the change',
      },
      delayed: {
        says: 'Delayed by rule {{rule}} for {{delay}} ms; frames behind it in this direction wait too',
        title: 'Relay: delayed by a rule',
      },
      queued: {
        says: 'Waits behind a frame that rule {{rule}} delays',
        title: 'Relay: waits behind a delayed frame',
      },
      sentLate: {
        says: 'A delayed frame, forwarded {{delay}} ms after it arrived',
        title: 'Relay: forwarded after a delay',
      },
      delayFull: {
        says: 'Rule {{rule}} applies, but too many frames are delayed already, so this frame was forwarded',
        title: 'Relay: not delayed, limit reached',
      },
      delayedAtEnd: {
        says: 'The connection ended while {{frames}} frames were delayed; they were not forwarded',
        title: 'Relay: still delayed when the connection ended',
      },
      loop: {
        says: 'The server {{host}}:{{port}} sends machines back to this Crema: a loop. Change the relay of one of the two',
        title: 'Relay: the server sends machines back',
      },
      otherServer: {
        says: 'The machine reported its number after it was connected to a server that is not its own. It was disconnected, so that it reconnects',
        title: 'Relay: connected to the wrong server',
      },
      noAnswer: {
        says: 'Rule {{rule}} applies, but part of another frame was being sent to the sender, so this frame was forwarded',
        title: 'Relay: forwarded instead of answered',
      },
      holdFull: {
        says: 'Rule {{rule}} applies, but too many frames are held already, so this frame was forwarded',
        title: 'Relay: not held, limit reached',
      },
      notPassed: {
        says: 'Not forwarded: no other side is connected',
        title: 'Relay: not forwarded',
      },
    },
    notice: {
      signWrong: {
        says: 'The sign of an HTTP notice about session {{session}} does not match this machine; another device may have sent it',
        title: 'Notices with a wrong sign',
      },
      unsigned: {
        says: 'An HTTP notice about session {{session}} from {{address}} has no sign, so it does not count',
        title: 'Notices without a sign',
      },
      otherAddress: {
        says: 'An HTTP notice about session {{session}} came from {{address}}, not from the machine’s address, so it does not count',
        title: 'Notices from another address',
      },
    },
    rehearsal: {
      unverified: {
        says: 'The payment rehearsal sent no result for order {{orderNo}}: this connection is not verified',
        title: 'Payment rehearsal stopped: identity not verified',
      },
    },
    fault: {
      closed: {
        says: 'A person closed {{code}}; the machine has not cleared it: {{note}}',
        title: 'Errors closed by a person',
      },
    },
    record: {
      missing: {
        says: 'Entries {{from}} to {{to}} of this site are missing: {{count}} never arrived here',
        title: 'Entries missing',
      },
      damaged: {
        says: 'Stored text damaged: it may differ from the text sent or received, and confirms nothing',
        title: 'Damaged records',
      },
    },
    capture: {
      gap: {
        says: '{{bytes}} bytes are missing: the capture lost packets',
        title: 'Bytes missing in the capture',
      },
      cut: {
        says: '{{bytes}} bytes were not recorded (packets cut short)',
        title: 'Packets cut short',
      },
      fragment: { says: 'Only the first part of an IP packet was read', title: 'IP fragments' },
      midStream: {
        says: 'The capture started in the middle of this connection',
        title: 'Connected before the capture',
      },
      reopened: {
        says: 'The end was not recorded; a new connection between the same addresses follows',
        title: 'End not recorded',
      },
      early: {
        says: '{{bytes}} bytes from before the first recorded ones arrived late and can’t be placed',
        title: 'Bytes from before the capture',
      },
      fromServer: {
        says: '{{bytes}} bytes from the server that form no frame',
        title: 'Junk from the server',
      },
    },
  } satisfies ByFindingCode<OwnFindingCode>,
  /** Mistakes in JSON, within the sentence of `json.lenient`. */
  lenient: {
    byteOrderMark: 'a byte order mark',
    nul: 'zero bytes after the object',
    controlCharacter: 'a control character inside a text',
    objectCut: 'an incomplete object',
    afterEnd: 'extra content after the object',
    trailingComma: 'an extra comma',
    comment: 'a comment',
    valueMissing: 'a missing value or name',
    missingComma: 'a missing comma',
    missingColon: 'a missing colon',
    unexpectedEnd: 'unexpected end',
    invalidSymbol: 'an invalid character',
  },
} as const;
