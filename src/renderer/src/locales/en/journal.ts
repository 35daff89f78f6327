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
      foundAgain: 'Files missing from the list were added again: {{files}}. Check their names and versions.',
      stray: 'Unknown files that are not on the list: {{files}}. Crema leaves them in place.',
      gone: 'Missing files: {{files}}.',
      changed: 'Files that differ from what was saved: {{files}}.',
      unreadable: 'Files that the disk can’t read: {{files}}.',
    } satisfies Record<FileDamage['what'], string>,
    more_one: '{{count}} more',
    more_other: '{{count, number}} more',
    understood: 'Dismiss',
  },
  journal: {
    note: 'Crema records all traffic with machines. When a limit is reached, the oldest records are deleted with their marks and notes. Export records that you want to keep.',
    size: 'On this computer',
    sizeOf: '{{size}}, {{count, number}} records',
    since: 'Since',
    notKept: 'Nothing is being recorded.',
    otherVersion:
      'The records in the data folder have another format ({{version}}), which this Crema can’t read.',
    notOurs: 'The file journal.sqlite in the data folder is not one of Crema’s.',
    begin: 'Start new records',
    beginQuestion:
      'The present file is renamed and stays in the data folder. Nothing is deleted. Crema starts a new file and records from now on. The content of the old file is no longer shown.',
    failing:
      'The disk can’t be written ({{detail}}). Machines are still served. {{count, number}} records are waiting, and are written when the disk works again.',
    lostBefore_one: '{{count}} record was lost while the disk could not be written.',
    lostBefore_other: '{{count, number}} records were lost while the disk could not be written.',
    lost: '{{count, number}} did not fit and are lost.',
    damaged: 'The records were damaged. The damaged file is kept as {{file}}, and new records were started.',
    salvaging: 'Earlier records are being restored: {{percent}} %.',
    salvaged_one: '{{count}} record was restored.',
    salvaged_other: '{{count, number}} records were restored.',
    unreadable_one: 'About {{count}} record can’t be read.',
    unreadable_other: 'About {{count, number}} records can’t be read.',
    unreadableSpan: 'Their time span: {{from}} to {{to}}.',
    unreadableRows: 'Also lost: {{what}}.',
    uncountedRows: 'Also unreadable, number unknown: {{what}}.',
    uncountedKind: {
      machines: 'machines’ states',
      commands: 'commands',
      orders: 'orders',
      faults: 'errors',
      diagnoses: 'diagnoses',
      runs: 'runs',
      run_lines: 'machines of runs',
      marks: 'marks',
      entries: 'frames or events',
      index: 'parts of the search index',
    } satisfies Record<DamagedKind, string>,
    moved:
      'The data folder was moved while Crema was running. Earlier records are in {{file}}, and new records were started. To restore them, quit Crema and move the folder back.',
    deleted:
      'The data folder was deleted or moved to another disk while Crema was running. New records were started in {{file}}. If you have a copy, quit Crema and put it back in place.',
    found: 'The records file found in this place is kept as {{file}}.',
    keptOther: 'The earlier records are kept as {{file}}, and new ones were started.',
    understood: 'Dismiss',
    damagedRows: 'Some records were damaged on the disk: {{what}}.',
    damagedRowsNote:
      'States are computed again from the records, and all readable data is shown. The damaged rows stay in the records file.',
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
