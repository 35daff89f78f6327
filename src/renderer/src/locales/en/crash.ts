/** Crashed parts, and the log. */
import type { CrashedPart } from '#shared/model/crash';

export const crash = {
  crash: {
    app: 'Crema did not end in order last time: it crashed, was killed, or the power went.',
    window: 'A window of Crema stopped working.',
    graphics: 'Drawing on the screen stopped working.',
    helper: 'A part of Crema’s runtime stopped working.',
    server: 'The machine server stopped working, and all machines lost their connection.',
    journal: 'What writes the records stopped working.',
    packages: 'What machines fetch upgrades from stopped working. Downloads were cut off.',
    virtual: 'The virtual machines stopped working.',
    jobs: 'What reads and writes files stopped working. The file is not complete.',
    again: 'It was started again by itself ({{time}}).',
    notAgain: 'It was not started again ({{time}}).',
    lastSign: 'Last sign of life: {{time}}.',
    serverAgain: 'It was started again by itself ({{time}}); machines come back within a minute or two.',
    more_one: '{{count}} more such event before it.',
    more_other: '{{count, number}} more such events before it.',
    open: 'What happened',
    understood: 'Understood',
    title: 'What happened',
    which: 'Events',
    note: 'This is the note Crema wrote. It holds no verification codes, order numbers or payment texts. Nothing is sent anywhere.',
    file: 'File',
    copy: 'Copy the note',
    copyWhat: 'the note',
  } satisfies Record<CrashedPart, string> & Readonly<Record<string, string>>,
  log: {
    title: 'Log',
    note: 'What Crema did and what went wrong, without verification codes, order numbers and payment texts. Notes about crashes are in the folder beside it.',
    open: 'Open log folder',
  },
} as const;
