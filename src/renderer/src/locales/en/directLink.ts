/** The direct link: one machine on one cable or hotspot; and the addresses of a cable without a router. */
export const directLink = {
  directLink: {
    panel: 'Direct link',
    text: 'One machine on one cable or hotspot, or one of several in a place: only that machine is served.',
    adapter: 'Adapter',
    asNow: 'where Crema listens now',
    noAddress: 'no address',
    number: 'Number, if known',
    numberNote: 'Left empty: the first machine that says its number.',
    needsAddress: 'The adapter needs an address first: see below.',
    tell: 'Tell others when they log in (ret 3)',
    only: 'Serve only this machine',
    first: 'Serve only the first that comes',
    all: 'Serve all machines',
    title: 'Serve only machine {{vmcNo}}',
    ask: 'Every other machine is let go: its connection is closed, now and whenever it comes again.',
    listens: 'Crema listens at {{host}} alone; connections that came by another adapter are closed.',
    told: 'When it logs in, it is told that this link is reserved (ret 3).',
    warn: 'A linux machine that is told so switches its network off and stays away until someone restarts it.',
    others_one: '{{count, number}} other machine is connected now (linux: {{linux, number}}).',
    others_other: '{{count, number}} other machines are connected now (linux: {{linux, number}}).',
    several:
      '{{count, number}} machines are connected now: the one that is heard first is served. Type a number to choose another.',
    one: 'Machine {{vmcNo}} is connected now: it is the one, unless it came by another adapter.',
    othersNone: 'No other machine is connected now.',
    banner: 'Direct link: only machine {{vmcNo}} is served.',
    bannerFirst: 'Direct link: only the first machine that says its number is served.',
    bannerNote: 'Other machines are let go.',
    bannerTold: 'Other machines are told so (ret 3) and let go.',
    open: 'Open machine {{vmcNo}}',
    turnedAway: 'Turned away lately',
    turnedAwayLine_one: '{{who}} from {{address}}, {{ago}}',
    turnedAwayLine_other: '{{who}} from {{address}}, {{count}} times, the last {{ago}}',
    unnamed: 'no number',
    machine: 'machine {{vmcNo}}',
  },
  cable: {
    title: 'A cable without a router: {{name}}',
    selfGiven: 'Nobody gave {{name}} an address, so that it has only one that it made up ({{address}}).',
    seeLink:
      'No machine can be told this one. What to set on both ends: choose {{name}} under “Direct link”.',
    none: 'Nobody has given {{name}} an address yet.',
    has: '{{name}} has the address {{address}}.',
    way: 'How the machine gets its address',
    fixed: 'Fixed on both ends',
    dhcp: 'From this computer (DHCP)',
    here: 'This computer',
    there: 'The machine',
    address: 'address',
    mask: 'mask',
    gateway: 'gateway',
    server: 'server IP',
    system: 'System of this computer',
    fixedClicks: {
      win32:
        'Settings, Network & internet, Ethernet, IP assignment: Edit, Manual, IPv4; type address and mask, leave the gateway empty. Or, in a terminal that was started as administrator:',
      darwin:
        'System Settings, Network, the adapter, Details, TCP/IP, Configure IPv4: Manually; type address and mask. Or:',
      linux:
        'Network settings, the cable’s gear, IPv4: Manual; type address and mask. Or one of these (the first with NetworkManager):',
    },
    shareClicks: {
      win32:
        'Control Panel, Network Connections: right click on the adapter that has the internet (or any other), Properties, Sharing: allow others to connect, and choose {{name}} as the home network. Windows then gives {{name}} the address 192.168.137.1.',
      darwin:
        'System Settings, General, Sharing, Internet Sharing: share from any other connection, to computers using the cable’s adapter, and switch it on. The shared adapter is called bridge100 then.',
      linux: 'Network settings, the cable’s gear, IPv4: Shared to other computers. Or, with NetworkManager:',
    },
    watch: 'Watch for it and listen there',
    watching:
      'Watching: as soon as {{name}} has a usable address, Crema listens there, as long as this screen is open.',
    stop: 'Stop watching',
    shared: 'This computer gives out addresses on {{name}}.',
    sharedNote: 'Set the machine to DHCP, and type this into it:',
    listen: 'Listen at {{host}}',
    listens: 'Crema listens there.',
  },
} as const;
