/** The window itself: screens, states, times, the top bar, banners. */
import type { MachineStatus } from '#shared/model/machine';

export const shell = {
  app: {
    startFailed: 'Crema could not read its state.',
    again: 'Try again',
    cancel: 'Cancel',
    copied: 'Copied',
    copyWhat: 'Copy {{what}}',
    sheet: { save: 'Save as PDF to print', saved: 'Saved: {{file}}', close: 'Close' },
    none: 'none',
  },
  problem: {
    line: 'This line can’t be shown',
    part: 'This part can’t be shown',
    text: 'Something in it is not what Crema expected. Everything else goes on. The detail is in the log of the app.',
    detail: 'the detail',
    copy: 'Copy the detail',
  },
  rail: {
    label: 'Screens',
  },
  state: {
    online: 'OK',
    silence: 'silent',
    fault: 'can’t sell',
    warning: 'warning',
    doorOpen: 'door open',
    restarting: 'restarting',
    unknown: 'unknown',
    offline: 'offline',
  } satisfies Record<MachineStatus, string>,
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
  },
  top: {
    listening: 'Listening on {{where}}',
    listeningAll: 'Listening on all adapters, port {{port}}',
    listeningLoopback: 'Listening on {{where}}: this computer only',
    notListening: 'Not listening',
    listenFailed: 'Not listening: {{where}} failed',
    waiting: 'Waiting for the adapter with {{host}}',
    summary: 'Machines by state',
    none: 'No machine yet',
    toConnect: 'Show the addresses to type into a machine',
    times: 'Times are {{clock}}, unless they say otherwise.',
    clockOfComputer: 'This computer’s clock',
    clockOfCapture: 'The recording’s clock',
    newWindow: 'Open another window',
  },
  banner: {
    virtual_one:
      '{{count}} virtual machine is running ({{connected, number}} connected). It sells no real coffee.',
    virtual_other:
      '{{count, number}} virtual machines are running ({{connected, number}} connected). They sell no real coffee.',
    stopVirtual: 'Stop virtual machines',
    machines: 'Machines can’t connect',
    updates: 'Upgrades can’t be fetched',
    notices: 'Android’s reports of commands are not heard',
    inUse: 'Port {{port}} on {{host}} is taken by another program.',
    inUseBy: 'Port {{port}} on {{host}} is taken by {{name}} (process {{pid}}).',
    denied:
      'The operating system does not let Crema listen on {{host}}:{{port}}. Ports below 1024 often need an administrator.',
    other: 'Crema could not listen on {{host}}:{{port}} ({{detail}}).',
    listenNext: 'Listen on {{port}}',
    listenNextNote: 'Machines must then be told the new port.',
    chooseOther: 'Choose another address',
    storm_one: '{{count, number}} machine came back in {{time}}.',
    storm_other: '{{count, number}} machines came back in {{time}}.',
    stormNote:
      'It began at {{at}}: as after a power cut, when the network is back, when many were restarted, or when Crema had let them go.',
    stormMachines: 'Show machines',
    crowd: 'All {{places, number}} connections were taken.',
    packageCrowd: 'All {{places, number}} connections for downloads of upgrades were taken.',
    crowdHeld_one:
      '{{address}} held most of them ({{held, number}}); {{count}} connection gave way to a newer one so far.',
    crowdHeld_other:
      '{{address}} held most of them ({{held, number}}); {{count, number}} connections gave way to newer ones so far.',
    crowdKnown:
      'All are machines with a name or with a command that waits, so a connection of {{address}} was refused.',
  },
  chart: {
    keys: 'Arrow keys go from one to the next.',
    copy: 'Copy “{{title}}” as a picture',
    copied: 'Copied',
    failed: 'The picture could not be copied',
  },
} as const;
