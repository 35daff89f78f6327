import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { QrCode } from '../../../../src/renderer/src/ui/QrCode';

const drawn = (text: string): string =>
  renderToStaticMarkup(<QrCode text={text} label={`code of ${text}`} size={100} />);

it('is black on white in any theme, with its content as accessible text', () => {
  const svg = drawn('192.168.1.20:4567');
  expect(svg).toContain('role="img" aria-label="code of 192.168.1.20:4567"');
  expect(svg).toContain('fill="#fff"');
  expect(svg).toContain('fill="#000"');
  // Version 1, because an address is alphanumeric: 21 modules and four of white on each side. The finder begins there.
  expect(svg).toContain('viewBox="0 0 29 29"');
  expect(svg).toContain('d="M4 4h1v1h-1zM5 4h1v1h-1z');
});

it('grows with its text, and can contain Chinese', () => {
  const side = (text: string): number => Number(/viewBox="0 0 (\d+)/.exec(drawn(text))?.[1]);
  expect(side('咖啡'.repeat(40))).toBeGreaterThan(side('咖啡'));
});

it.each(['192.168.1.20:4567', '255.255.255.255:65535', 'crema 7'])('decodes to its content: %s', (text) => {
  expect(readAgain(drawn(text))).toBe(text);
});

const alphanumeric = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
/** The mask patterns of a code, by number [ISO/IEC 18004]. */
const masks: readonly ((x: number, y: number) => number)[] = [
  (x, y) => (x + y) % 2,
  (_x, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

/** A reader for flawless codes of one block, alphanumeric or bytes. */
function readAgain(svg: string): string {
  const border = 4;
  const size = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]) - 2 * border;
  const modules = new Set([...svg.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`));
  const dark = (x: number, y: number): number => Number(modules.has(`${x + border} ${y + border}`));

  // The mask number: two times five bits and their check bits, beside the top left finder.
  let format = 0;
  for (let i = 14; i >= 9; i -= 1) format = format * 2 + dark(14 - i, 8);
  for (const [x, y] of [
    [7, 8],
    [8, 8],
    [8, 7],
  ] as const)
    format = format * 2 + dark(x, y);
  for (let i = 5; i >= 0; i -= 1) format = format * 2 + dark(8, i);
  const mask = masks[((format ^ 0x5412) >> 10) & 7];

  const isAligned = (at: number): boolean => size > 21 && Math.abs(at - (size - 7)) <= 2;
  const isData = (x: number, y: number): boolean =>
    x !== 6 &&
    y !== 6 &&
    !(x < 9 && y < 9) &&
    !(x >= size - 8 && y < 9) &&
    !(x < 9 && y >= size - 8) &&
    !(isAligned(x) && isAligned(y));
  let bits = '';
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1)
      for (const x of [right, right - 1]) {
        const y = ((right + 1) & 2) === 0 ? size - 1 - step : step;
        if (isData(x, y)) bits += dark(x, y) ^ Number(mask(x, y) === 0);
      }
  }

  let at = 0;
  const take = (count: number): number => {
    at += count;
    return Number.parseInt(bits.slice(at - count, at), 2);
  };
  const mode = take(4);
  if (mode === 4) return new TextDecoder().decode(Uint8Array.from({ length: take(8) }, () => take(8)));
  expect(mode).toBe(2);
  let text = '';
  let left = take(9);
  for (; left > 1; left -= 2) {
    const pair = take(11);
    text += alphanumeric.charAt(Math.floor(pair / 45)) + alphanumeric.charAt(pair % 45);
  }
  return left === 1 ? text + alphanumeric.charAt(take(6)) : text;
}
