/** Outbound connections. */
export const dials = {
  dials: {
    title: 'Call a machine',
    text: 'For machines behind a serial server or with their own service port. Crema connects to the machine and serves it like any other. It redials until you remove the machine from this list, which also closes the connection.',
    noTls: 'The connection is plain TCP: the machines’ protocol knows no encryption, so none is offered.',
    host: 'Address or name',
    port: 'Port',
    call: 'Call',
    now: 'Call now',
    nowOf: 'Call now: {{name}}',
    remove: 'Take off',
    removeOf: 'Take off {{name}} and hang up',
    status: {
      connecting: 'calling',
      connected: 'machine {{vmcNo}}, connected for {{time}}',
      silent: 'the call is taken, but no machine has said its number for {{time}}',
      waiting: 'Called again in {{time}}.',
    },
    /** For a screen reader, after a change. */
    spoken: {
      connecting: '{{name}}: calling',
      connected: '{{name}}: machine {{vmcNo}} is connected',
      silent: '{{name}}: the call is taken',
      waiting: '{{name}}: not reached, is called again',
    },
    why: {
      ended: 'The connection ended.',
      hungUp: 'It took the call and hung up.',
      ECONNREFUSED: 'Nobody listens on that port.',
      TIMEOUT: 'No answer in 10 s.',
      EHOSTUNREACH: 'No way leads to that address.',
      ENETUNREACH: 'This computer has no network to that address.',
      ENOTFOUND: 'That name is not known here.',
      EAI_AGAIN: 'No name server answers.',
      other: 'It could not be reached ({{detail}}).',
    },
    wrong: {
      host: 'An IP address such as 192.168.1.50, or a name.',
      port: '1 to 65535',
      twice: 'It is on the list already.',
      many: 'At most {{max}} machines can be called.',
    },
  },
} as const;
