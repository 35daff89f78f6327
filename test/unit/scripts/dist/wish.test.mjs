import { describe, expect, it } from 'vitest';
import { parseWish } from '../../../../scripts/lib/dist/wish.mjs';

const here = /** @type {const} */ ({ platform: 'linux', arch: 'x64' });

describe('npm run dist', () => {
  it('makes the default targets of this system without switches', () => {
    expect(parseWish([], here)).toEqual({
      systems: [{ system: 'linux', targets: ['AppImage', 'deb'] }],
      archs: ['x64'],
      fallback: false,
      testBuild: false,
      reuse: false,
    });
    expect(parseWish([], { platform: 'win32', arch: 'x64' }).systems).toEqual([
      { system: 'win', targets: ['nsis', 'portable'] },
    ]);
    expect(parseWish([], { platform: 'darwin', arch: 'arm64' })).toMatchObject({
      systems: [{ system: 'mac', targets: ['dmg'] }],
      archs: ['arm64'],
    });
  });
  it('takes systems with their targets, processors and flags', () => {
    expect(
      parseWish(['--linux', 'deb', 'appimage', '--mac', '--x64', '--arm64', '--fallback', '--test-build'], here),
    ).toEqual({
      systems: [
        { system: 'linux', targets: ['deb', 'AppImage'] },
        { system: 'mac', targets: ['dmg'] },
      ],
      archs: ['x64', 'arm64'],
      fallback: true,
      testBuild: true,
      reuse: false,
    });
  });
  it.each([[['deb']], [['--linux', 'nsis']], [['--windows']], [['--linux', '--publish']]])(
    'refuses %j and lists the valid switches',
    (args) => {
      expect(() => parseWish(args, here)).toThrow(/is not known here.*npm run dist/s);
    },
  );
});
