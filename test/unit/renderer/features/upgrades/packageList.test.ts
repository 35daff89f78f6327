/** Search and order of the packages. */
import { expect, it } from 'vitest';
import { listedPackages } from '../../../../../src/renderer/src/features/upgrades/packageList';
import { pkg } from '../../../../builders/rows';

const packages = [
  pkg({ id: 'a'.repeat(64), fileName: 'vendui_2.zip', version: '1.2.9.0', addedAt: 1 }),
  pkg({
    id: 'b'.repeat(64),
    fileName: 'vendui_10.zip',
    version: '1.2.10.0',
    addedAt: 3,
    notes: 'Lobby only',
  }),
  pkg({ id: 'c'.repeat(64), fileName: 'recipe.zip', version: '', label: 'Winter', addedAt: 2 }),
];
const shown = (typed: string, sort: 'newest' | 'name' | 'version') =>
  listedPackages(packages, typed, sort).map(({ fileName }) => fileName);

it('packages are ordered by time, name or version, numbers by their value', () => {
  expect(shown('', 'newest')).toEqual(['vendui_10.zip', 'recipe.zip', 'vendui_2.zip']);
  expect(shown('', 'name')).toEqual(['vendui_2.zip', 'vendui_10.zip', 'recipe.zip']);
  expect(shown('', 'version')).toEqual(['vendui_10.zip', 'vendui_2.zip', 'recipe.zip']);
});

it('packages are found by name, label, version, notes and checksum', () => {
  expect(shown('vendui 1.2.9', 'newest')).toEqual(['vendui_2.zip']);
  expect(shown('winter', 'newest')).toEqual(['recipe.zip']);
  expect(shown('lobby', 'newest')).toEqual(['vendui_10.zip']);
  expect(shown('cccc', 'newest')).toEqual(['recipe.zip']);
  expect(shown('nothing', 'newest')).toEqual([]);
});
