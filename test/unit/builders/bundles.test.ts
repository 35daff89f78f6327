import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { setConstant } from '../../builders/bundles';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crema-constants-'));
  mkdirSync(join(folder, 'chunks'));
  writeFileSync(join(folder, 'chunks', 'a.js'), 'var limit = 256e6;\nuse(limit);\n');
  writeFileSync(join(folder, 'b.js'), 'use(limit = 3);\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('a constant of the built scripts is changed where it is defined', () => {
  setConstant(folder, 'limit', '8e6');
  expect(readFileSync(join(folder, 'chunks', 'a.js'), 'utf8')).toBe('var limit = 8e6;\nuse(limit);\n');
  expect(readFileSync(join(folder, 'b.js'), 'utf8')).toBe('use(limit = 3);\n');
});

it('a name that no script or two scripts define is an error', () => {
  expect(() => setConstant(folder, 'limits', '1')).toThrow('limits');
  writeFileSync(join(folder, 'b.js'), 'const limit = 1;\n');
  expect(() => setConstant(folder, 'limit', '1')).toThrow('limit');
});
