/** Crashed parts, and the log. */
import type { CrashedPart } from '#shared/model/crash';

export const crash = {
  crash: {
    app: 'Crema did not close properly last time: it crashed, was killed, or the power failed.',
    window: 'A window of Crema stopped working.',
    graphics: 'Screen drawing stopped working.',
    helper: 'A component of Crema’s runtime stopped working.',
    server: 'The machine server stopped working, and all machines were disconnected.',
    journal: 'The recorder stopped working.',
    packages: 'The upgrade download service stopped working. Downloads were interrupted.',
    virtual: 'The virtual machines stopped working.',
    sites: 'The exchange with other sites stopped working. Records are still kept on this computer.',
    jobs: 'The file reader and writer stopped working. The file is incomplete.',
    again: 'It was restarted automatically ({{time}}).',
    notAgain: 'It was not restarted ({{time}}).',
    lastSign: 'Last known activity: {{time}}.',
    serverAgain: 'It was restarted automatically ({{time}}). Machines reconnect within one or two minutes.',
    more_one: '{{count}} similar event before.',
    more_other: '{{count, number}} similar events before.',
    open: 'What happened',
    understood: 'Dismiss',
    title: 'What happened',
    which: 'Events',
    note: 'Crema wrote this report. It contains no verification codes, order numbers or payment texts. Nothing is sent anywhere.',
    file: 'File',
    copy: 'Copy report',
    copyWhat: 'the report',
  } satisfies Record<CrashedPart, string> & Readonly<Record<string, string>>,
  log: {
    title: 'Log',
    note: 'Activity and errors of Crema, without verification codes, order numbers and payment texts. Crash reports are in the folder beside it.',
    open: 'Open log folder',
  },
} as const;
