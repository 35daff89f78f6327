import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { usualFolder } from '../../../../../src/main/lib/launch/dataFolder';

afterEach(() => vi.unstubAllEnvs());

describe.runIf(process.platform === 'linux')('the data folder', () => {
  it.each(['', undefined])('is below the home where XDG_CONFIG_HOME is %o', (value) => {
    vi.stubEnv('XDG_CONFIG_HOME', value);
    expect(usualFolder('Crema')).toBe(join(homedir(), '.config', 'Crema'));
  });
  it('is where XDG_CONFIG_HOME says', () => {
    vi.stubEnv('XDG_CONFIG_HOME', '/elsewhere');
    expect(usualFolder('Crema')).toBe('/elsewhere/Crema');
  });
});
