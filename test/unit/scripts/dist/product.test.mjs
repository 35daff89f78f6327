import { describe, expect, it } from 'vitest';
import { buildInfo, ownVersion, productOf } from '../../../../scripts/lib/dist/product.mjs';

describe('the product', () => {
  it('every name shows a test build, and none is shared with a release', () => {
    const release = productOf('release', '1.2.3');
    const test = productOf('test', '1.2.3');
    expect(release).toMatchObject({ name: 'crema', productName: 'Crema', kind: 'release' });
    expect(test).toMatchObject({ name: 'crema-test-build', productName: 'Crema Test Build', kind: 'test' });
    expect(test.appId).not.toBe(release.appId);
  });
  it('knows its sources', async () => {
    const info = await buildInfo('test', await ownVersion(), '33.2.1');
    expect(info).toMatchObject({ kind: 'test', electron: '33.2.1' });
    expect(info.version).toMatch(/^\d+\.\d+\.\d+/);
    // Without git, as in an archive of the sources, the build names no commit.
    expect(info.commit).toMatch(/^(?:[0-9a-f]{40})?$/);
    expect(Number.isNaN(Date.parse(info.committedAt))).toBe(info.commit === '');
  });
});
