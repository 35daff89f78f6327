import { describe, expect, it } from 'vitest';
import { defaultMachineConfig, type MachineConfig } from '#shared/model/machine';
import { numberHeading, registryHeadings, registryKeys } from '#shared/registryWords';
import { isHeading, planOf, type Plan } from '../../../../../src/main/core/lists/plan';
import { tableOfText } from '../../../../builders/tables';
import { registryFile } from '../../../../../src/main/desktop/registry/writeRegistry';

const known = new Map<number, MachineConfig>([
  [101, { ...defaultMachineConfig, name: 'Lobby', place: 'Hall 2', notes: 'Key at the desk.' }],
  [102, { ...defaultMachineConfig, name: '=1+1', doorSpelling: 'door open', currency: '€' }],
]);

function plan(text: string): Plan {
  const made = planOf(tableOfText(text, isHeading), {
    isKnown: (vmcNo) => known.has(vmcNo),
    config: (vmcNo) => known.get(vmcNo) ?? defaultMachineConfig,
  });
  if (made === null) throw new Error('no column is the number');
  return made;
}
const problems = (text: string) => plan(text).problems.map(({ line, problem }) => [line, problem]);

describe('changes of a file', () => {
  it('are shown as old and new, by machine; those without a change are counted', () => {
    const { rows, patches, unchanged } = plan('Number,Name,Place\n101,Lobby,Hall 3\n102,=1+1,\n103,Roof,\n');
    expect(rows).toEqual([
      { line: 2, vmcNo: 101, isNew: false, changes: [{ key: 'place', from: 'Hall 2', to: 'Hall 3' }] },
      { line: 4, vmcNo: 103, isNew: true, changes: [{ key: 'name', from: '', to: 'Roof' }] },
    ]);
    expect([...patches]).toEqual([
      [101, { place: 'Hall 3' }],
      [103, { name: 'Roof' }],
    ]);
    expect(unchanged).toBe(1);
  });

  it('an empty cell clears a text or resets a choice; a missing column changes nothing', () => {
    const { rows } = plan('Number,Name,Door command\n101,,\n102,=1+1,\n');
    expect(rows.map(({ changes }) => changes)).toEqual([
      [{ key: 'name', from: 'Lobby', to: '' }],
      [{ key: 'doorSpelling', from: 'door open', to: 'auto' }],
    ]);
  });

  it.each(registryKeys.map((key) => [key, registryHeadings[key]] as const))(
    '%s has a heading in both languages, and its row’s name',
    (key, { en, zh, others }) => {
      const heard = [en, zh, key, ...others].map(
        (heading) => plan(`${numberHeading.zh},${heading.toUpperCase()}\n101,\n`).unknown,
      );
      expect(heard.flat()).toEqual([]);
    },
  );

  it('a cell of megabytes is shown by its beginning only', () => {
    const long = 'x'.repeat(1_000_000);
    const { problems: shown, unknown } = plan(`Number,Door command,${long}\n${long},\n101,${long}\n`);
    expect(shown.map(({ problem }) => problem)).toEqual(['noNumber', 'valueUnknown']);
    expect(JSON.stringify([shown, unknown]).length).toBeLessThan(1_000);
  });

  it('unknown columns are named and skipped', () => {
    expect(plan('Colour,Number,Name\nred,101,Lobby\n')).toMatchObject({ unknown: ['Colour'], rows: [] });
  });

  it('of two columns with the same meaning the first counts, and the other is reported', () => {
    const { rows, unknown } = plan('Number,Name,name,Number\n101,Bar,Cellar,102\n');
    expect(rows.map(({ vmcNo, changes }) => [vmcNo, changes.map(({ to }) => to)])).toEqual([[101, ['Bar']]]);
    expect(unknown).toEqual(['name', 'Number']);
  });

  it('many or long headings are reported once, up to the limits of the window', () => {
    const { unknown } = plan(`Number,${'a,'.repeat(1_000)}${'b'.repeat(100_000)},c,d,e,f,g,h,i,j\n101\n`);
    expect(unknown.slice(0, 2)).toEqual(['a', `${'b'.repeat(59)}…`]);
    expect(unknown).toHaveLength(8);
  });

  it('choices are accepted in any case, and an invalid one is reported with the valid ones', () => {
    const { rows, problems: wrong } = plan(
      'Number,Machine program,If the sign is wrong\n101,Android,WARN\n102,windows,\n',
    );
    expect(rows[0]?.changes).toEqual([
      { key: 'platform', from: 'auto', to: 'android' },
      { key: 'signPolicy', from: 'auto', to: 'warn' },
    ]);
    expect(wrong).toEqual([
      {
        line: 3,
        problem: 'valueUnknown',
        params: { column: 'Machine program', value: 'windows', allowed: 'auto, linux, android' },
      },
    ]);
  });
});

describe('a wrong row', () => {
  it('is refused with its line and reason, and the others are kept', () => {
    const text = [
      'Number,Name,Place',
      'x12,Nowhere,',
      '101,Entrance,Hall 2',
      `102,${'n'.repeat(61)},`,
      '103,Roof,',
      '101,Twice,',
      '104,Cellar,,too much',
      ',nameless,',
    ].join('\n');
    const { rows, problems: wrong } = plan(text);
    expect(rows.map(({ vmcNo, line }) => [line, vmcNo])).toEqual([
      [3, 101],
      [5, 103],
    ]);
    expect(wrong).toEqual([
      { line: 2, problem: 'noNumber', params: { value: 'x12' } },
      { line: 4, problem: 'tooLong', params: { column: 'Name', length: 61, max: 60 } },
      { line: 6, problem: 'numberTwice', params: { vmcNo: 101, first: 3 } },
      { line: 7, problem: 'tooManyCells', params: { cells: 4, columns: 3 } },
      { line: 8, problem: 'noNumber', params: { value: '' } },
    ]);
  });

  it.each(['0', '1.5', '-3', '1e5', '99999999999999999', '0x10'])(
    '%s is not a number of a machine',
    (number) => {
      expect(problems(`Number,Name\n${number},a\n`)).toEqual([[2, 'noNumber']]);
    },
  );

  it('a table without a number column is not usable', () => {
    const table = tableOfText('Name,Place\nLobby,Hall\n', isHeading);
    expect(planOf(table, { isKnown: () => false, config: () => defaultMachineConfig })).toBeNull();
  });
});

describe('the written file', () => {
  const machines = [...known];

  it.each(['en', 'zh'] as const)('in %s is read as written', (language) => {
    const text = registryFile(machines, language);
    expect(text.startsWith(`\uFEFF${numberHeading[language]},`)).toBe(true);
    expect(plan(text.slice(1))).toMatchObject({ rows: [], unchanged: 2, problems: [], unknown: [] });
  });

  it('is text to a spreadsheet, with any first character; cells with line ends or semicolons are quoted', () => {
    const config = {
      ...defaultMachineConfig,
      name: '=HYPERLINK("x")',
      place: '@home',
      notes: '-1; then\n+2',
    };
    const [, ...lines] = registryFile([[7, config]], 'en').split('\r\n');
    expect(lines[0]).toBe(`7,"'=HYPERLINK(""x"")",'@home,,"'-1; then\n'+2",auto,auto,extended,auto,,auto`);
    const again = planOf(tableOfText(registryFile([[7, config]], 'en').slice(1), isHeading), {
      isKnown: () => true,
      config: () => config,
    });
    expect(again).toMatchObject({ rows: [], unchanged: 1 });
  });

  it('contains no verification code and no photo', () => {
    const [head = ''] = registryFile(machines, 'en').split('\r\n');
    expect(head).toBe(
      '\uFEFFNumber,Name,Place,Model,Notes,Machine program,Frame head,Answers,Door command,Currency,If the verification code is wrong',
    );
  });
});
