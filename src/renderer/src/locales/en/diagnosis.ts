/** The diagnosis: the problem, causes, consequence and remedy of each rule; and whether a machine can sell. */
import type { TextsOfRules } from '../shape';
import { rulesOfFrames } from './diagnosisFrames';

export const diagnosis = {
  diagnosis: {
    why: 'Why',
    leads: 'Effect',
    openSetting: 'Open “{{what}}”',
    openCommand: 'Send “{{what}}”…',
    openTab: 'Show {{what}}',
    history: 'Earlier problems',
    noHistory: 'No earlier problems recorded.',
    missing: {
      one: '{{first}}',
      many: '{{first}} to {{last}}',
      from: '{{first}} and later',
    },
    lasted: '{{from}}, for {{time}}',
    rule: {
      ...rulesOfFrames,
      numberShared: {
        says: 'Two machines use this number: {{a}} and {{b}}.',
        leads: 'Neither machine stays connected, and the data shown here mixes both.',
        causes: {
          twice: {
            why: 'The same machine number was entered in two machines, often after a board was replaced or a setup was copied.',
            todo: 'Find both machines, and give one of them another number.',
          },
        },
      },
      reconnectLoop: {
        says: 'Reconnected at least {{times}} times within the last 15 min.',
        leads: 'Commands get lost between connections, and payment results may arrive late.',
        causes: {
          refused: {
            why: 'The login was refused, so the machine tries again.',
            todo: 'Correct number and verification code on the machine. Or set “If the verification code is wrong” to “Warn” in its settings here.',
          },
          noLogin: {
            why: 'The machine disconnects without a login: its program hangs or is being set up.',
            todo: 'Restart the machine. If that does not help, check machine number, verification code and port on its screen.',
          },
          profile: {
            why: 'The machine closes the connection. Crema answers as in the vendor’s document, and Android machines ignore those heartbeat answers.',
            todo: 'Set its answers to “Everything”.',
          },
          replaced: {
            why: 'A new connection with the same number starts before the old one ends: a bad network, or a second machine with this number.',
            todo: 'Check cable or Wi-Fi. Then look for a second machine with this number.',
          },
          network: {
            why: 'The last connection went silent: the network dropped it without a notice.',
            todo: 'Check cable, Wi-Fi signal, router, and power saving of the devices in between.',
          },
          line: {
            why: 'The last connection was interrupted.',
            todo: 'Check cable and router. A proxy or firewall in between may cut connections too.',
          },
          hangsUp: {
            why: 'The machine closes the connection. It does so to use another server of its list, or because its program restarts.',
            todo: 'Check the server addresses on its screen. If the screen shows that it restarts by itself, check its power supply.',
          },
        },
      },
      loginMissing: {
        says: 'Connected without a login.',
        leads: 'Without a login the machine counts itself as offline and may not sell.',
        causes: {
          program: {
            why: 'The machine’s program hangs before the login, or the device is not a machine.',
            todo: 'Restart the machine. If that does not help, check number and verification code on its screen.',
          },
        },
      },
      loginRefused: {
        says: 'The last login was refused.',
        leads: 'The machine shows that it has no server, and does not sell by QR code.',
        causes: {
          sign: {
            why: 'The login was made with another verification code than the stored one, and the settings refuse that.',
            todo: 'Correct the verification code, on the machine or in its settings here. Then restart the machine on site.',
          },
          linux: {
            why: 'A person here answered the login with a ret other than 0.',
            todo: 'Do not send refusals manually. Restart the machine on site: it has switched its network off.',
          },
          server: {
            why: 'The real server answered the login with a ret other than 0. It may not know this number.',
            todo: 'Ask the operator of the real server for the reason. Then restart the machine on site.',
          },
          other: {
            why: 'A person here answered the login with a ret other than 0.',
            todo: 'Do not send refusals manually. The machine accepts the next login’s answer.',
          },
        },
      },
      soldOut: {
        says: 'The machine reports that everything is sold out.',
        leads: 'The machine sells nothing.',
        causes: {
          materials: {
            why: 'A material of every drink is used up, or its amount was not entered after the refill.',
            todo: 'Check cups, water and every canister. Refill, then enter the new amounts on the machine’s screen.',
          },
        },
      },
      upgradeNotFetched: {
        says: 'The upgrade command was sent, but the machine has not requested the package.',
        leads: 'The machine keeps its version.',
        causes: {
          off: {
            why: 'Crema is not listening for upgrade downloads.',
            todo: 'Choose an address for upgrade downloads on the Connect screen, then send the upgrade again.',
          },
          unreachable: {
            why: 'The machine can’t reach the download address (another network, a firewall), or its program ignores upgrades.',
            todo: 'Check that the firewall allows the download port and that the machine is on the same network. Then send the upgrade again.',
          },
        },
      },
      heartbeatMissing: {
        says: 'No heartbeat, but other data arrives.',
        leads: 'If the other data stops too, the connection is closed.',
        causes: {
          program: {
            why: 'Part of the machine’s program hangs.',
            todo: 'Restart the machine when no drink is being made.',
          },
        },
      },
      paymentUnanswered: {
        says: 'The machine has not answered the payment of order {{order}}.',
        leads: 'The customer may have paid without getting a drink.',
        causes: {
          unheard: {
            why: 'The frame was lost, or the machine had dropped the order.',
            todo: 'Check the order and the machine. Refund the payment or brew the drink manually.',
          },
        },
      },
      ordersResent: {
        says: 'Orders reported three times or more: {{orders}}.',
        leads:
          'Each order counts once here. But repetitions use the connection, and new orders wait behind them.',
        causes: {
          profile: {
            why: 'Orders are not acknowledged, because Crema answers only as in the vendor’s document.',
            todo: 'Set its answers to “Everything”.',
          },
          server: {
            why: 'The real server does not acknowledge the orders, or the machine keeps acknowledged orders.',
            todo: 'Check the frames of one such order: does the server answer it each time?',
          },
          stored: {
            why: 'Crema’s acknowledgement does not reach the machine, or the machine keeps acknowledged orders.',
            todo: 'Check the frames of one such order: is it answered each time? Then restart the machine.',
          },
        },
      },
      heartbeatSlow: {
        says: 'Heartbeats arrive late, the last one after {{seconds}} s.',
        leads: 'The machine seems silent at times, and commands take longer to confirm.',
        causes: {
          network: {
            why: 'A slow network, or a busy machine.',
            todo: 'Check the Wi-Fi signal. If it continues, restart the machine.',
          },
        },
      },
      priceZero: {
        says: '{{product}} has the price 0.',
        leads: 'The machine asks for no payment and gives the drink away.',
        causes: {
          sent: { why: 'Crema sent this price.', todo: 'Send the correct price.' },
          machine: {
            why: 'This price is set in the machine.',
            todo: 'Send the correct price, or set it on the machine’s screen.',
          },
        },
      },
      materialEmpty: {
        says: 'Empty by the machine’s own count: {{materials}}.',
        leads: 'Drinks made of it are sold out, or will be soon.',
        causes: {
          usedUp: {
            why: 'The canister is empty, or the refill was not entered.',
            todo: 'Refill, then enter the new amount on the machine’s screen.',
          },
        },
      },
      qrTooLong: {
        says: 'The last QR text has {{chars}} characters. Over {{limit}}, machines may show no code.',
        leads: 'The customer sees no code and can’t pay.',
        causes: {
          text: { why: 'The answered QR text is too long.', todo: 'Answer with a shorter text.' },
        },
      },
      heartbeatIrregular: {
        says: 'Heartbeats arrive irregularly, {{least}} to {{most}} s apart.',
        leads: 'The network is unstable. The connection may be lost.',
        causes: {
          line: {
            why: 'Poor Wi-Fi, a busy router, or a busy machine.',
            todo: 'Check the chart of the last hour. Try a cable.',
          },
        },
      },
      stockNotCounted: {
        says: 'Not counted: {{materials}}.',
        leads: 'The remaining amount is unknown, and no warning appears before it is empty.',
        causes: {
          notEntered: {
            why: 'The amounts were never entered at the machine.',
            todo: 'Enter the amounts at the next refill.',
          },
        },
      },
      fatalFlags: {
        says: 'Android machines report every error as fatal. “{{error}}” is only a warning.',
        leads: 'Other servers may show the machine as out of order. Crema goes by the error code.',
        causes: {
          program: {
            why: 'The program of Android machines sends this mark with every error.',
            todo: 'This is only a note. There is nothing to do.',
          },
        },
      },
    } satisfies TextsOfRules,
  },
} as const;
