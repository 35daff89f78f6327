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
        says: '12 bytes before the JSON that are neither of the two known heads',
        title: 'Unknown frame heads',
        repair: 'They were kept as a head, and the frame is what the JSON object holds.',
      },
      lengthWrong: {
        says: 'The head says {{declared}} bytes; there were {{actual}} bytes',
        title: 'Heads with a wrong length',
        repair: 'The end of the JSON object was taken for the end of the frame.',
      },
      lengthInChars: {
        says: 'The head says {{declared}}: characters counted instead of bytes ({{actual}})',
        title: 'Heads that count characters instead of bytes',
        repair:
          'A character beyond ASCII has several bytes but was counted once. The end of the JSON object counts.',
      },
      missing: {
        says: 'JSON without a head',
        title: 'JSON without a head',
        repair: 'The frame begins with its JSON object.',
      },
      changed: {
        says: 'The connection went over from the {{from}} to the {{to}} head',
        title: 'Switched between the two heads',
      },
    },
    json: {
      lenient: {
        says: 'JSON with a mistake, read all the same: {{what}} at character {{offset}}',
        title: 'JSON with mistakes, read all the same',
        repair: 'All that could be read with certainty is in the tree; a value that may be cut is left out.',
      },
      invalid: {
        says: 'The body can’t be read as JSON',
        title: 'Bodies that are no JSON',
        repair: 'It is shown as it came.',
      },
    },
    text: {
      gb18030: {
        says: 'Text in GB18030 instead of UTF-8',
        title: 'Text in GB18030 instead of UTF-8',
        repair: 'Read as GB18030 every byte makes sense.',
      },
      undecodable: {
        says: 'Text that is neither UTF-8 nor GB18030, from byte {{offset}}',
        title: 'Text in an unknown encoding',
        repair: 'Shown with � where a byte makes no sense. The bytes are as they came.',
      },
    },
    field: {
      missing: { says: 'The field {{field}} is missing', title: 'Missing fields' },
      invalid: {
        says: 'The field {{field}} makes no sense: {{value}}',
        title: 'Fields that make no sense',
      },
      unknown: {
        says: 'Fields Crema does not know: {{count}}, the first of them {{field}}',
        title: 'Unknown fields',
      },
    },
    cmd: {
      unknown: { says: 'A command Crema does not know: {{cmd}}', title: 'Unknown commands' },
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
        says: 'The start of a frame whose rest never came ({{bytes}} bytes)',
        title: 'Frames cut off',
      },
    },
    seq: {
      gap: {
        says: 'Frames were lost: sequence {{got}} came where {{expected}} was due',
        title: 'Frames lost (sequence gaps)',
      },
      restart: {
        says: 'The sequence began again at {{got}}: the machine restarted',
        title: 'Sequence restarted with the machine',
      },
    },
    out: {
      long: {
        says: `{{bytes}} bytes were sent; linux machines drop frames over ${longestTaken.linux}`,
        title: 'Long frames sent',
      },
      tooLong: {
        says: `A frame of {{bytes}} bytes was not sent: ${maxTotal} is the limit`,
        title: 'Frames too long to send',
      },
    },
    login: {
      missing: { says: 'It spoke before logging in', title: 'Spoke before logging in' },
    },
    number: {
      shared: {
        says: `Two machines use this number: {{swaps}} swaps within ${swapWindow / 60_000} minutes`,
        title: 'Two machines use this number',
      },
      replaced: {
        says: 'A newer connection with this number took over',
        title: 'Taken over by a newer connection',
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
        says: 'This number came from {{address}}; until its last connection ended it came from {{from}}. Nothing proves that it is the same machine',
        title: 'Number used from another address',
      },
      contested: {
        says: 'No matching sign: number {{vmcNo}} stays with the verified machine at {{address}}. This frame changes nothing and proves nothing',
        title: 'Number of a verified machine used without a matching sign',
      },
      claimed: {
        says: '{{address}} claimed this number without a matching sign; the verified machine at {{here}} keeps it',
        title: 'Number claimed without a matching sign',
      },
      tooMany: {
        says: `After ${numbersOfConnection} machine numbers it logged in with yet another, {{vmcNo}}, which is not taken`,
        title: `More than ${numbersOfConnection} machine numbers on one connection`,
      },
    },
    link: {
      reserved: {
        says: 'Let go: the direct link serves machine {{vmcNo}} only',
        title: 'Turned away: direct link to another machine',
      },
      crowded: {
        says: 'Gave way: all {{places}} connections were taken, {{held}} of them by this address',
        title: 'Gave way: too many connections',
      },
      silence: {
        says: 'Nothing came for {{time}}; the connection was closed',
        title: `Closed after ${silenceLimit / 60_000} minutes of silence`,
      },
      startedAnew: {
        says: 'Crema restarted {{time}} after its last record. It recorded nothing in between',
        title: 'Crema restarted',
      },
      asleep: {
        says: 'This computer slept for {{time}} and could hear nothing meanwhile',
        title: 'This computer slept',
      },
      clockForward: {
        says: 'The clock of this computer was put forward by {{time}}: times before and after are not of one clock',
        title: 'Clock of this computer put forward',
      },
      clockBack: {
        says: 'The clock of this computer was put back by {{time}}: times before and after are not of one clock',
        title: 'Clock of this computer put back',
      },
      slept: {
        says: 'This computer slept for {{time}}, and nothing was heard on the connection since it woke',
        title: 'The link did not outlive sleep of this computer',
      },
      halfFrame: {
        says: 'A frame was begun ({{bytes}} bytes) and not finished; the connection was closed',
        title: 'Closed over an unfinished frame',
      },
      noFrame: {
        says: '{{bytes}} bytes without a frame; the connection was closed',
        title: 'Closed: bytes without a frame',
      },
      internal: {
        says: 'A mistake in Crema itself ended this connection: {{detail}}. Please report it with the last frames.',
        title: 'Closed by a mistake in Crema',
      },
      notReading: {
        says: 'The machine left {{bytes}} bytes untaken; the connection was closed',
        title: 'Closed: the machine did not read',
      },
    },
    relay: {
      unreachable: {
        says: 'Its server {{host}}:{{port}} can’t be reached ({{detail}}). Crema does not serve the machine in its place',
        title: 'Relay: the real server can’t be reached',
      },
      servedMeanwhile: {
        says: 'Its server {{host}}:{{port}} can’t be reached ({{detail}}). Crema serves the machine meanwhile; that server hears nothing of it',
        title: 'Relay: Crema served the machine meanwhile',
      },
      machineEnds: {
        says: 'The machine sends no more; its server is told so after all that came before',
        title: 'Relay: the machine ended its side',
      },
      serverEnds: {
        says: 'The server sends no more; the machine is told so after all that came before',
        title: 'Relay: the server ended its side',
      },
      machineCuts: {
        says: 'The machine cut the connection; so it was cut to its server',
        title: 'Relay: the machine cut the connection',
      },
      serverCuts: {
        says: 'The server cut the connection; so it was cut to the machine',
        title: 'Relay: the server cut the connection',
      },
      unrecorded: {
        says: '{{bytes}} bytes were passed on without being recorded: more came than could be written down',
        title: 'Relay: passed on without a record',
      },
      ours: {
        says: 'Sent by Crema; neither the machine nor its server wrote it',
        title: 'Relay: frames sent by Crema',
      },
      renumbered: {
        says: 'Passed on with the sequence number {{to}} instead of {{from}}, because Crema had put frames in or kept some back',
        title: 'Relay: passed on with another sequence number',
      },
      held: { says: 'Held back by rule {{rule}}: it waits for a person', title: 'Relay: held back' },
      released: {
        says: 'Held back before as number {{held}} of this connection; passed on now as it came',
        title: 'Relay: passed on after being held back',
      },
      edited: {
        says: 'Held back before as number {{held}} of this connection; a person changed it, and this was sent instead',
        title: 'Relay: changed by a person',
      },
      heldDropped: {
        says: 'Number {{held}} that was held back on this connection was dropped by a person',
        title: 'Relay: held back and dropped by a person',
      },
      heldAtEnd: {
        says: 'The connection ended while {{frames}} frames were held back: they never went on',
        title: 'Relay: still held back when the connection ended',
      },
      dropped: { says: 'Dropped by rule {{rule}}: it went no further', title: 'Relay: dropped by a rule' },
      answered: {
        says: 'Answered by Crema (rule {{rule}}): it went no further',
        title: 'Relay: answered by Crema',
      },
      loop: {
        says: 'The server {{host}}:{{port}} passes the machine back to this Crema: a loop. Change the relay of one of the two',
        title: 'Relay: the server passes machines back',
      },
      otherServer: {
        says: 'It said its number only after it had been connected to another server than its own; it was let go, so that it comes again',
        title: 'Relay: connected to another server than its own',
      },
      noAnswer: {
        says: 'Rule {{rule}} would answer it, but part of another frame was on its way to the sender, so it was passed on',
        title: 'Relay: passed on instead of answered',
      },
      holdFull: {
        says: 'Rule {{rule}} would hold it back, but so many wait already that it was passed on',
        title: 'Relay: not held back, as too many were',
      },
      notPassed: {
        says: 'It did not go on: there was nobody to take it',
        title: 'Relay: not passed on',
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
        says: 'The payment rehearsal sent no result for order {{orderNo}}: this connection has not proved its identity',
        title: 'Payment rehearsal held back: identity not verified',
      },
    },
    fault: {
      closed: {
        says: 'A person closed {{code}}; the machine has not cleared it: {{note}}',
        title: 'Errors that a person closed',
      },
    },
    record: {
      damaged: {
        says: 'Stored text damaged: it may differ from what was sent or received, and proves nothing',
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
        says: 'The capture began in the middle of this connection',
        title: 'Began before the capture',
      },
      reopened: {
        says: 'Its end was not recorded; a new connection of the same addresses follows',
        title: 'End not recorded',
      },
      early: {
        says: '{{bytes}} bytes from before the first recorded ones came late and have no place among them',
        title: 'From before the capture',
      },
      fromServer: {
        says: '{{bytes}} bytes that make no frame, sent by the server',
        title: 'Junk from the server',
      },
    },
  } satisfies ByFindingCode<OwnFindingCode>,
  /** Mistakes in JSON, within the sentence of `json.lenient`. */
  lenient: {
    byteOrderMark: 'a byte order mark',
    nul: 'zero bytes after the object',
    controlCharacter: 'a control character inside a text',
    objectCut: 'the object is cut in two',
    afterEnd: 'something after the object',
    trailingComma: 'a comma too many',
    comment: 'a comment',
    valueMissing: 'a value or a name is missing',
    missingComma: 'a comma is missing',
    missingColon: 'a colon is missing',
    unexpectedEnd: 'it ends too early',
    invalidSymbol: 'a character that may not stand there',
  },
} as const;
