import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import { setConstant } from '../../builders/bundles';
import { useFolder } from '../../builders/useFolder';

const folder = useFolder();
beforeEach(() => {
  mkdirSync(folder('chunks'));
  writeFileSync(folder('chunks', 'a.js'), 'var limit = 256e6;\nuse(limit);\n');
  writeFileSync(folder('b.js'), 'use(limit = 3);\n');
});

it('a constant of the built scripts is changed where it is defined', () => {
  setConstant(folder(), 'limit', '8e6');
  expect(readFileSync(folder('chunks', 'a.js'), 'utf8')).toBe('var limit = 8e6;\nuse(limit);\n');
  expect(readFileSync(folder('b.js'), 'utf8')).toBe('use(limit = 3);\n');
  writeFileSync(folder('c.js'), 'var sizes = {\n\tblock: 512\n};\nuse(sizes);\n');
  setConstant(folder(), 'sizes', '{}');
  expect(readFileSync(folder('c.js'), 'utf8')).toBe('var sizes = {};\nuse(sizes);\n');
});

it('a name that no script or two scripts define is an error', () => {
  expect(() => setConstant(folder(), 'limits', '1')).toThrow('limits');
  writeFileSync(folder('b.js'), 'const limit = 1;\n');
  expect(() => setConstant(folder(), 'limit', '1')).toThrow('limit');
});
