/** Outbound connections. */
export const dials = {
  dials: {
    title: 'Connect to a machine',
    text: 'For machines behind a serial server or with their own service port. Crema connects to the machine and serves it like any other. Crema reconnects until you remove the machine from this list, which also closes the connection.',
    noTls: 'The connection is plain TCP: the machine protocol has no encryption.',
    host: 'Address or name',
    port: 'Port',
    call: 'Connect',
    now: 'Connect now',
    nowOf: 'Connect now: {{name}}',
    remove: 'Remove',
    removeOf: 'Remove {{name}} and disconnect',
    status: {
      connecting: 'connecting',
      connected: 'machine {{vmcNo}}, connected for {{time}}',
      silent: 'connected, but no machine has reported its number for {{time}}',
      waiting: 'Reconnects in {{time}}.',
    },
    /** For a screen reader, after a change. */
    spoken: {
      connecting: '{{name}}: connecting',
      connected: '{{name}}: machine {{vmcNo}} is connected',
      silent: '{{name}}: connected, no machine number yet',
      waiting: '{{name}}: not reached, will reconnect',
    },
    why: {
      ended: 'The connection ended.',
      hungUp: 'The other side accepted the connection and closed it at once.',
      ECONNREFUSED: 'No program listens on that port.',
      TIMEOUT: 'No answer in 10 s.',
      EHOSTUNREACH: 'No route to that address.',
      ENETUNREACH: 'This computer has no network to that address.',
      ENOTFOUND: 'The name can’t be resolved.',
      EAI_AGAIN: 'The name server does not answer.',
      SELF: 'This is the address of this Crema. Enter the address of the machine or of its serial server.',
      other: 'Connection failed ({{detail}}).',
    },
    wrong: {
      host: 'Enter an IP address such as 192.168.1.50, or a name.',
      port: '1 to 65535',
      twice: 'Already on the list.',
      many: 'At most {{max}} machines.',
    },
  },
} as const;
