/** The library of upgrade packages: import, facts, contents, recipes. */
import type { GuessReason, PackagePathStyle } from '#shared/model/upgrade';

export const packages = {
  packages: {
    drop: 'Drop packages here',
    dropNote: 'A ZIP, an update.xml, or a folder with update.xml and its package.',
    expectedNext: 'Expected checksum of the next package',
    expected: 'Expected checksum',
    expectedPlaceholder: 'SHA-256 or MD5',
    check: 'Compare',
    matched: 'Compared with',
    matchedNone: 'nothing yet: type the checksum that came with it',
    matchedTyped: 'the {{by}} that was typed: the same',
    matchedFile: 'the {{by}} in {{file}}: the same',
    and: '; ',
    sentences: '{{a}} {{b}}',
    comma: ', ',
    guessed: {
      fileName: 'Guessed from “{{text}}” in its name.',
      member: 'Guessed from “{{text}}” in it.',
      updateXml: 'As its update.xml says (“{{text}}”).',
    } satisfies Record<GuessReason['by'], string>,
    readsXml: 'An update.xml came with it; only linux machines read one.',
    versionUnseen: 'No login says the version of such a package: it is for you alone.',
    label: 'Label',
    labelPlaceholder: 'such as “for the lobby”',
    notes: 'Notes',
    ourXml: 'update.xml as machines will read it',
    xmlVersion: 'The version it brings. After the upgrade a machine’s login must say exactly this.',
    xmlPath: {
      absolute: 'Where the package is, as a whole address.',
      rooted: 'Where the package is on the computer that update.xml came from.',
      bare: 'The package’s name, beside update.xml.',
    } satisfies Record<PackagePathStyle, string>,
    xmlOffer:
      '{{vmcNo}} stands for the machine’s number and 1 for that of its command: each machine has an address of its own. The address before it is the one by which the machine is connected.',
    more: 'Size, checksums and contents',
    search: 'Search the files in it',
    found_one: '{{count, number}} of {{all, number}} files; {{shown, number}} shown.',
    found_other: '{{count, number}} of {{all, number}} files; {{shown, number}} shown.',
    tables: 'Open as tables…',
    tablesOf: 'Recipes: {{file}}',
    tablesNone: 'No list of products or recipes in it can be read.',
    compare: 'Compare with',
    comparePlaceholder: 'another package, or what a machine sent',
    compareNone: 'no other recipes are here',
    fetched: '{{what}} of machine {{vmcNo}}, {{at}}',
    origin: 'Recipes of machine {{vmcNo}}, model {{model}}.',
    originNoModel:
      'Recipes of machine {{vmcNo}}, which has not said its model: see yourself that another machine is of the same.',
    otherModels_one:
      'A machine of another model has other canisters and mixers; these recipes may not fit it: {{list}}',
    otherModels_other:
      '{{count, number}} machines of other models have other canisters and mixers; these recipes may not fit them: {{list}}',
    export: 'Save as…',
    exportProgress: 'Saving the file',
    usedLead: 'It can’t be removed now.',
    usedFetching_one: 'Machine {{list}} downloads it: that would break off.',
    usedFetching_other: 'Machines {{list}} download it: that would break off.',
    usedWaiting_one:
      'Machine {{list}} has been told to fetch it, or waits to be told: it might find nothing.',
    usedWaiting_other:
      'Machines {{list}} have been told to fetch it, or wait to be told: they might find nothing.',
    usedRun: '“{{run}}” still gives it to machines.',
    modelsChosen_one: 'One of the chosen machines is of another model than these recipes: {{list}}',
    modelsChosen_other:
      '{{count, number}} of the chosen machines are of other models than these recipes: {{list}}',
    space: '{{free}} free for packages.',
    spaceLittle: 'Only {{free}} free for packages: make room on the disk of the data folder.',
  },
} as const;
