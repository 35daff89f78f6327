import { describe, expect, it } from 'vitest';
import { isHeading } from '../../../../../src/main/core/lists/plan';
import { readTable, textOf } from '../../../../../src/main/core/lists/readTable';
import { tableOfText } from '../../../../builders/tables';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));
const read = (text: string) => tableOfText(text, isHeading);

describe('the text of a file', () => {
  it('is UTF-8 with or without a byte order mark, UTF-16 with one, or GB18030', () => {
    expect(textOf(utf8('\uFEFF机器编号,名称'))).toBe('机器编号,名称');
    expect(textOf(utf8('机器编号,名称'))).toBe('机器编号,名称');
    expect(textOf(utf16('机器编号\t名称'))).toBe('机器编号\t名称');
    // 名称,大厅 in GBK.
    const gb = [0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xb4, 0xf3, 0xcc, 0xfc];
    expect(textOf(new Uint8Array(gb))).toBe('名称,大厅');
  });

  it.each([
    ['an archive', [0x50, 0x4b, 3, 4, 0, 0, 0, 0]],
    ['half a character at its end', [0xc3, 0xfb, 0x81]],
  ])('is not readable for %s', (_what, bytes) => {
    expect(textOf(new Uint8Array(bytes))).toBeNull();
  });
});

describe('the table of a text', () => {
  it.each([
    ['commas', 'Number,Name\r\n1,"a,b"\r\n', 'a,b'],
    ['semicolons, as Excel writes them in half of Europe', 'Number;Name\r\n1;a,b\r\n', 'a,b'],
    ['tabs', 'Number\tName\n1\ta,b', 'a,b'],
    ['the separator in its first line', 'sep=;\r\nNumber;Name\r\n1;a,b\r\n', 'a,b'],
  ])('is separated by %s', (_what, text, name) => {
    const { headings, rows } = read(text);
    expect(headings).toEqual(['Number', 'Name']);
    expect(rows.map(({ cells }) => cells)).toEqual([['1', name]]);
  });

  it('has the line of each record: cells of several lines, empty lines and empty rows count', () => {
    const text = 'Number,Notes\n1,"first\nsecond"\n\n,\n2,x\n3,"a\n\nb"\n4,y\n';
    expect(read(text).rows.map(({ line, cells }) => [line, cells[0]])).toEqual([
      [2, '1'],
      [6, '2'],
      [7, '3'],
      [10, '4'],
    ]);
    expect(read(`sep=,\n${text}`).rows.map(({ line }) => line)).toEqual([3, 7, 8, 11]);
    expect(read('Number,Notes\r\n1,"a\r\nb"\r\n2,x\r\n').rows.map(({ line }) => line)).toEqual([2, 4]);
  });

  it('a record with unbalanced quotation marks does not affect the others', () => {
    const { rows, broken } = read('Number,Name\n1,ok\n2,"a"b\n3,fine\n');
    expect(rows.map(({ cells }) => cells[0])).toEqual(['1', '3']);
    expect(broken).toEqual([{ line: 3, problem: 'broken', params: {} }]);
  });

  it('names the line of a broken record after empty lines and empty rows, and in a last line without an end', () => {
    const { rows, broken } = read('sep=,\nNumber,Name\n1,"a\nb"\n\n , \n\n2,"a"b\n3,fine\n4,"c');
    expect(rows.map(({ line, cells }) => [line, cells[0]])).toEqual([
      [3, '1'],
      [9, '3'],
    ]);
    expect(broken.map(({ line }) => line)).toEqual([8, 10]);
  });

  it('has as many rows as the limit of cells allows', () => {
    const { rows } = read(`Number,Name\n${'7,\n'.repeat(240_000)}`);
    expect(rows.at(-1)).toEqual({ line: 240_001, cells: ['7', ''] });
    expect(rows).toHaveLength(240_000);
  });
});

describe('a text with more cells than the limit', () => {
  it.each([
    ['lines', `Number\n${'\n'.repeat(2_000_000)}`, 500_001],
    ['lines of Windows', `Number\r\n${'\r\n'.repeat(2_000_000)}`, 500_001],
    ['lines of an old Mac', `Number\r${'\r'.repeat(2_000_000)}`, 500_001],
    ['columns', `Number${','.repeat(2_000_000)}\n7\n`, 1],
    ['columns by another separator', `Number${';'.repeat(2_000_000)}\n7\n`, 1],
    ['quoted columns', `Number${',""'.repeat(2_000_000)}\n7\n`, 1],
    ['cells of one line', `Number,Name\n7,Lobby\n${'7,'.repeat(2_000_000)}\n`, 3],
    ['cells after an open quotation mark', `Number,Name\n7,"Lobby\n${','.repeat(2_000_000)}\n`, 3],
    ['rows of three cells', `Number,Name,Place\n${'7,Lobby,Hall\n'.repeat(300_000)}`, 166_667],
  ])('is refused at its line: %s', (_what, text, overfullAt) => {
    expect(readTable(text, isHeading)).toEqual({ overfullAt });
  });
});
