/** Files that a virtual machine uploads, in the form of real ones as far as known [field]. */
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import type { Cabinet } from './cabinet';
import { menu } from './stock';
import type { OwnFile } from './web';

/** Minutes between two lines in the log of a day. */
const logEvery = 5;

/** `day`: the day of a log, `yyyyMMdd`. `null`: there is no such file. */
export async function ownFile(
  cabinet: Cabinet,
  type: string,
  day: string | null,
  now: number,
): Promise<OwnFile | null> {
  switch (type) {
    case 'log':
      return day === null ? null : { name: `${day}.log`, bytes: text(logOf(cabinet, day, now)) };
    case 'product':
      return { name: 'machine.product', bytes: text(JSON.stringify(productsOf(cabinet))) };
    case 'recipe': {
      const zip = new ZipFile();
      zip.addBuffer(Buffer.from(JSON.stringify(productsOf(cabinet))), 'JetinnoZip/machine.product');
      zip.addBuffer(Buffer.from(JSON.stringify(recipesOf())), 'JetinnoZip/machine.recipe');
      zip.end();
      return { name: 'recipe.zip', bytes: new Uint8Array(await buffer(zip.outputStream)) };
    }
    case 'eva':
    case 'config':
      return { name: `${type}.json`, bytes: text(JSON.stringify({ vmc: cabinet.number, type })) };
    default:
      return null;
  }
}

const text = (content: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(content));

const productsOf = (cabinet: Cabinet): readonly object[] =>
  menu.map((product) => ({
    productId: product.id,
    names: { en: product.key, zh: product.name },
    price: cabinet.listPriceOf(product),
    discount: cabinet.percentOf(product),
    onSale: !cabinet.isLocked(product),
  }));

const recipesOf = (): readonly object[] =>
  menu.map(({ id }) => ({ productId: id, steps: [{ material: '10009', grams: '12.50' }] }));

function logOf(cabinet: Cabinet, day: string, now: number): string {
  const date = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`;
  const lines: string[] = [];
  for (let minute = 0; minute < 24 * 60; minute += logEvery) {
    const time = `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}:00.000`;
    if (new Date(`${date}T${time}`).getTime() > now) break;
    lines.push(`${date} ${time} I/vending: machine ${cabinet.number} heartbeat`);
  }
  return `${lines.join('\n')}\n`;
}
const pad = (value: number): string => String(value).padStart(2, '0');
