/** Files that machines sent on request. */
import type { FetchType } from '#shared/model/fetched';

export const files = {
  files: {
    title: 'Files',
    list: 'Files of the machine, newest first',
    resize: 'Width of the list',
    newer_one: '{{count}} new file',
    newer_other: '{{count, number}} new files',
    none: 'No file of this machine is here',
    noneText:
      'An android machine can send its log of a day, its recipes, its product list and its configuration.',
    column: { time: 'Fetched', type: 'What', size: 'Size', name: 'Name in the machine' },
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
    removeAsk: 'The file is deleted from this computer. The machine keeps its own.',
    cut: 'Not all of it can be shown here. The saved file is complete.',
    notShown: 'It is neither text nor a list that can be shown. Saved, it is complete.',
    text: 'Lines of the file',
    search: 'Search the file',
    searchHow: 'words, or /an expression/',
    clearSearch: 'Clear the search',
    searching: 'Searching…',
    lines: '{{count, number}} of {{all, number}} lines',
    frames: 'Frames of then',
    framesNote:
      'The last frame before the time of the chosen line. The line has the machine’s clock, frames have this computer’s.',
    noFrames: 'No frame was recorded before that.',
    table: 'List',
    same: 'The same as when it was fetched before.',
    changes:
      'Since it was fetched before: {{added, number}} new, {{changed, number}} changed, {{gone, number}} gone.',
    sameAsOther: 'The same in both.',
    unlikeOther:
      'Beside the other: {{added, number}} more here, {{changed, number}} otherwise, {{gone, number}} only there.',
    language: 'Language',
    allLanguages: 'all',
    empty: '(empty)',
    rowsCut: 'The first {{count, number}} of {{all, number}} rows.',
  },
} as const;
