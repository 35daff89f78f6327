/** Adapters of this computer: their kinds, their links, and where Crema listens. */
export const adapters = {
  adapters: {
    kind: {
      ethernet: 'Ethernet',
      wifi: 'Wi-Fi',
      virtual: 'virtual',
      tunnel: 'tunnel (VPN)',
      unknown: 'kind not known',
    },
    only: 'Listen only here',
    also: 'Listen here too',
    stop: 'Stop listening here',
    leaves: 'Crema stops listening at {{hosts}}.',
    stay_one: 'The machine that is connected now stays; one that calls that address later is not heard.',
    stay_other:
      'The {{count, number}} machines that are connected now stay; those that call that address later are not heard.',
    moved: 'The adapter {{name}} has another address.',
    movedNote:
      'It is back with {{to}} instead of {{from}}. Machines that have {{from}} typed in can reach Crema only if they are told the new one.',
    follow: 'Listen at {{to}}',
    wait: 'Wait for {{from}}',
    away: 'No adapter of this computer has {{host}} now.',
    noLink: 'The adapter {{name}} ({{host}}) has no link.',
    awaited: 'Crema listens there as soon as it is back.',
    awayNote: 'Crema listens there again as soon as it is back, and goes on at {{hosts}}.',
    link: { up: 'link', down: 'no link', unknown: 'link not known' },
    noAddress: {
      up: 'It has no IPv4 address yet.',
      down: 'No link: plug in the cable, or join the Wi-Fi.',
      unknown: 'It has no IPv4 address.',
    },
  },
} as const;
