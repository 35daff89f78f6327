/** This computer's journal, asked through a port of its thread. */
import type { JournalReader } from '../../journal/api';
import type { SentJournal } from './uplink';

export const sentJournal = (reader: () => JournalReader): SentJournal => ({
  identity: () => reader().query('identity', null),
  packedAfter: (query) => reader().query('packedAfter', query),
  renew: (known) => reader().query('renewIdentity', { known }),
});
