import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Markdown } from '../../../../../src/renderer/src/features/help/Markdown';

const drawn = (text: string): string =>
  renderToStaticMarkup(
    <Markdown
      text={text}
      top={2}
      link={(target) => (target.startsWith('#/') ? { href: target, go: () => undefined } : null)}
      picture={(target) => (target === 'known.png' ? './assets/known.png' : null)}
    />,
  );

it('draws headings below the screen’s own, steps, tables, code and pictures', () => {
  expect(drawn('# One\n\n## Two')).toBe('<h2>One</h2><h3>Two</h3>');
  expect(drawn('1. Press **Open door**.\n2. Wait.')).toBe(
    '<ol><li>Press <strong>Open door</strong>.</li><li>Wait.</li></ol>',
  );
  // Steps continue below another heading.
  expect(drawn('9. Wait.')).toBe('<ol start="9"><li>Wait.</li></ol>');
  expect(drawn('| a | b |\n|-|-|\n| `x<y` | *z* |')).toBe(
    '<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>' +
      '<tbody><tr><td><code>x&lt;y</code></td><td><em>z</em></td></tr></tbody></table>',
  );
  expect(drawn('```\nnpm start\n```')).toBe('<pre>npm start</pre>');
  expect(drawn('![A window](known.png)')).toContain('src="./assets/known.png" alt="A window"');
  expect(drawn('A & B isn’t < C')).toBe('<p>A &amp; B isn’t &lt; C</p>');
});

it('follows only links that are known, and shows an unknown picture’s description', () => {
  expect(drawn('[Settings](#/settings)')).toContain('<a href="#/settings">Settings</a>');
  expect(drawn('[there](https://example.org)')).toBe('<p>there</p>');
  expect(drawn('[there](javascript:alert(1))')).not.toContain('javascript');
  expect(drawn('![gone](other.png)')).toBe('<p><span class="dim">gone</span></p>');
});

it('HTML stays text', () => {
  for (const text of ['<script>alert(1)</script>', 'a <img src=x onerror=alert(1)> b', '<b>c</b>'])
    expect(drawn(text)).not.toMatch(/<(script|img|b)[ >]/);
});
