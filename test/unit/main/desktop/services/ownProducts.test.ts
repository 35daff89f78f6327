/** The workshop's products: export and import. */
import { readFile, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OwnProducts } from '#shared/model/ownProducts';
import { FileReader } from '../../../../../src/main/tools/readers/fileReader';
import { serveReaderCalls } from '../../../../../src/main/tools/readers/readerCalls';
import { writeProducts } from '../../../../../src/main/core/lists/ownProductsFile';
import { ownProductsService } from '../../../../../src/main/desktop/services/ownProducts';
import { inThisProcess } from '../../../../builders/inThisProcess';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();
let own: OwnProducts = {};
const file = (): string => folder('products.json');
const sender = { windowId: 1, screen: '', capture: null };
const service = (reader: Pick<FileReader, 'read'> = new FileReader('', inThisProcess(serveReaderCalls))) =>
  ownProductsService({
    reader,
    own: () => own,
    change: (next) => {
      own = next;
      return null;
    },
    now: () => 77,
    askPlace: () => Promise.resolve(file()),
    askFile: () => Promise.resolve(file()),
  }).requests;

beforeEach(() => {
  own = { 801: { name: 'Latte', price: 950, at: 5 }, 15: { at: 6 } };
});

describe('products of the workshop', () => {
  it('are the same after export and import, and change nothing then', async () => {
    expect(await service().exportProducts(undefined, sender)).toBe('products.json');
    const before = own;
    const read = await service().importProducts(undefined, sender);
    expect(read).toEqual({ fileName: 'products.json', added: 0, changed: 0, same: 2, refused: [] });
    expect(own).toBe(before);
  });

  it('that are new or different are reported again, the others stay unchanged', async () => {
    await service().exportProducts(undefined, sender);
    const text = (await readFile(file(), 'utf8'))
      .replace('950', '900')
      .replace('"product": 15', '"product": 16');
    await writeFile(file(), text);
    expect(await service().importProducts(undefined, sender)).toMatchObject({
      added: 1,
      changed: 1,
      same: 0,
    });
    expect(own).toEqual({
      801: { name: 'Latte', price: 900, at: 77 },
      15: { at: 6 },
      16: { at: 77 },
    });
  });

  it('of no such file nothing is taken', async () => {
    await writeFile(file(), '{"crema": "products"}');
    await expect(service().importProducts(undefined, sender)).rejects.toMatchObject({
      error: { code: 'noProducts', params: { line: 1 } },
    });
    expect(own[801]?.price).toBe(950);
  });

  it('change meanwhile: the file is compared with the current ones', async () => {
    const asked: (readonly string[])[] = [];
    const late = { ...own, 16: { at: 7 } };
    const reader: Pick<FileReader, 'read'> = {
      read: (call, args) => {
        if ('known' in args) asked.push(args.known);
        own = late;
        return new FileReader('', inThisProcess(serveReaderCalls)).read(call, args);
      },
    };
    await writeFile(file(), writeProducts({ 17: { at: 1 } }));
    await service(reader).importProducts(undefined, sender);
    expect(asked).toEqual([
      ['15', '801'],
      ['15', '16', '801'],
    ]);
    expect(own).toEqual({ ...late, 17: { at: 77 } });
  });
});

describe('a list of a stranger', () => {
  it('that is nested too deeply is refused as invalid', async () => {
    await writeFile(file(), '['.repeat(1_000_000));
    await expect(service().importProducts(undefined, sender)).rejects.toMatchObject({
      error: { code: 'noProducts', params: { file: 'products.json' } },
    });
  });

  it('with a hundred thousand wrong entries gives as many refusals as a window lists', async () => {
    const wrong = Array.from({ length: 100_000 }, () => '\n7').join(',');
    await writeFile(file(), `{"crema": "products", "version": 1, "products": [${wrong}]}`);
    const read = await service().importProducts(undefined, sender);
    expect(read?.refused).toHaveLength(200);
    expect(read?.refused.at(-1)).toMatchObject({ line: 201, reason: 'noEntry' });
  });
});
