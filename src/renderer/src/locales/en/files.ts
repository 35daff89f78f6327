/** Files that machines sent on request. */
import type { FetchType } from '#shared/model/fetched';

export const files = {
  files: {
    title: 'Files',
    list: 'Files of the machine, newest first',
    resize: 'Width of the list',
    newer_one: '{{count}} new file',
    newer_other: '{{count, number}} new files',
    none: 'No files of this machine',
    noneText:
      'Android machines can send the log of a day, their recipes, their product list and their configuration.',
    column: { time: 'Fetched', type: 'Content', size: 'Size', name: 'Name on the machine' },
    type: {
      log: 'Log',
      recipe: 'Recipes',
      product: 'Product list',
      eva: 'EVA data',
      config: 'Configuration',
    } satisfies Record<FetchType, string>,
    previous: 'Newer file',
    next: 'Older file',
    close: 'Close',
    save: 'Save as…',
    saved: 'Saved as {{file}}.',
    backUp: 'Use as upgrade package',
    remove: 'Remove',
    removeAsk: 'Delete the file from this computer? The machine keeps its own.',
    cut: 'The file is too long to show completely. The saved file is complete.',
    notShown: 'The file is neither text nor a known list. Save it to see all of it.',
    text: 'Lines of the file',
    search: 'Search the file',
    searchHow: 'words, or /expression/',
    clearSearch: 'Clear the search',
    searching: 'Searching…',
    lines: '{{count, number}} of {{all, number}} lines',
    frames: 'Frames at that time',
    framesNote:
      'The last frame before the time of the selected line. The line has the machine’s clock, frames have this computer’s clock.',
    noFrames: 'No frame was recorded before that.',
    table: 'List',
    same: 'Unchanged since the previous fetch.',
    changes:
      'Since the previous fetch: {{added, number}} new, {{changed, number}} changed, {{gone, number}} removed.',
    sameAsOther: 'Both are the same.',
    unlikeOther:
      'Compared with the other: {{added, number}} only here, {{changed, number}} different, {{gone, number}} only there.',
    language: 'Language',
    allLanguages: 'all',
    empty: '(empty)',
    rowsCut: 'The first {{count, number}} of {{all, number}} rows.',
  },
} as const;
