/** The file of sites: odd entries are not used, and stay in the file. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSites, writeSites } from '../../../../../src/main/desktop/services/sitesFile';
import { mostSites } from '#shared/model/sites';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();
const site = (id: string, others: object = {}) => ({
  id,
  name: id,
  role: 'read',
  servers: 'broker',
  isMasked: true,
  ...others,
});
const maskKey = 'ab'.repeat(32);

/** Reads the content, writes what was found, and returns both. */
function again(content: object) {
  const file = folder('sites.json');
  writeFileSync(file, JSON.stringify(content));
  const found = readSites(file);
  writeSites(file, found);
  return { found, written: JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown> };
}

describe('the file of sites', () => {
  it.each([
    ['a field of a later version', site('b', { color: 'red' })],
    ['an odd value', site('b', { role: 'both' })],
    ['another type', 7],
    ['an id that is used twice', site('a', { name: 'twice' })],
  ])('keeps an entry with %s as it is', (_what, odd) => {
    const { found, written } = again({ sites: [site('a'), odd, site('c')], maskKey, later: { x: 1 } });
    expect(found.sites.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(found.problems).toEqual([expect.stringContaining('site 2: ')]);
    expect(written).toMatchObject({ sites: [site('a'), site('c'), odd], maskKey, later: { x: 1 } });
    expect(readSites(folder('sites.json')).sites).toEqual(found.sites);
  });

  it('keeps the sites beyond the limit', () => {
    const sites = Array.from({ length: mostSites + 2 }, (_, index) => site(`s${index}`));
    const { found, written } = again({ sites, maskKey });
    expect([found.sites.length, found.problems.length]).toEqual([mostSites, 2]);
    expect(written['sites']).toEqual(sites);
  });

  it('uses the sites of a file with an odd key', () => {
    const { found } = again({ sites: [site('a')], maskKey: 'short' });
    expect(found.sites).toHaveLength(1);
    expect(found).toMatchObject({ isDamaged: true, problems: [expect.stringContaining('maskKey')] });
  });
});
