import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { QrCode } from '../../../../src/renderer/src/ui/QrCode';

const drawn = (text: string): string =>
  renderToStaticMarkup(<QrCode text={text} label={`code of ${text}`} size={100} />);

it('is black on white whatever the theme, with what it holds for those who can’t see it', () => {
  const svg = drawn('192.168.1.20:4567');
  expect(svg).toContain('role="img" aria-label="code of 192.168.1.20:4567"');
  expect(svg).toContain('fill="#fff"');
  expect(svg).toContain('fill="#000"');
  // Version 1, as an address is alphanumeric: 21 modules and four of white on each side. Its finder begins there.
  expect(svg).toContain('viewBox="0 0 29 29"');
  expect(svg).toContain('d="M4 4h1v1h-1zM5 4h1v1h-1z');
});

it('grows with its text, and holds Chinese too', () => {
  const side = (text: string): number => Number(/viewBox="0 0 (\d+)/.exec(drawn(text))?.[1]);
  expect(side('咖啡'.repeat(40))).toBeGreaterThan(side('咖啡'));
});
