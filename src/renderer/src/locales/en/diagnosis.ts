/** The diagnosis: the problem, causes, consequence and remedy of each rule; and whether a machine can sell. */
import type { TextsOfRules } from '../shape';
import { rulesOfFrames } from './diagnosisFrames';

export const diagnosis = {
  diagnosis: {
    title: 'Diagnosis',
    none: {
      all: 'No problems found.',
      errors: 'No problems found beyond the active errors.',
      others: 'No problems found beyond those above.',
    },
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
      ...rulesOfFrames,
      numberShared: {
        says: 'Two machines use this number and disconnect each other.',
        leads: 'Neither stays connected, and what is shown here mixes both.',
        causes: {
          twice: {
            why: 'The same machine number was typed into two machines, often after a board was changed or a setup was copied.',
            todo: 'Look at the addresses in its frames, find the second machine and give one of them a number of its own.',
          },
        },
      },
      reconnectLoop: {
        says: 'Reconnected {{times}} times in 15 min.',
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
            why: 'It closes the connection itself, and where Crema answers it, only answers of the vendor’s document are given: android machines pass those to heartbeats over.',
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
        says: 'Connected without a login.',
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
            why: 'A person here or its real server answered it with another ret than 0.',
            todo: 'A linux machine has switched its network off now: restart it at the machine.',
          },
          other: {
            why: 'A person here or its real server answered it with another ret than 0.',
            todo: 'Send no refusal by hand; where its real server refuses, ask whoever runs that.',
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
        says: 'The upgrade command was sent, but the machine has not requested the package.',
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
        says: 'No heartbeat, but other frames arrive.',
        leads: 'If the other frames stop too, the connection is closed.',
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
          server: {
            why: 'Its real server does not acknowledge them, or the machine does not strike off what was acknowledged.',
            todo: 'Look at the frames of one such order: does the server answer it each time?',
          },
          stored: {
            why: 'Our acknowledgement does not reach it, or it does not strike off what was acknowledged.',
            todo: 'Look at the frames of one such order: is it answered each time? Then restart the machine.',
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
        says: 'Warnings that the machine marks fatal: {{warnings}} ({{error}}).',
        leads: 'Other servers may show the machine as out of order. Crema follows the code.',
        causes: {
          program: {
            why: 'Android machines mark every error fatal.',
            todo: 'Refill what is low.',
          },
        },
      },
    } satisfies TextsOfRules,
  },
} as const;
