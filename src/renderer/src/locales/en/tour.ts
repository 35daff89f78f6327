/** The two-minute tour, and the two ways to begin. */
export const tour = {
  tour: {
    connect: 'Connect a machine',
    connectText: 'Shows the address to enter in the machine, and how far its connection has come.',
    title: 'Try with virtual machines',
    text: 'Three virtual machines connect, and five steps show the window. Afterwards the virtual machines are removed.',
    start: 'Start the 2-minute tour',
    no: 'No, thanks',
    of: '{{step}} of {{count}}',
    next: 'Next',
    back: 'Back',
    skip: 'End tour',
    finish: 'Finish',
    finishAndRemove: 'Finish, remove virtual machines',
    step: {
      counts: {
        title: 'Problems at a glance',
        text: 'Virtual machines are connecting. The top bar counts all machines by state. A click on a count lists its machines.',
      },
      table: {
        title: 'All machines, worst first',
        text: 'A click opens a machine. A right click, or a click on the dots, offers the most used commands.',
      },
      machine: {
        title: 'One machine',
        text: 'The headline says what is wrong, and whether the machine can sell. The buttons send commands. Each command shows its steps and the frame that confirms each.',
      },
      frames: {
        title: 'Everything that was sent',
        text: 'The Inspector lists each frame in both directions. A click shows its fields and bytes.',
      },
      connect: {
        title: 'Your first real machine',
        text: 'If there is a button “Listen on …”, press it. Enter this address and port in the machine, then switch it off and on. The checks below show how far its connection has come.',
      },
    },
  },
} as const;
