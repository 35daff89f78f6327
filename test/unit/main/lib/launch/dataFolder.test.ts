import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { usualFolder } from '../../../../../src/main/lib/launch/dataFolder';

afterEach(() => vi.unstubAllEnvs());

describe.runIf(process.platform === 'linux')('the data folder', () => {
  it.each(['', undefined])('is in the home folder if XDG_CONFIG_HOME is %o', (value) => {
    vi.stubEnv('XDG_CONFIG_HOME', value);
    expect(usualFolder('Crema')).toBe(join(homedir(), '.config', 'Crema'));
  });
  it('is in XDG_CONFIG_HOME', () => {
    vi.stubEnv('XDG_CONFIG_HOME', '/elsewhere');
    expect(usualFolder('Crema')).toBe('/elsewhere/Crema');
  });
});
