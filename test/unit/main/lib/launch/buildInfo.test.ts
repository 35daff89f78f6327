import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBuildInfo } from '../../../../../src/main/lib/launch/buildInfo';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();

describe('facts about the build', () => {
  it('come from the build', () => {
    const committedAt = '2026-11-24T10:00:00+01:00';
    const info = {
      kind: 'test',
      version: '1.2.3',
      commit: 'abc',
      changed: true,
      committedAt,
      electron: '33.2.1',
    };
    writeFileSync(folder('build.json'), JSON.stringify(info));
    expect(readBuildInfo(folder())).toEqual(info);
  });
  it('are missing when Crema runs from its sources, or if they are unreadable', () => {
    expect(readBuildInfo(folder())).toBeNull();
    writeFileSync(folder('build.json'), '{"kind":"other"}');
    expect(readBuildInfo(folder())).toBeNull();
  });
});
