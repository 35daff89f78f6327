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
    matchedNone: 'not compared yet: enter the checksum that came with it',
    matchedTyped: 'matches the entered {{by}}',
    matchedFile: 'matches the {{by}} in {{file}}',
    and: '; ',
    sentences: '{{a}} {{b}}',
    comma: ', ',
    guessed: {
      fileName: 'Derived from “{{text}}” in its name.',
      member: 'Derived from “{{text}}” in the package.',
      updateXml: 'From its update.xml (“{{text}}”).',
    } satisfies Record<GuessReason['by'], string>,
    readsXml: 'It came with an update.xml, which only Linux machines read.',
    versionUnseen: 'No login reports the version of such a package. It is only for your records.',
    label: 'Label',
    labelPlaceholder: 'such as “for the lobby”',
    notes: 'Notes',
    ourXml: 'update.xml for the machines',
    xmlVersion:
      'The version of this package. After the upgrade, the machine’s login must report exactly this.',
    xmlPath: {
      absolute: 'The full address of the package.',
      rooted: 'The path of the package on the computer that serves update.xml.',
      bare: 'The package’s file name, next to update.xml.',
    } satisfies Record<PackagePathStyle, string>,
    xmlOffer:
      '{{vmcNo}} stands for the machine’s number, and 1 for the number of its command: each machine has its own address. It starts with the address that the machine is connected to.',
    more: 'Size, checksums and contents',
    search: 'Search the package’s files',
    found_one: '{{count, number}} of {{all, number}} files; {{shown, number}} shown.',
    found_other: '{{count, number}} of {{all, number}} files; {{shown, number}} shown.',
    tables: 'Open as tables…',
    tablesOf: 'Recipes: {{file}}',
    tablesNone: 'The package has no readable list of products or recipes.',
    compare: 'Compare with',
    comparePlaceholder: 'another package, or a machine’s file',
    compareNone: 'no other recipes',
    fetched: '{{what}} of machine {{vmcNo}}, {{at}}',
    origin: 'Recipes of machine {{vmcNo}}, model {{model}}.',
    originNoModel:
      'Recipes of machine {{vmcNo}}, which has not reported its model. Check that the other machine is of the same model.',
    otherModels_one:
      'A machine of another model has other canisters and mixers, so these recipes may not fit: {{list}}',
    otherModels_other:
      '{{count, number}} machines of other models have other canisters and mixers, so these recipes may not fit: {{list}}',
    export: 'Save as…',
    exportProgress: 'Saving the file',
    usedLead: 'It can’t be removed now.',
    usedFetching_one: 'Machine {{list}} is downloading it: the download would be interrupted.',
    usedFetching_other: 'Machines {{list}} are downloading it: the downloads would be interrupted.',
    usedWaiting_one: 'Machine {{list}} was or will be notified to download it, and would not find it.',
    usedWaiting_other: 'Machines {{list}} were or will be notified to download it, and would not find it.',
    usedRun: '“{{run}}” still sends it to machines.',
    modelsChosen_one: 'One of the chosen machines is of another model than these recipes: {{list}}',
    modelsChosen_other:
      '{{count, number}} of the chosen machines are of other models than these recipes: {{list}}',
    space: '{{free}} free for packages.',
    spaceLittle: 'Only {{free}} free for packages. Free some space on the disk of the data folder.',
  },
} as const;
