import type { Command } from '#shared/model/command';

/** The spelling that was not tried yet by this command; `null` where it would change nothing. */
export function otherSpelling({
  name,
  input,
  platform,
  state,
  sentAt,
  steps,
}: Command): 'opendoor' | 'door open' | null {
  // android takes it in one form only [field].
  if (name !== 'openDoor' || platform === 'android' || sentAt === null) return null;
  if (state !== 'sent' && state !== 'expired') return null;
  if (steps.at(-1)?.what === 'otherSpelling') return null;
  return input['spelling'] === 'door open' ? 'opendoor' : 'door open';
}
