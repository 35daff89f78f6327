/** The quality of a machine’s link. */

export const look = {
  linkHour: {
    title: 'Last hour',
    label: 'Heartbeats of the last hour, minute by minute',
    picture: 'Machine {{vmcNo}}: heartbeats of the last hour',
    summary: 'Heartbeats: {{beats}}; missing: {{missing}}; new connections: {{opened}}',
    none: 'No data for the last hour.',
    minute: 'Minute',
    beats: 'Received',
    missing: 'Missing',
    opened: 'New connections',
  },
} as const;
