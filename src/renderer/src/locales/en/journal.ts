/** The journal, its size and its troubles. */

export const journal = {
  journal: {
    note: 'Crema records everything machines say and are told. The oldest goes first, by whichever limit is met first, and its marks and notes go with it: export what is to stay.',
    size: 'On this computer',
    sizeOf: '{{size}}, {{count, number}} records',
    since: 'Since',
    notKept: 'Nothing is being recorded.',
    newer: 'The records here were written by a newer Crema. Start that one, or choose another data folder.',
    failing:
      'The disk refuses ({{detail}}). Machines are served all the same; {{count, number}} records wait and are written as soon as it takes them again.',
    lost: '{{count, number}} found no room any more and are lost.',
    damaged: 'The records were damaged. They are kept as {{file}}, and new ones were begun.',
    understood: 'Understood',
  },
} as const;
