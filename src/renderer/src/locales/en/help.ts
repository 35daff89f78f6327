/** The help: how to connect a machine, and the meaning of every state, code and finding. Also the dialogs of its menu. */
import type { AppFacts } from '#shared/contract/feed';
import type { DoctorLevel } from '#shared/doctorWords';
import type { FindingSeverity } from '#shared/findings';
import { silenceLimit } from '#shared/limits';
import type { ManualChapter } from '#shared/manual';
import type { MachineStatus } from '#shared/model/machine';

export const help = {
  help: {
    title: 'Help',
    search: 'Search the help',
    searchLabel: 'Search the help',
    clear: 'Clear search',
    topics: 'Topics',
    codes: '{{first}} to {{last}}, {{count, number}} codes',
    found: '{{count, number}} results for “{{typed}}”',
    nothing: 'No help entry matches. Try a code, a state or a single word.',
    means: 'Meaning',
    leads: 'Effect: {{what}}',
    cause: '{{why}} What to do: {{todo}}',
    meansWhat: 'Meaning of “{{what}}”',
    topic: {
      manual: 'Manual',
      states: 'States of a machine',
      commands: 'Command results',
      codes: 'Error codes',
      diagnosis: 'Diagnosis',
      findings: 'Findings on frames and connections',
      keys: 'Keyboard',
    },
    lead: {
      manual: 'One task on each page. Every screen’s ? opens the page about it.',
      states: 'Shape and word are the same everywhere. The sentence on the machine’s page gives the reason.',
      commands:
        'Only a frame from the machine confirms a command. Sent, accepted and fetched are steps on the way, never shown as done.',
      codes:
        'Codes as machines report them. Meanings come from operators’ tables and logs; remedies are suggestions.',
      diagnosis:
        'The problems that the diagnosis of a machine can find, most urgent first, each with effect, causes and remedies. “…” stands for the machine’s own values.',
      findings: 'Observations of Crema about frames, connections and captures. Frames are never changed.',
      keys: 'On macOS, ⌘ replaces Ctrl.',
    },
    manual: {
      missing: 'This manual has no such page. Choose one from the contents.',
      way: 'Place in the manual',
      turn: 'Other pages',
      chapter: {
        start: 'First steps',
        connect: 'Connection',
        machine: 'A machine',
        commands: 'Commands',
        orders: 'Orders',
        errors: 'Errors',
        upgrades: 'Upgrades',
        inspector: 'Inspector',
        captures: 'Captures',
        relay: 'Relay',
        work: 'Work',
        settings: 'Settings',
        troubleshooting: 'Troubleshooting',
      } satisfies Record<ManualChapter, string>,
    },
    state: {
      online: 'Connected, without active errors.',
      silence: `Connected, but heartbeats are missing. After ${silenceLimit / 60_000} min without data the connection is closed.`,
      fault:
        'A critical error, or the machine is locked. The machine’s page shows whether it can sell and what to do. An outline: the machine is offline, and this is its last known state.',
      error:
        'A part fails, or the connection has a serious problem. The machine’s page shows whether it can sell.',
      warning:
        'A material is low, or the connection, a price, the clock or a cup needs attention. The machine’s page shows whether it can sell.',
      doorOpen: 'The machine reported its door open. No frame shows whether it continues to sell.',
      restarting:
        'A restart was sent and the connection ended. The machine should log in again within about 90 s.',
      unknown:
        'Crema was not running, or this computer slept, when the connection ended. The machine has not logged in since.',
      offline: 'Not connected, without a known error. The last reported data is shown.',
    } satisfies Record<MachineStatus, string>,
    finding: {
      error: 'Data is lost or wrong.',
      warning: 'Readable, but not as specified.',
      info: 'For information; nothing is wrong.',
    } satisfies Record<FindingSeverity, string>,
    notDone: 'That failed',
    about: {
      title: 'About Crema',
      what: 'Field-service console for Jetinno coffee machines, under the MIT licence. An independent project, not affiliated with Jetinno.',
      version: 'Version',
      kind: {
        release: 'release',
        test: 'test build with an old runtime, for trials only',
        development: 'run from source',
      } satisfies Record<AppFacts['build'], string>,
      commit: 'Source',
      changed: 'changed since',
      unknown: 'unknown',
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
      note: 'All components of Crema, each under its own licence.',
      search: 'Search names, licences and texts',
      clear: 'Clear search',
      list: 'Components of Crema',
      found: '{{count, number}} of {{all, number}}',
      nothing: 'No component matches.',
      text: 'Text of the licence of {{name}}',
      apart: 'These texts are long, so they are in a separate page beside the program.',
      open: 'Open in the browser',
      copyWhat: 'the text of this licence',
      copy: 'Copy',
    },
  },
  doctor: {
    note: 'Checks this computer for everything that Crema needs, and changes nothing.',
    check: 'Check this computer',
    again: 'Check again',
    stop: 'Stop',
    progress: '{{done}} of {{all}} checked',
    copy: 'Copy as text',
    what: 'check result',
    summary: {
      ok: 'No problems found.',
      warning: 'Crema works. Read the lines marked “!”.',
      problem: 'Follow the lines marked ✗.',
    } satisfies Record<DoctorLevel, string>,
    level: { ok: 'OK', warning: 'note', problem: 'problem' } satisfies Record<DoctorLevel, string>,
  },
} as const;
