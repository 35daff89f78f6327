/** The diagnosis: what each rule says, what it may come from, what it leads to and what to do; and whether a machine can sell. */
import type { CauseOf, RuleName } from '#shared/diagnosis/index';
import { longestTaken } from '#shared/limits';

type TextsOfRules = {
  readonly [Name in RuleName]: {
    /** What is so. */
    readonly says: string;
    /** What comes of it. */
    readonly leads: string;
    readonly causes: Readonly<Record<CauseOf<Name>, { readonly why: string; readonly todo: string }>>;
  };
};

export const diagnosis = {
  diagnosis: {
    title: 'Diagnosis',
    none: 'No rule finds anything wrong now.',
    why: 'Why',
    leads: 'What it leads to',
    todo: 'What to do',
    openSetting: 'Open “{{what}}”',
    openCommand: 'Send “{{what}}” …',
    openTab: 'Show {{what}}',
    history: 'Earlier',
    noHistory: 'Nothing earlier is recorded.',
    lasted: '{{from}}, for {{time}}',
    rule: {
      numberShared: {
        says: 'Two machines use this number and push each other off.',
        leads: 'Neither stays connected, and what is shown here mixes both.',
        causes: {
          twice: {
            why: 'The same machine number was typed into two machines, often after a board was changed or a setup was copied.',
            todo: 'Look at the addresses in its frames, find the second machine and give one of them a number of its own.',
          },
        },
      },
      reconnectLoop: {
        says: 'It reconnects again and again ({{times}} connections within a quarter of an hour).',
        leads: 'Commands get lost between two connections, and payments may not arrive in time.',
        causes: {
          refused: {
            why: 'Its login was refused, so it tries again.',
            todo: 'Correct number and code on the machine, or let Crema only warn about a wrong sign.',
          },
          noLogin: {
            why: 'It connects and goes without having logged in: its program hangs or is being set up.',
            todo: 'Restart the machine. If that does not help, check machine number, code and port in its menu.',
          },
          profile: {
            why: 'It closes the connection itself, and only answers of the vendor’s document are given: android machines pass those to heartbeats over.',
            todo: 'Set its answers to “Everything”.',
          },
          replaced: {
            why: 'A new connection of the same number comes before the old one has ended: a bad network, or a second machine with this number.',
            todo: 'Check cable or Wi-Fi. If both connections live on, look for a second machine with this number.',
          },
          network: {
            why: 'Nothing more came on the last connection: the network dropped it silently.',
            todo: 'Check cable, Wi-Fi signal, router and power saving on the way.',
          },
          line: {
            why: 'The last connection broke off in the middle.',
            todo: 'Check cable and router. A proxy or a firewall on the way may cut connections too.',
          },
          hangsUp: {
            why: 'It closes the connection itself. Machines do so when another server of their list is wanted, or their program restarts.',
            todo: 'Look at the server list in its menu, and at its screen for a restart.',
          },
        },
      },
      loginMissing: {
        says: 'It is connected and has not logged in.',
        leads: 'Without a login it does not count as connected on its side: it may not sell.',
        causes: {
          program: {
            why: 'Its program hangs between connecting and logging in, or what connects is not the machine.',
            todo: 'Restart the machine’s program. Then check number and code in its menu.',
          },
        },
      },
      loginRefused: {
        says: 'Its last login was refused (ret {{ret}}).',
        leads: 'It shows that it has no server, and does not sell by QR code.',
        causes: {
          sign: {
            why: 'The sign of its login does not fit the stored code, and the setting says to refuse it.',
            todo: 'Correct the code here or on the machine, or only warn about a wrong sign.',
          },
          linux: {
            why: 'Somebody answered it with another ret than 0.',
            todo: 'A linux machine has switched its network off now: restart it at the machine.',
          },
          other: {
            why: 'Somebody answered it with another ret than 0.',
            todo: 'Send no refusal by hand; at its next login it is let in.',
          },
        },
      },
      soldOut: {
        says: 'It says that everything is sold out.',
        leads: 'It sells nothing.',
        causes: {
          materials: {
            why: 'A material that every drink needs is used up, or its amount was not entered after the refill.',
            todo: 'Refill, and reset the amounts in the machine’s menu.',
          },
        },
      },
      upgradeNotFetched: {
        says: 'It was told to upgrade and has not come for the package.',
        leads: 'It stays on its version.',
        causes: {
          off: {
            why: 'Nobody listens for upgrade downloads.',
            todo: 'Choose an address for upgrade downloads on the Connect screen, then send the upgrade again.',
          },
          unreachable: {
            why: 'It does not reach the download address: another network, a firewall, or its program passes upgrades over.',
            todo: 'Check the firewall for the download port and whether the machine is in the same network; then send it again.',
          },
        },
      },
      heartbeatMissing: {
        says: 'No heartbeat comes, although it says other things.',
        leads: 'When it falls silent too, the connection is closed.',
        causes: {
          program: {
            why: 'A part of its program hangs.',
            todo: 'Restart its program when no drink is being made.',
          },
        },
      },
      paymentUnanswered: {
        says: 'It was told that order {{order}} is paid, and has said nothing of it since.',
        leads: 'The customer may have paid and got no drink.',
        causes: {
          unheard: {
            why: 'The message was lost, or the machine had given the order up.',
            todo: 'Look at the order and at the machine. Refund or make the drink by hand.',
          },
        },
      },
      ordersResent: {
        says: 'Orders that came three times or more: {{orders}}.',
        leads:
          'They count once here; but each repetition takes time on the line, and new orders wait behind them.',
        causes: {
          profile: {
            why: 'Orders are not acknowledged, as only answers of the vendor’s document are given.',
            todo: 'Set its answers to “Everything”.',
          },
          stored: {
            why: 'Our acknowledgement does not reach it, or it does not strike off what was acknowledged.',
            todo: 'Look at the frames of one such order: is it answered each time? Then restart the machine.',
          },
        },
      },
      halfFrames: {
        says: 'The rest of frames did not come.',
        leads: 'What was cut is lost; after 30 s the connection is closed.',
        causes: {
          line: {
            why: 'A bad line, or something between that cuts what it sends.',
            todo: 'Check cable and Wi-Fi; connect without a repeater or proxy to compare.',
          },
        },
      },
      framesLost: {
        says: 'Frames were lost: number {{got}} came where {{expected}} was due.',
        leads: 'Orders, errors or supplies may be missing here.',
        causes: {
          line: {
            why: 'The machine sent them while no connection stood, or another server got them.',
            todo: 'Check the network. If it has several servers in its list, look there for them.',
          },
        },
      },
      heartbeatSlow: {
        says: 'Its heartbeats come late, the last after {{seconds}} s.',
        leads: 'It seems silent at times, and a command may take longer to be proved.',
        causes: {
          network: {
            why: 'A slow network, or a machine that is busy.',
            todo: 'Check the Wi-Fi signal. If it stays so, restart the machine.',
          },
        },
      },
      clockWrong: {
        says: 'Its clock says {{machine}}; here it was {{here}}.',
        leads: 'Times of orders are wrong, and the answer to its login sets a linux machine’s clock to ours.',
        causes: {
          computer: {
            why: 'This computer’s clock is wrong.',
            todo: 'Set this computer’s clock before you connect a machine.',
          },
          neverSet: {
            why: 'The machine’s clock was never set, or its battery is empty.',
            todo: 'The next login sets a linux machine’s clock. On an android machine set it in the settings; change the battery if it forgets it.',
          },
          either: {
            why: 'One of the two clocks is wrong.',
            todo: 'Compare both with a clock you trust, and set the wrong one.',
          },
        },
      },
      signMismatch: {
        says: 'The sign of its login does not fit the stored code.',
        leads: 'It is let in; where wrong signs are refused it would not be.',
        causes: {
          program: {
            why: 'Another code is typed into the machine, or its program signs in its own way: android sends a constant.',
            todo: 'Compare the code in its menu with the one stored here.',
          },
        },
      },
      signAbsent: {
        says: 'Its login has no sign, though a code is stored.',
        leads: 'Anybody who knows its number could log in as this machine.',
        causes: {
          program: {
            why: 'No code is typed into the machine, or its program does not sign.',
            todo: 'Type the code into the machine, or remove it here.',
          },
        },
      },
      serverElsewhere: {
        says: 'Its login was answered with a server list that begins with {{host}}.',
        leads: 'A linux machine stores it, and connects there the next time.',
        causes: {
          list: {
            why: 'The answer was written by hand, or came from another server.',
            todo: 'If it is to stay here, type this computer’s address into its server list.',
          },
        },
      },
      priceZero: {
        says: '{{product}} has the price 0.',
        leads: 'The machine asks for no payment and gives it away.',
        causes: {
          sent: { why: 'That price was sent from here.', todo: 'Send the right price.' },
          machine: {
            why: 'The price is so in the machine.',
            todo: 'Send the right price, or set it in its menu.',
          },
        },
      },
      materialEmpty: {
        says: 'By its own count nothing is left: {{materials}}.',
        leads: 'Drinks made of it are sold out, or soon will be.',
        causes: {
          usedUp: {
            why: 'It is used up, or the refill was not entered.',
            todo: 'Refill, and enter the amount in the machine’s menu.',
          },
        },
      },
      qrTooLong: {
        says: 'The last QR text has {{chars}} characters; over {{limit}} a machine may show nothing.',
        leads: 'The customer sees no code and can’t pay.',
        causes: {
          text: { why: 'The text that was answered is too long.', todo: 'Answer with a shorter text.' },
        },
      },
      frameTooLong: {
        says: 'A message to it was too long ({{bytes}}; it takes {{limit}} bytes).',
        leads: 'It never got it.',
        causes: {
          notSent: {
            why: 'It does not fit the frame’s head and was not sent.',
            todo: 'Send less at a time.',
          },
          dropped: {
            why: `Its program drops longer frames without a word (linux over ${longestTaken.linux} bytes, android over ${longestTaken.android}).`,
            todo: 'Send less at a time.',
          },
        },
      },
      headForced: {
        says: 'It is answered with the {{from}} head and speaks with {{to}}.',
        leads: 'It may understand no answer.',
        causes: {
          setting: {
            why: 'The head is fixed in its settings.',
            todo: 'Set the frame head to “As it came”.',
          },
        },
      },
      headWrong: {
        says: 'Its frames have a wrong head, or none.',
        leads: 'They are read all the same, as far as that is certain.',
        causes: {
          program: {
            why: 'An unusual program, or something between that changes what it sends.',
            todo: 'Look at the bytes of such a frame. If it does not understand our answers, fix the head in its settings.',
          },
        },
      },
      headChanging: {
        says: 'It goes over from one frame head to the other ({{from}} to {{to}}).',
        leads: 'Each answer has the head it used last; it may not understand one.',
        causes: {
          program: {
            why: 'Two programs speak on one connection, or a relay mixes two.',
            todo: 'Fix the frame head in its settings to the one that it understands.',
          },
        },
      },
      lengthInChars: {
        says: 'It counts characters instead of bytes ({{declared}} instead of {{actual}}).',
        leads: 'Crema reads such frames; other servers cut them.',
        causes: {
          program: {
            why: 'A mistake in its program that shows with Chinese or other texts beyond ASCII.',
            todo: 'An upgrade may mend it; product names without such characters avoid it.',
          },
        },
      },
      jsonUnreadable: {
        says: 'Some of what it says can’t be read.',
        leads: 'What these frames wanted to say is lost; they are kept as they came.',
        causes: {
          program: {
            why: 'A mistake in its program, or a damaged line.',
            todo: 'Look at such a frame, and send it to whoever looks after the program.',
          },
        },
      },
      heartbeatIrregular: {
        says: 'Its heartbeats come unevenly, {{least}} to {{most}} s apart.',
        leads: 'The network is at its limit; a silence may end the connection.',
        causes: {
          line: {
            why: 'A bad Wi-Fi, a busy router, or a machine that is busy.',
            todo: 'Look at the picture of the last hour; try a cable.',
          },
        },
      },
      programRestarted: {
        says: 'Its program restarted within the last hour.',
        leads: 'What it was doing then was broken off.',
        causes: {
          program: {
            why: 'A command of ours, somebody at the machine, a power cut or a crash of its program.',
            todo: 'If nobody wanted it, look at what passed right before.',
          },
        },
      },
      stockNotCounted: {
        says: 'Not counted: {{materials}}.',
        leads: 'Nobody knows how much is left, and no warning comes before it is empty.',
        causes: {
          notEntered: {
            why: 'No amount was ever entered at the machine.',
            todo: 'Enter the amounts at the next refill.',
          },
        },
      },
      fatalFlags: {
        says: 'Warnings that it calls fatal: {{warnings}} ({{error}}).',
        leads: 'Other servers show it as out of order although it sells. Crema goes by the code.',
        causes: {
          program: {
            why: 'android machines call everything fatal.',
            todo: 'Nothing on this account; refill soon what is low.',
          },
        },
      },
      signOlder: {
        says: 'Its sign is made by the older formula.',
        leads: 'It is the same at every login: whoever saw one could send it again.',
        causes: {
          program: {
            why: 'Older linux programs sign code and number instead of date and code.',
            todo: 'Nothing; an upgrade may bring the newer formula.',
          },
        },
      },
      signLoose: {
        says: 'Its sign fits, but a zero at its beginning is missing, or it is in capitals.',
        leads: 'Crema takes it; a stricter server would refuse it.',
        causes: {
          program: {
            why: 'Its program writes the hash as a number.',
            todo: 'Nothing here. On another server such a login fails now and then.',
          },
        },
      },
      jsonLenient: {
        says: 'Its JSON has mistakes ({{what}}).',
        leads: 'It is read all the same; a stricter server would not.',
        causes: {
          program: {
            why: 'Its program writes messages as the examples of the vendor’s document are.',
            todo: 'Nothing.',
          },
        },
      },
      textGb18030: {
        says: 'Its texts are in GB18030 instead of UTF-8.',
        leads: 'Crema reads them; other programs show them garbled.',
        causes: { program: { why: 'An older Chinese program.', todo: 'Nothing.' } },
      },
      commandsUnknown: {
        says: 'It says commands that Crema does not know, last “{{cmd}}”.',
        leads: 'They are kept and not answered.',
        causes: {
          program: {
            why: 'A newer or special program.',
            todo: 'If it says the same again and again it waits for an answer: look at the frame and tell who looks after Crema.',
          },
        },
      },
      fieldsOdd: {
        says: 'Members are missing in its messages, or make no sense (last: {{field}}).',
        leads: 'What they would have told is not known.',
        causes: {
          program: {
            why: 'Another version of its program.',
            todo: 'Nothing, as long as nothing is missing here.',
          },
        },
      },
    } satisfies TextsOfRules,
  },
} as const;
