/** Adapters of this computer: their kinds, their links, and where Crema listens. */
export const adapters = {
  adapters: {
    kind: {
      ethernet: 'Ethernet',
      wifi: 'Wi-Fi',
      virtual: 'virtual',
      tunnel: 'tunnel (VPN)',
      unknown: 'unknown kind',
    },
    only: 'Listen only here',
    also: 'Listen here too',
    stop: 'Stop listening here',
    leaves: 'Crema stops listening on {{hosts}}.',
    stay_one:
      'The connected machine stays connected. Machines that connect to that address later are not served.',
    stay_other:
      'The {{count, number}} connected machines stay connected. Machines that connect to that address later are not served.',
    moved: 'The address of adapter {{name}} has changed.',
    movedNote:
      'It came back with {{to}} instead of {{from}}. Enter {{to}} in machines that still use {{from}}.',
    follow: 'Listen on {{to}}',
    wait: 'Wait for {{from}}',
    away: 'No adapter of this computer has the address {{host}}.',
    noLink: 'The adapter {{name}} ({{host}}) has no link.',
    awaited: 'Crema listens there as soon as it is back.',
    awayNote: 'Crema listens there again as soon as it is back, and continues on {{hosts}}.',
    link: { up: 'link', down: 'no link', unknown: 'link unknown' },
    noAddress: {
      up: 'The adapter has no IPv4 address yet.',
      down: 'No link: plug in the cable, or join the Wi-Fi.',
      unknown: 'The adapter has no IPv4 address.',
    },
  },
} as const;
