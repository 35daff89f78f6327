import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { at } from '../../../scripts/lib/paths.mjs';
import { faultsOf, hindrances, sectionsOf } from '../../../scripts/lib/release.mjs';

const changelog = `# Changelog

Words.

## [Unreleased]

## [0.2.0] - 2026-11-30

### Added

- This.

## [0.1.0] - 2026-11-24

- That.
`;
const good = {
  version: '0.2.0',
  current: '0.1.0',
  changelog,
  tags: ['v0.1.0'],
  branch: 'main',
  isClean: true,
};

describe('the changelog', () => {
  it('is read section by section', () => {
    expect(sectionsOf(changelog)).toEqual([
      { version: 'Unreleased', date: '', text: '' },
      { version: '0.2.0', date: '2026-11-30', text: '### Added\n\n- This.' },
      { version: '0.1.0', date: '2026-11-24', text: '- That.' },
    ]);
    expect(faultsOf(changelog)).toEqual([]);
  });
  it('its faults are found', () => {
    expect(faultsOf('# Changelog\n')).toEqual(['its first section is not [Unreleased]']);
    expect(faultsOf('## [Unreleased]\n\n## [0.1] - 2026-11-24\n')).toEqual(['0.1 is not a version']);
    expect(faultsOf('## [Unreleased]\n\n## [0.1.0] - soon\n')).toEqual(['0.1.0 has no date']);
    expect(faultsOf('## [Unreleased]\n\n## [0.1.0] - 2026-01-01\n\n## [0.1.1] - 2026-01-02\n')).toEqual([
      '0.1.0 stands above 0.1.1',
    ]);
  });
  it('ours is in order', async () => {
    expect(faultsOf(await readFile(at('CHANGELOG.md'), 'utf8'))).toEqual([]);
  });
});

describe('a release', () => {
  it('is made when nothing is in its way', () => {
    expect(hindrances(good)).toEqual([]);
    // The first release, with the version in package.json.
    expect(hindrances({ ...good, version: '0.1.0', tags: [] })).toEqual([]);
  });
  it.each([
    [{ version: '2' }, '"2" is not a version: X.Y.Z, or X.Y.Z-rc.1'],
    [{ version: 'v0.2.0' }, '"v0.2.0" is not a version: X.Y.Z, or X.Y.Z-rc.1'],
    [{ current: '0.3.0' }, 'package.json has 0.3.0 already, which is newer'],
    [{ tags: ['v0.2.0'] }, 'there is a tag v0.2.0'],
    [{ version: '0.3.0' }, 'CHANGELOG.md has no section [0.3.0]'],
    [{ changelog: changelog.replace('### Added\n\n- This.', '') }, 'CHANGELOG.md says nothing of 0.2.0'],
    [{ changelog: changelog.replace(' - 2026-11-30', '') }, 'CHANGELOG.md: 0.2.0 has no date'],
    [{ branch: 'other' }, 'this is other, not main'],
    [{ isClean: false }, 'there are changes that are not committed'],
  ])('%j is in its way', (facts, sentence) => {
    expect(hindrances({ ...good, ...facts })).toEqual([sentence]);
  });
});
