/** CSV files of prices, from any program. */
import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { FileReader } from '../../../../../src/main/tools/readers/fileReader';
import { tablesService } from '../../../../../src/main/desktop/services/tables';
import { serveReaderCalls } from '../../../../../src/main/tools/readers/readerCalls';
import { inThisProcess } from '../../../../builders/inThisProcess';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();

async function readAs(bytes: string | Uint8Array) {
  const file = folder('prices.csv');
  await writeFile(file, bytes);
  const reader = new FileReader('', inThisProcess(serveReaderCalls));
  const { requests } = tablesService({ reader, askTable: () => Promise.resolve(file) });
  return requests.readTable(undefined, { windowId: 1, screen: '', capture: null });
}

const gb18030 = Uint8Array.from([
  0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xbc, 0xdb, 0xb8, 0xf1, 0x0a, 0x31, 0x35, 0x2c, 0x39,
]);

describe('a CSV file', () => {
  it.each([
    [
      'with commas',
      ',',
      '801,9.50\n802,8\n',
      [
        ['801', '9.50'],
        ['802', '8'],
      ],
    ],
    [
      'with semicolons and headings',
      ';',
      'Product;Price\r\n801;9,50\r\n',
      [
        ['Product', 'Price'],
        ['801', '9,50'],
      ],
    ],
    [
      'with semicolons and commas within amounts',
      ';',
      '801;9,50\n802;8,00\n',
      [
        ['801', '9,50'],
        ['802', '8,00'],
      ],
    ],
    ['with tabs', '\t', '801\t9.50\n', [['801', '9.50']]],
    ['with quotes', ',', '801,"Latte, large",9.50\n', [['801', 'Latte, large', '9.50']]],
    [
      'as Excel in China writes it',
      ',',
      gb18030,
      [
        ['编号', '价格'],
        ['15', '9'],
      ],
    ],
  ])('%s', async (_what, separator, bytes, rows) => {
    expect(await readAs(bytes)).toEqual({ fileName: 'prices.csv', rows, separator, broken: [] });
  });

  it('reports invalid lines', async () => {
    const read = await readAs('801,9.50\n802,"8.00\n803,7.00\n');
    expect(read?.broken).toEqual([2]);
    expect(read?.rows.map(([product]) => product)).toEqual(['801', '803']);
  });

  it('that is invalid, or far too large, is refused', async () => {
    await expect(readAs(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 0xff]))).rejects.toMatchObject({
      error: { code: 'tableNoText' },
    });
    await expect(readAs('1,2\n'.repeat(600_000))).rejects.toMatchObject({ error: { code: 'fileNotOpened' } });
  });

  it('with too many cells is refused with its line', async () => {
    await expect(readAs(`801,9\n${'1,'.repeat(600_000)}\n`)).rejects.toMatchObject({
      error: { code: 'tableTooMuch', params: { file: 'prices.csv', line: 2, max: 500_000 } },
    });
  });
});
