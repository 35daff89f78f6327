import { expect, it } from 'vitest';
import { everyFrame } from '#shared/filter/frames';
import type { JournalQueries } from '../../../../../src/main/journal/client/calls';
import { makeSource } from '../../../../../src/main/desktop/services/source';
import { openPlainly } from '../../../../../src/main/lib/settings/settingsFile';
import { SettingsStore } from '../../../../../src/main/lib/settings/store';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();

it('a capture’s filters use the capture’s own clock', async () => {
  const asked: unknown[] = [];
  const journal: JournalQueries = {
    query: (name, args) => {
      asked.push([name, (args as { readonly now: number }).now]);
      return Promise.reject(new Error('enough'));
    },
  };
  const source = makeSource({
    machine: () => null,
    platforms: () => [],
    journal: () => journal,
    memory: null,
    store: new SettingsStore(
      folder(),
      { available: () => false, encrypt: String, decrypt: String },
      openPlainly,
    ),
    labels: { nameOf: () => '', markOf: () => null },
    rehearses: true,
    now: () => 1_700_000_000_000,
  });
  const filter = { ...everyFrame, text: 'time:today' };
  await expect(source.frames(filter, { after: 0 }, 10)).rejects.toThrow('enough');
  await expect(source.countFrames(filter, null, null)).rejects.toThrow('enough');
  expect(asked).toEqual(['frames', 'countFrames'].map((name) => [name, 1_700_000_000_000]));
});
