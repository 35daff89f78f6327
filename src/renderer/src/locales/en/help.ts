/** Dialogs of the menu: about Crema, licences. The texts of the keys are in another file. */
import type { AppFacts } from '#shared/contract/feed';

export const help = {
  help: {
    notDone: 'That did not work',
    about: {
      title: 'About Crema',
      what: 'Field-service console for Jetinno coffee machines, under the MIT licence. An independent project, not affiliated with Jetinno.',
      version: 'Version',
      kind: {
        release: 'release',
        test: 'test build with an old runtime, only for trying out',
        development: 'run from its sources',
      } satisfies Record<AppFacts['build'], string>,
      commit: 'Sources',
      changed: 'changed after it',
      unknown: 'not known',
      committed: 'Committed',
      system: 'System',
      folder: 'Data folder',
      open: 'Open data folder',
      copy: 'Copy all',
      copyWhat: 'all of it',
      copyFolder: 'the path of the data folder',
    },
    licences: {
      title: 'Licences',
      note: 'Everything that comes with Crema, each under its own licence.',
      search: 'Search names, licences and texts',
      clear: 'Empty the search',
      list: 'What comes with Crema',
      found: '{{count, number}} of {{all, number}}',
      nothing: 'Nothing has these words.',
      text: 'Text of the licence of {{name}}',
      apart: 'These are many and long, and stand in a page of their own beside the program.',
      open: 'Open in the browser',
      copyWhat: 'the text of this licence',
      copy: 'Copy',
    },
  },
} as const;
