import { describe, expect, it } from 'vitest';
import { broughtBy, broughtByCommand, hasVersion, versionNow } from '#shared/model/version';
import { pkg } from '../../../builders/rows';
import type { KnownVersions, VersionDoubt } from '#shared/model/knownVersions';

const says = (version: string | null, ioVersion: string | null = null): KnownVersions => ({
  version,
  ioVersion,
  login: { at: 5, entry: 7 },
  doubts: [],
});
const has = (of: Parameters<typeof pkg>[0], known: KnownVersions): string =>
  hasVersion(broughtBy(pkg(of)), known).has;
const android = { platform: 'android' } as const;

describe('the version of a machine', () => {
  it('is that of the login, without outer blanks', () => {
    expect(hasVersion(broughtBy(pkg()), says(' 1.2.9.1 '))).toEqual({
      has: 'has',
      version: '1.2.9.1',
      at: 5,
      entry: 7,
    });
    expect(hasVersion(broughtBy(pkg()), says('1.2.9'))).toMatchObject({ has: 'hasOther', version: '1.2.9' });
  });

  it('counts only for the part that the package sets', () => {
    expect(has({ ...android, androidType: 'app' }, says('1.2.9.1'))).toBe('has');
    expect(has({ ...android, androidType: 'io' }, says('1.2.9.1', '3'))).toBe('hasOther');
    expect(has({ ...android, androidType: 'io' }, says('3', '1.2.9.1'))).toBe('has');
  });

  it.each([
    ['no login reports it', { ...android, androidType: 'menu' } as const, says('1.2.9.1'), 'notNamed'],
    ['the package has none', { version: ' ' }, says('1.2.9.1'), 'noVersion'],
    ['the login reports none', {}, says(' '), 'notReported'],
    ['the machine never logged in', {}, { ...says(null), login: null }, 'notReported'],
  ])('is unknown if %s', (_, of, known, why) => {
    expect(hasVersion(broughtBy(pkg(of)), known)).toEqual({ has: 'unknown', why });
  });

  it('is unknown after a download or an upgrade without a later login, for that part only', () => {
    const doubt: VersionDoubt = { field: 'version', why: 'fetched', at: 9, entry: null };
    const known = { ...says('1.2.9.1', '3'), doubts: [doubt] };
    expect(hasVersion(broughtBy(pkg()), known)).toEqual({
      has: 'unknown',
      why: 'fetched',
      doubt,
      last: '1.2.9.1',
    });
    expect(versionNow('ioVersion', known)).toMatchObject({ known: true, version: '3' });
  });

  it('is compared with an upgrade command’s stored facts, also from an earlier launch', () => {
    expect(broughtByCommand({ field: 'ioVersion', version: '3' })).toEqual({
      field: 'ioVersion',
      version: '3',
    });
    expect(broughtByCommand({ field: null, version: '' }).field).toBeNull();
    expect(broughtByCommand({ seenAtLogin: true, version: '3' }).field).toBe('version');
    expect(broughtByCommand({ seenAtLogin: false }).field).toBeNull();
    expect(broughtByCommand({ field: 'model' })).toEqual({ field: null, version: '' });
  });
});
