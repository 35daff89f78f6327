import { mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { fingerprint } from '../../../scripts/lib/build.mjs';
import { xauthority } from '../../../scripts/lib/display.mjs';
import { filesBelow } from '../../../scripts/lib/files.mjs';
import { withLock } from '../../../scripts/lib/lock.mjs';
import { matches } from '../../../scripts/lib/packages.mjs';
import { at, cacheFolder } from '../../../scripts/lib/paths.mjs';
import { run, runTool } from '../../../scripts/lib/run.mjs';
import { longFiles, longTogether } from '../../../scripts/lib/sizes.mjs';
import { missingGroups } from '../../../scripts/lib/system.mjs';
import { useFolder } from '../../builders/useFolder';

const folder = useFolder();

describe('npm packages', () => {
  /** @param {Record<string, { version?: string, integrity?: string, optional?: boolean }>} packages */
  const lock = (packages) => ({ packages });
  const wanted = lock({
    '': {},
    'node_modules/a': { version: '1.0.0', integrity: 'x' },
    'node_modules/win': { version: '1.0.0', integrity: 'w', optional: true },
  });
  const a = { version: '1.0.0', integrity: 'x' };

  it('match when all that is not optional is there, in its version', () => {
    expect(matches(wanted, lock({ 'node_modules/a': a }))).toBe(true);
  });
  it.each([
    ['one is missing', lock({})],
    ['one has another version', lock({ 'node_modules/a': { ...a, version: '1.0.1' } })],
    ['one has another content', lock({ 'node_modules/a': { ...a, integrity: 'y' } })],
    ['one is left over', lock({ 'node_modules/a': a, 'node_modules/b': a })],
    ['an optional one is outdated', lock({ 'node_modules/a': a, 'node_modules/win': a })],
  ])('do not match when %s', (_, installed) => {
    expect(matches(wanted, installed)).toBe(false);
  });
  it('match what npm installed for this project', async () => {
    const read = async (/** @type {string[]} */ ...path) => JSON.parse(await readFile(at(...path), 'utf8'));
    expect(matches(await read('package-lock.json'), await read('node_modules', '.package-lock.json'))).toBe(
      true,
    );
  });
  it('are locked without the name of any registry', async () => {
    const text = await readFile(at('package-lock.json'), 'utf8');
    expect(text).not.toContain('"resolved"');
  });
});

describe('system libraries', () => {
  it('are satisfied by any name of a group', () => {
    const groups = [['libgtk-3-0t64', 'libgtk-3-0'], ['libnss3']];
    expect(missingGroups(groups, new Set(['libgtk-3-0']))).toEqual([['libnss3']]);
    expect(missingGroups(groups, new Set(['libgtk-3-0t64', 'libnss3']))).toEqual([]);
  });
});

describe('the cache', () => {
  it('is at the person’s place, else at the system’s', () => {
    expect(cacheFolder({ CREMA_CACHE: '/a', XDG_CACHE_HOME: '/b' })).toMatch(/a$/);
    expect(cacheFolder({ XDG_CACHE_HOME: '/b' })).toBe(join('/b', 'crema'));
    expect(cacheFolder({ XDG_CACHE_HOME: '' })).toMatch(/\.cache.crema$/);
  });
});

describe('the fingerprint of the sources', () => {
  const now = () => fingerprint(folder(), ['src', 'package.json']);
  beforeEach(async () => {
    await mkdir(folder('src', 'deep'), { recursive: true });
    await writeFile(folder('src', 'deep', 'a.ts'), 'a');
    await writeFile(folder('package.json'), '{}');
  });

  it('stays when only times change, and ignores other files', async () => {
    const before = await now();
    await utimes(folder('src', 'deep', 'a.ts'), 1, 1);
    await writeFile(folder('README.md'), 'new');
    expect(await now()).toBe(before);
  });
  it('changes with a content, a name, a new file and a missing file', async () => {
    const file = folder('src', 'deep', 'a.ts');
    const seen = new Set([await now()]);
    await writeFile(file, 'b');
    seen.add(await now());
    await rename(file, folder('src', 'a.ts'));
    seen.add(await now());
    await writeFile(folder('src', 'c.ts'), '');
    seen.add(await now());
    await rm(folder('package.json'));
    seen.add(await now());
    expect(seen.size).toBe(5);
  });
  it('walks files in one order, and a file as itself', async () => {
    await writeFile(folder('src', 'b.ts'), '');
    expect(await filesBelow(folder(), 'src')).toEqual([join('src', 'b.ts'), join('src', 'deep', 'a.ts')]);
    expect(await filesBelow(folder(), 'package.json')).toEqual(['package.json']);
    expect(await filesBelow(folder(), 'absent')).toEqual([]);
  });
});

describe('file sizes', () => {
  it('list files over 300 and over 500 lines', async () => {
    const lines = (/** @type {number} */ n) => 'x\n'.repeat(n);
    for (const [name, n] of /** @type {const} */ ([
      ['a.ts', 300],
      ['b.ts', 301],
      ['c.mjs', 501],
      ['d.json', 900],
      ['e.module.css', 502],
    ])) {
      await writeFile(folder(name), lines(n));
    }
    expect(await longFiles(folder(), ['.'])).toEqual([
      { file: 'e.module.css', lines: 502, tooLong: true },
      { file: 'c.mjs', lines: 501, tooLong: true },
      { file: 'b.ts', lines: 301, tooLong: false },
    ]);
  });

  it('list groups of files that are together as long as their limit', async () => {
    await writeFile(folder('a.ts'), 'x\n'.repeat(2));
    await writeFile(folder('b.ts'), 'x\n'.repeat(3));
    const files = ['a.ts', 'b.ts'];
    expect(await longTogether(folder(), [{ files, below: 6 }])).toEqual([]);
    expect(await longTogether(folder(), [{ files, below: 5 }])).toEqual(['a.ts and b.ts: 5 lines (below 5)']);
  });
});

describe('the set-up lock', () => {
  const lockFile = () => folder('setup.lock');

  it('lets one in at a time', async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside--;
    };
    await Promise.all([1, 2, 3].map(() => withLock(work, lockFile())));
    expect(most).toBe(1);
  });
  it('is free again after a failure', async () => {
    await expect(withLock(() => Promise.reject(new Error('no')), lockFile())).rejects.toThrow('no');
    expect(await withLock(() => Promise.resolve('in'), lockFile())).toBe('in');
  });
  it('is taken over from a process that died', async () => {
    const dead = await run(process.execPath, ['-p', 'process.pid']);
    await writeFile(lockFile(), dead.output);
    expect(await withLock(() => Promise.resolve('in'), lockFile())).toBe('in');
  });
});

describe('running programs', () => {
  it('keeps both streams and the exit code', async () => {
    const seen = /** @type {string[]} */ ([]);
    const script = 'console.log("out"); console.error("err"); process.exit(3)';
    const { code, output } = await run(process.execPath, ['-e', script], {
      onLine: (line) => seen.push(line),
    });
    expect(code).toBe(3);
    expect(output.split('\n').toSorted()).toEqual(['err', 'out']);
    expect(seen).toHaveLength(2);
  });
  it('gives 127 for a program that cannot be started', async () => {
    expect((await run(folder('absent'), [])).code).toBe(127);
  });
  it('finds the tools of node_modules by their files', async () => {
    expect((await runTool('typescript/bin/tsc', ['--version'])).output).toContain('Version');
  });
});

describe('the Xauthority file', () => {
  it('has one cookie for any display', () => {
    const bytes = xauthority(Buffer.alloc(16, 0xab));
    expect(bytes.toString('hex')).toBe(
      `ffff000000000012${Buffer.from('MIT-MAGIC-COOKIE-1').toString('hex')}0010${'ab'.repeat(16)}`,
    );
  });
});
