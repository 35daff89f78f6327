/** The window itself: screens, states, times, the top bar, banners. */
import type { MachineStatus } from '#shared/model/machine';

export const shell = {
  app: {
    startFailed: 'Crema could not load its data.',
    again: 'Try again',
    cancel: 'Cancel',
    undo: 'Undo',
    before: 'Before: “{{text}}”',
    copied: 'Copied',
    copyWhat: 'Copy {{what}}',
    sheet: { save: 'Save as PDF to print', saved: 'Saved: {{file}}', close: 'Close' },
    none: 'none',
    dayForm: 'yyyy-mm-dd',
    dayWrong: 'Enter a day such as 2026-12-01.',
    calendar: 'Open the calendar',
  },
  problem: {
    line: 'This line can’t be shown',
    part: 'This part can’t be shown',
    text: 'It contains a value that Crema did not expect. Everything else works. The log has the details.',
    detail: 'the detail',
    copy: 'Copy the detail',
  },
  rail: {
    label: 'Screens',
  },
  state: {
    online: 'OK',
    silence: 'silent',
    fault: 'critical',
    error: 'error',
    warning: 'warning',
    doorOpen: 'door open',
    restarting: 'restarting',
    unknown: 'unknown',
    offline: 'offline',
  } satisfies Record<MachineStatus, string>,
  stateLastKnown: '{{state}}, last known',
  time: {
    s: '{{s}} s',
    m: '{{m}} min',
    ms: '{{m}} min {{s}} s',
    h: '{{h}} h',
    hm: '{{h}} h {{m}} min',
    d: '{{d}} d',
    dh: '{{d}} d {{h}} h',
    ago: '{{time}} ago',
    justNow: 'just now',
    behind: '{{length}} behind',
    ahead: '{{length}} ahead of',
  },
  top: {
    listening: 'Listening on {{where}}',
    listeningAll: 'Listening on all adapters, port {{port}}',
    listeningLoopback: 'Listening on {{where}}: this computer only',
    allAdapters: 'Port {{port}}, all adapters',
    loopback: '{{where}}, this computer only',
    notListening: 'Not listening',
    listenFailed: 'Not listening: {{where}} failed',
    waiting: 'Waiting for the adapter with {{host}}',
    summary: 'Machines by state',
    none: 'No machine yet',
    toConnect: 'Show the addresses to enter in a machine',
    help: 'Help for this screen',
    clock: {
      wrong: 'Clock wrong',
      beforeBuild:
        'This computer’s clock shows {{now}}, but Crema was built at {{than}}. Set date and time, or the times of all records are wrong.',
      beforeRecords:
        'This computer’s clock shows {{now}}, but the newest record is of {{than}}. Set date and time, or the times of all records are wrong.',
    },
  },
  mode: {
    virtual_one: '{{count}} virtual',
    virtual_other: '{{count, number}} virtual',
    rehearsal_one: 'Rehearsal: {{count}}',
    rehearsal_other: 'Rehearsal: {{count, number}}',
    directLink: 'Direct link: {{vmcNo}}',
    directLinkFirst: 'Direct link: first machine',
    capture: 'Capture',
    captureReading: 'Capture: {{percent}} % read',
  },
  banner: {
    virtual_one:
      '{{count}} virtual machine is running ({{connected, number}} connected). It sells no real coffee.',
    virtual_other:
      '{{count, number}} virtual machines are running ({{connected, number}} connected). They sell no real coffee.',
    stopVirtual: 'Stop virtual machines',
    machines: 'Machines can’t connect.',
    updates: 'Machines can’t download upgrades.',
    notices: 'Command reports of Android machines are not received.',
    inUse: 'Another program uses port {{port}} on {{host}}.',
    inUseBy: '{{name}} (process {{pid}}) uses port {{port}} on {{host}}.',
    denied:
      'The operating system does not let Crema listen on {{host}}:{{port}}. Ports below 1024 often need administrator rights.',
    other: 'Crema can’t listen on {{host}}:{{port}} ({{detail}}).',
    listenNext: 'Listen on {{port}}',
    listenNextNote: 'Then enter the new port in the machines.',
    chooseOther: 'Choose another address',
    storm_one: '{{count, number}} machine reconnected within {{time}}.',
    storm_other: '{{count, number}} machines reconnected within {{time}}.',
    stormNote:
      'Started at {{at}}. Usual causes: a power cut, a network failure, a restart of many machines, or Crema had disconnected them.',
    stormMachines: 'Show machines',
    crowd: 'All {{places, number}} connections were in use.',
    packageCrowd: 'All {{places, number}} connections for upgrade downloads were in use.',
    crowdHeld_one:
      '{{address}} used most of them ({{held, number}}). {{count}} connection was closed for a newer one so far.',
    crowdHeld_other:
      '{{address}} used most of them ({{held, number}}). {{count, number}} connections were closed for newer ones so far.',
    crowdKnown:
      'All belong to machines with a name or a waiting command, so a connection from {{address}} was refused.',
  },
  chart: {
    keys: 'Use the arrow keys to move from one to the next.',
    copy: 'Copy “{{title}}” as an image',
    copied: 'Copied',
    failed: 'The chart could not be copied',
  },
} as const;
