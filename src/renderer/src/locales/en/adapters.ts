/** Adapters of this computer: what they are, whether they have a link, and where Crema listens. */
export const adapters = {
  adapters: {
    kind: {
      ethernet: 'Ethernet',
      wifi: 'Wi-Fi',
      virtual: 'virtual',
      tunnel: 'tunnel (VPN)',
      unknown: 'kind not known',
    },
    link: { up: 'link', down: 'no link', unknown: 'link not known' },
    noAddress: {
      up: 'It has no IPv4 address yet.',
      down: 'No link: plug in the cable, or join the Wi-Fi.',
      unknown: 'It has no IPv4 address.',
    },
  },
} as const;
