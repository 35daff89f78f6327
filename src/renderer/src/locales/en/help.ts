/** The help: how to connect a machine, and the meaning of every state, code and finding. Also the dialogs of its menu. */
import type { AppFacts } from '#shared/contract/feed';
import type { DoctorLevel } from '#shared/doctorWords';
import type { FindingSeverity } from '#shared/findings';
import { longQr, silenceLimit } from '#shared/limits';
import type { MachineStatus } from '#shared/model/machine';

export const help = {
  help: {
    title: 'Help',
    search: 'What does it mean?',
    searchLabel: 'Search the help',
    clear: 'Empty the search',
    topics: 'Topics',
    found: '{{count, number}} found for “{{typed}}”',
    nothing: 'Nothing in the help has these words. Try a code, a state or a single word.',
    means: 'What it means',
    leads: 'What it leads to: {{what}}',
    cause: '{{why}} What to do: {{todo}}',
    meansWhat: 'What “{{what}}” means',
    topic: {
      start: 'First connection',
      states: 'States of a machine',
      commands: 'What became of a command',
      codes: 'Error codes',
      diagnosis: 'Diagnosis',
      findings: 'Findings on frames and links',
      keys: 'Keyboard',
    },
    lead: {
      start: 'A machine calls its server; Crema is that server. In this order it works at the first try.',
      states: 'The shape and the word are the same everywhere. The sentence on the machine’s page says why.',
      commands:
        'Only a frame confirms. Sent, accepted and fetched are steps on the way and never shown as done.',
      codes:
        'As machines write them. The meanings are from operators’ tables and from logs; the remedies are suggestions.',
      diagnosis:
        'What the diagnosis of a machine can find, the most pressing first: what it leads to, what it may come from and what to do. “…” stands for what it names there.',
      findings:
        'What Crema noticed on a frame, on a connection or in a capture. The frame itself is never changed.',
      keys: 'On macOS ⌘ does what Ctrl does here.',
    },
    start: {
      network: {
        title: 'One network for both',
        text: 'Put the computer and the machine on the same network: one router, one Wi-Fi, or one cable between them. Guest Wi-Fi often keeps its devices apart; then nothing arrives.',
      },
      listen: {
        title: 'Let Crema listen',
        text: 'On Connect choose the address of the adapter that is on this network. An address that begins with 127 is this computer only: no machine can reach it.',
      },
      enter: {
        title: 'Type the address into the machine',
        text: 'Press and hold the top left corner of the machine’s screen and enter the engineer’s password. In the network or server settings type the Server IP and the port that Connect shows. A machine adds port 4567 when only an address is typed.',
      },
      restart: {
        title: 'Switch the machine off and on',
        text: 'It opens the link to its server while it starts, and after it has joined a Wi-Fi only then. Use the main switch and wait two minutes.',
      },
      arrives: {
        title: 'It arrives',
        text: 'First a connection without a number appears, then the machine with its number. A heartbeat follows about every 20 s.',
      },
      nothing: {
        title: 'Nothing comes',
        text: 'Usually a firewall on this computer is closed for Crema, the address has a typing mistake, or the cable is in another socket. Settings has “Check this computer”, which looks at ports and adapters.',
      },
      offline: {
        title: 'Offline mode',
        text: 'In its offline mode a machine never connects, whatever is typed in. Switch it off in the engineer menu.',
      },
      list: {
        title: 'More than one server',
        text: 'A machine keeps a list of servers and goes to the next when one does not answer. If it left for another, remove the others from the list or put this computer first.',
      },
      number: {
        title: 'Another number than expected',
        text: 'The machine number is set in the machine. Two machines with one number take the connection from each other; Crema says so.',
      },
      payment: {
        title: 'No QR code on the machine',
        text: `Payments are switched on in the engineer menu: Machine Setting, Function Mode, Payment systems. With “QR reverse scan” on it shows no code, and one of more than ${longQr} characters it may not show. For a price of 0 it asks for no payment. It asks again after 8 s, with the same order number.`,
      },
    } satisfies Readonly<Record<string, { readonly title: string; readonly text: string }>>,
    state: {
      online: 'Connected; no error of it is active.',
      silence: `Connected, but heartbeats are missing. After ${silenceLimit / 60_000} min without a byte the connection counts as dead and is closed.`,
      fault:
        'It reported an error after which it can’t sell. The errors on its page say which and what to try.',
      warning:
        'Something is about to run out, a part fails, or its link or a cup needs a look; its page says whether it can sell.',
      doorOpen: 'It reported its door open. No message says whether it continues to sell.',
      restarting:
        'A restart was asked for and the connection ended; it should log in again within about a minute and a half.',
      unknown:
        'Crema was not running, or this computer was asleep, when the connection ended. The machine has not logged in since.',
      offline: 'No connection. What is shown of it is what it last said.',
    } satisfies Record<MachineStatus, string>,
    finding: {
      error: 'Something is lost or wrong.',
      warning: 'Read, but not as it should be.',
      info: 'Worth knowing; nothing is wrong.',
    } satisfies Record<FindingSeverity, string>,
    notDone: 'That did not work',
    about: {
      title: 'About Crema',
      what: 'Field-service console for Jetinno coffee machines, under the MIT licence. An independent project, not affiliated with Jetinno.',
      version: 'Version',
      kind: {
        release: 'release',
        test: 'test build with an old runtime, only for trying out',
        development: 'run from its sources',
      } satisfies Record<AppFacts['build'], string>,
      commit: 'Sources',
      changed: 'changed after it',
      unknown: 'not known',
      committed: 'Committed',
      system: 'System',
      folder: 'Data folder',
      open: 'Open data folder',
      copy: 'Copy all',
      copyWhat: 'all of it',
      copyFolder: 'the path of the data folder',
    },
    licences: {
      title: 'Licences',
      note: 'Everything that comes with Crema, each under its own licence.',
      search: 'Search names, licences and texts',
      clear: 'Empty the search',
      list: 'What comes with Crema',
      found: '{{count, number}} of {{all, number}}',
      nothing: 'Nothing has these words.',
      text: 'Text of the licence of {{name}}',
      apart: 'These are many and long, and stand in a page of their own beside the program.',
      open: 'Open in the browser',
      copyWhat: 'the text of this licence',
      copy: 'Copy',
    },
  },
  doctor: {
    title: 'This computer',
    note: 'Looks at everything Crema needs of this computer and says what to do. It changes nothing.',
    check: 'Check this computer',
    again: 'Check again',
    stop: 'Stop',
    progress: '{{done}} of {{all}} checked',
    copy: 'Copy as text',
    what: 'what was found',
    summary: {
      ok: 'All is well.',
      warning: 'It works; the lines with ! are worth knowing.',
      problem: 'Do what the lines with ✗ say.',
    } satisfies Record<DoctorLevel, string>,
    level: { ok: 'fine', warning: 'worth knowing', problem: 'problem' } satisfies Record<DoctorLevel, string>,
  },
} as const;
