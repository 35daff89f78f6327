import { describe, expect, it } from 'vitest';
import { scan } from '../../../scripts/lib/prose-scan.mjs';

/** @param {string} source @param {{ jsx?: boolean }} [options] */
const comments = (source, options) =>
  scan(source, options).comments.map(({ start, end }) => source.slice(start, end));
describe('a comment', () => {
  it('is found at a line’s end, between lines and within code', () => {
    expect(comments('a; // one\n/* two */ b /* three\nfour */;\n/** five */')).toEqual([
      '// one',
      '/* two */',
      '/* three\nfour */',
      '/** five */',
    ]);
    expect(comments('#!/usr/bin/env node\n// one')).toEqual(['// one']);
    expect(comments('/* open')).toEqual(['/* open']);
    expect(comments('')).toEqual([]);
  });

  it.each([
    ['strings', `f("// no", '/* no */', "\\"// no", 'it\\'s // no'); // yes`],
    ['a string over two lines', `f('a\\\n// no'); // yes`],
    ['a template', 'f(`// no ${a /* yes1 */ + `${b} // no` + "}"} /* no */ \\` // no`); // yes'],
    ['a template with braces', 'f(`${{ a: { b: `// no` } }} // no`); // yes'],
    ['an expression', `f(/[/]\\/\\* // no/.test(a), /"/g, /'/u); // yes`],
    ['a class with quotes', `x = /[^"'\`/]+/.exec(y); // yes`],
    ['an expression after a keyword', `return /'/ // yes`],
    ['an expression after an arrow', `a.filter((b) => /"/.test(b)); // yes`],
    ['an expression after a condition', `if (a) /"/.test(b); // yes`],
    ['an expression at the start of a statement', `}\n/"/.test(b); // yes`],
    ['a division', `a = b / c; d = (e) / f; g = h[0] / 2 / i; j = 4 / k++ / 2; // yes`],
    ['a division of a member named as a keyword', `a = b.in / 2; c = "d/"; // yes`],
    ['a division after a template', 'a = `b` / 2; c = "/"; // yes'],
    ['a division behind !', `a = b! / c; d = '/'; // yes`],
    ['an expression behind !', `if (!/'/.test(a)) b(); // yes`],
    ['a comparison', `if (a < b && c > d) e('//'); // yes`],
    ['type parameters', `const a = new Map<string, Array<'//'>>(); // yes`],
    ['a private name', `this.#a / 2; '//'; // yes`],
    ['a name of many letters', `größe / 2; '//'; // yes`],
    ['spread and optional members', `f(...a, b?.c / 2, "//"); // yes`],
  ])('is not found in %s', (_, source) => {
    const found = comments(source);
    expect(found.at(-1)).toBe('// yes');
    expect(found.filter((text) => !text.includes('yes'))).toEqual([]);
  });

  it.each([
    ['text', `const a = <p>Don’t // no /* no */ it's "no</p>; // yes`],
    ['attributes', `a = <B c="// no" d='/* no' e={f /* yes */} {...g} />; // yes`],
    ['an attribute over two lines', `a = <B c="\n// no" />; // yes`],
    ['nested elements', `a = (<><B>it's <i>it's</i> {c ? <d /> : "//"} </B></>); // yes`],
    ['children in braces', `a = <b>{/* yes */}{c.map((d) => <li key={d}>// no</li>)} // no</b>; // yes`],
    ['an element as an attribute', `a = <B c=<i>it's</i> d={<i>// no</i>} />; // yes`],
    ['type arguments', `a = <Table<Row, '//'> b="//">it's</Table>; // yes`],
    ['a generic arrow', `const a = <T,>(b: T) => '//'; const c = <T extends D>(e: T) => "//"; // yes`],
    ['a generic type', `type A = <T>(b: T) => '//'; const b = "it's"; // yes`],
    ['a comparison', `const a = b < c && d > e ? "//" : f<G>('//'); // yes`],
    ['an element after return and an arrow', `f(() => <b>it's</b>); return <b>it's // no</b>; // yes`],
    ['members and names with dashes', `a = <A.B aria-label="//">it's</A.B>; // yes`],
    ['comments of a tag', `a = <B /* yes */ c // yes\n/>; // yes`],
  ])('is not found in JSX: %s', (_, source) => {
    const found = comments(source, { jsx: true });
    expect(found.at(-1)).toBe('// yes');
    expect(found.filter((text) => !text.includes('yes'))).toEqual([]);
  });
});

it('identifiers are those of the code', () => {
  const { names } = scan(
    'const told = 1; // said\nf("victim", `${anew} farewell`, /isThrough/, a.isBehind, told, é地址);',
  );
  expect([...names]).toEqual([
    ['const', 0],
    ['told', 6],
    ['f', 24],
    ['anew', 39],
    ['a', 69],
    ['isBehind', 71],
    ['é地址', 87],
  ]);
  expect([...scan('<A.B tell={c} />', { jsx: true }).names.keys()]).toEqual(['A.B', 'tell', 'c']);
});

it('texts are strings and templates without their quotes, but not comments, expressions and JSX', () => {
  const { texts } = scan('f("one", \'two\', `three ${g("four")} five`); // "six"\n/"seven"/.test(h);');
  expect(texts.map(({ start, text }) => [start, text])).toEqual([
    [2, 'one'],
    [9, 'two'],
    [27, 'four'],
    [16, 'three ${g("four")} five'],
  ]);
  expect(scan('<a title="b">c</a>', { jsx: true }).texts).toEqual([]);
});
