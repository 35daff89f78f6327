/** The workshop's own entries of the catalogue of error codes. */
import { longestErrorText, longestName, mostOwnErrors } from '#shared/limits';
import type { OwnErrorMember } from '#shared/model/ownErrors';
import type { RefusedReason } from '#shared/model/ownErrorsImport';

export const catalogue = {
  catalogue: {
    open: 'Own catalogue',
    title: 'Your own entries of the error catalogue',
    note: 'What you write here goes before Crema’s own catalogue, on every machine. What you leave empty stays as it is there.',
    none: 'No entry of your own yet. Add a code nobody has listed, or correct one: name, meaning, cause, remedy, how bad it is.',
    list: 'Own entries',
    add: 'Add a code',
    edit: 'Edit the entry of {{code}}',
    remove: 'Remove the entry of {{code}}',
    removed: 'The entry of {{code}} is gone.',
    undo: 'Undo',
    toFile: 'Save as a file',
    fromFile: 'Read in a file',
    written: 'Saved as {{file}}.',
    read: '{{file}}: {{added, number}} added, {{changed, number}} changed, {{same, number}} as they were.',
    refused_one: '{{count, number}} entry was refused, the rest was taken over:',
    refused_other: '{{count, number}} entries were refused, the rest was taken over:',
    refusedAt: 'Line {{line}}, {{code}}: {{why}}',
    refusedAtNoCode: 'Line {{line}}: {{why}}',
    why: {
      noEntry: 'this is no entry. Write it between braces, with a code.',
      noCode: 'the code is missing, or longer than 64 characters.',
      unknownMember: 'an entry has no “{{member}}”.',
      wrongValue: '“{{member}}” is not what it may be.',
      tooLong: `“{{member}}” is too long: ${longestName} characters for a name, ${longestErrorText} for the rest.`,
      empty: 'it says nothing beside its code.',
      twice: 'the code stands in the file before; the first entry counts.',
      tooMany: `there is room for ${mostOwnErrors} entries.`,
    } satisfies Record<RefusedReason, string>,
    own: 'Own entry',
    mutedMark: 'muted',
    /** In the error's detail. */
    correct: 'Correct or complete',
    change: 'Change your entry',
    take: 'Remove your entry',
    code: 'Code',
    member: {
      name: 'Name',
      meaning: 'Meaning',
      cause: 'Usual cause',
      remedy: 'What to do',
      severity: 'How bad',
      muted: 'No desktop notification for this code',
    } satisfies Record<OwnErrorMember, string>,
    asCatalogue: 'As in the catalogue ({{what}})',
    asMachine: 'By the machine’s own mark',
    save: 'Save',
    cancel: 'Cancel',
    known: 'There is an entry for this code already: it is changed.',
  },
} as const;
