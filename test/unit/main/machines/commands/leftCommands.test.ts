import { expect, it } from 'vitest';
import { LeftCommands } from '../../../../../src/main/machines/commands/leftCommands';
import { command } from '../../../../builders/rows';

it('keeps a failed or unconfirmed command until a newer one of its machine', () => {
  const left = new LeftCommands();
  expect(left.note(command(1, { state: 'sent' }))).toBe(false);
  expect(left.note(command(1, { state: 'failed', endedAt: 1_000 }))).toBe(true);
  expect(left.of(33232)).toMatchObject({ id: 1, state: 'failed' });
  // Late news of an older command changes nothing.
  expect(left.note(command(0, { state: 'expired', endedAt: 900 }))).toBe(false);
  expect(left.note(command(2))).toBe(true);
  expect(left.of(33232)).toBeNull();
  expect(left.note(command(2, { state: 'confirmed', endedAt: 2_000 }))).toBe(false);
  expect(left.note(command(3, { state: 'expired', endedAt: 3_000 }))).toBe(true);
  expect(left.of(33232)).toMatchObject({ id: 3 });
  expect(left.of(33239)).toBeNull();
});

it('keeps an upgrade that the machine restarted without, until a later step', () => {
  const left = new LeftCommands();
  const params = { version: '1.2', expected: '1.3' };
  const restarted = { what: 'notApplied', at: 0, entry: null, params } as const;
  expect(left.note(command(1, { name: 'upgrade', state: 'sent', steps: [restarted], until: 9_000 }))).toBe(
    true,
  );
  expect(left.of(33232)).toMatchObject({ id: 1, until: 9_000 });
  const again = { what: 'downloadEnded', at: 1, entry: null, params: {} } as const;
  expect(left.note(command(1, { name: 'upgrade', state: 'sent', steps: [restarted, again] }))).toBe(true);
  expect(left.of(33232)).toBeNull();
});
