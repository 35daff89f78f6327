/** The workshop's own entries of the catalogue of error codes. */
import { longestErrorText, longestName, mostOwnErrors } from '#shared/limits';
import type { OwnErrorMember } from '#shared/model/ownErrors';
import type { RefusedReason } from '#shared/model/ownErrorsImport';

export const catalogue = {
  catalogue: {
    open: 'Own catalogue',
    title: 'Own catalogue',
    note: 'Your entries take precedence over Crema’s own catalogue, on every machine. Empty fields keep the catalogue’s text.',
    none: 'No own entries yet. Add an unlisted code, or correct one: name, meaning, cause, remedy, severity.',
    list: 'Own entries',
    add: 'Add a code',
    edit: 'Edit the entry of {{code}}',
    remove: 'Remove the entry of {{code}}',
    removed: 'The entry of {{code}} was removed.',
    toFile: 'Export to file',
    fromFile: 'Import from file',
    written: 'Saved as {{file}}.',
    read: '{{file}}: {{added, number}} added, {{changed, number}} changed, {{same, number}} unchanged.',
    refused_one: '{{count, number}} entry was refused, the rest was imported:',
    refused_other: '{{count, number}} entries were refused, the rest was imported:',
    refusedAt: 'Line {{line}}, {{code}}: {{why}}',
    refusedAtNoCode: 'Line {{line}}: {{why}}',
    why: {
      noEntry: 'this is not an entry. Write it in braces, with a code.',
      noCode: 'the code is missing, or longer than 64 characters.',
      unknownMember: 'entries have no “{{member}}”.',
      wrongValue: '“{{member}}” has an invalid value.',
      tooLong: `“{{member}}” is too long: ${longestName} characters for a name, ${longestErrorText} for the rest.`,
      empty: 'it has nothing beside its code.',
      twice: 'the code is in the file already; the first entry counts.',
      tooMany: `at most ${mostOwnErrors} entries.`,
    } satisfies Record<RefusedReason, string>,
    own: 'Own entry',
    mutedMark: 'muted',
    /** In the error's detail. */
    correct: 'Edit this entry',
    change: 'Edit own entry',
    take: 'Remove own entry',
    code: 'Code',
    member: {
      name: 'Name',
      meaning: 'Meaning',
      cause: 'Usual cause',
      remedy: 'What to do',
      severity: 'Severity',
      muted: 'No desktop notification for this code',
    } satisfies Record<OwnErrorMember, string>,
    asCatalogue: 'As in the catalogue ({{what}})',
    asMachine: 'As marked by the machine',
    save: 'Save',
    cancel: 'Cancel',
    known: 'This code already has an entry. Saving changes it.',
  },
} as const;
