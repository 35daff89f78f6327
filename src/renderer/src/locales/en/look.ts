/** A machine’s state in one look: whether it can sell, and what its link was like. */

export const look = {
  selling: {
    title: 'Can it sell?',
    no: 'No',
    doubtful: 'Perhaps not',
    yes: 'Yes, as far as it says',
    unknown: 'Not known now',
    reason: {
      error: '{{what}} ({{code}})',
      unconfirmed: '{{what}} ({{code}}), not said again since it reconnected',
      locked: 'it is locked',
      doorOpen: 'the door is open',
      cupBlocked: 'a cup has not been taken',
      restarting: 'it is restarting',
      offline: 'it is not connected; below is what was known last',
      unknown: 'it has not logged in since Crema was away; below is what was known last',
      silence: 'nothing is heard from it',
    },
    nothing: 'It has reported nothing that keeps it from selling.',
  },
  linkHour: {
    title: 'Last hour',
    label: 'Heartbeats of the last hour, minute by minute',
    picture: 'Machine {{vmcNo}}: heartbeats of the last hour',
    summary: 'Heartbeats: {{beats}}; missing: {{missing}}; connections begun: {{opened}}',
    none: 'Nothing is known of the last hour.',
    minute: 'Minute',
    beats: 'Heard',
    missing: 'Missing',
    opened: 'Connections begun',
    next: 'Next heartbeat',
    nextIn: 'at the latest in {{time}}',
    nextLate: 'due {{time}} ago',
  },
} as const;
