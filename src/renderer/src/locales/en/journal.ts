/** The journal, its size and its problems. */
import type { FileDamage } from '#shared/model/fileDamage';
import type { DamagedKind } from '#shared/model/journal';

export const journal = {
  /** Files of the data folder other than the journal and the settings. */
  fileDamage: {
    what: {
      fromCopy: 'Damaged on the disk: {{files}}. Crema uses the copy, and nothing is lost.',
      unproven: 'Damaged on the disk: {{files}}. No copy confirms the content. Check it.',
      unread: 'Can’t be read: {{files}} ({{detail}}). Crema changes and removes nothing there.',
      foundAgain:
        'No list named these files: {{files}}. Crema put them back on the list. Check their names and versions.',
      stray: 'Unknown files that no list names: {{files}}. Crema leaves them where they are.',
      gone: 'Missing files: {{files}}.',
      changed: 'Files that differ from what was saved: {{files}}.',
      unreadable: 'Files that the disk can’t read: {{files}}.',
    } satisfies Record<FileDamage['what'], string>,
    more_one: '{{count}} more',
    more_other: '{{count, number}} more',
    understood: 'Understood',
  },
  journal: {
    note: 'Crema records everything machines say and are told. The oldest goes first, by whichever limit is met first, and its marks and notes go with it: export what is to stay.',
    size: 'On this computer',
    sizeOf: '{{size}}, {{count, number}} records',
    since: 'Since',
    notKept: 'Nothing is being recorded.',
    otherVersion:
      'The records in the data folder are of another version (format {{version}}), which this Crema can’t read.',
    notOurs: 'The file journal.sqlite in the data folder is not one of Crema’s.',
    begin: 'Begin new records',
    beginQuestion:
      'The present file is renamed and stays in the data folder; nothing is deleted. Crema begins a new file and records from now on. What the old file holds is no longer shown.',
    failing:
      'The disk refuses ({{detail}}). Machines are served all the same; {{count, number}} records wait and are written as soon as it takes them again.',
    lostBefore_one: '{{count}} record found no room while the disk refused and is lost.',
    lostBefore_other: '{{count, number}} records found no room while the disk refused and are lost.',
    lost: '{{count, number}} found no room any more and are lost.',
    damaged: 'The journal was damaged. The damaged file is kept as {{file}}, and a new one was begun.',
    salvaging: 'Its records are being brought back: {{percent}} %.',
    salvaged_one: '{{count}} record was brought back.',
    salvaged_other: '{{count, number}} records were brought back.',
    unreadable_one: 'About {{count}} record can’t be read.',
    unreadable_other: 'About {{count, number}} records can’t be read.',
    unreadableSpan: 'They are from {{from}} to {{to}}.',
    unreadableRows: 'Also lost: {{what}}.',
    moved:
      'The data folder was moved away while Crema runs. Earlier records are in {{file}}, and a new journal was begun. To get them back, quit Crema and put the folder back in its place.',
    deleted:
      'The data folder was deleted while Crema runs, or moved to another disk. A new journal was begun in {{file}}. If you have a copy of the folder, quit Crema and put the copy in its place.',
    found: 'A journal was found in its place. It is kept as {{file}}.',
    keptOther: 'The earlier records are kept as {{file}}, and new ones were begun.',
    understood: 'Understood',
    damagedRows: 'Some records were damaged on the disk: {{what}}.',
    damagedRowsNote:
      'States are computed again from the records, and all that can still be read is shown. The damaged rows are kept in the journal’s file.',
    damagedKind: {
      machines_one: '{{count}} machine’s state',
      machines_other: '{{count, number}} machines’ states',
      commands_one: '{{count}} command',
      commands_other: '{{count, number}} commands',
      orders_one: '{{count}} order',
      orders_other: '{{count, number}} orders',
      faults_one: '{{count}} error',
      faults_other: '{{count, number}} errors',
      diagnoses_one: '{{count}} diagnosis',
      diagnoses_other: '{{count, number}} diagnoses',
      runs_one: '{{count}} run',
      runs_other: '{{count, number}} runs',
      run_lines_one: '{{count}} machine of a run',
      run_lines_other: '{{count, number}} machines of runs',
      marks_one: '{{count}} mark',
      marks_other: '{{count, number}} marks',
      entries_one: '{{count}} frame or event',
      entries_other: '{{count, number}} frames or events',
      index_one: '{{count}} part of the index',
      index_other: '{{count, number}} parts of the index',
    } satisfies Record<`${DamagedKind}_${'one' | 'other'}`, string>,
  },
} as const;
