import { rinseOf, rinsingrecord } from '#shared/messages/rinsingrecord';
import { on } from './on';

/** [ours] A machine whose records nobody acknowledged told one 19 hours later [field]. */
const rinsesKept = 100;

/** Of which rinses it has told: it tells of them again, and none of them is a later one. */
export const apply = on(rinsingrecord, ({ rinses }, { recordId, isOk }) => {
  const rinse = rinseOf(recordId);
  if (rinse === null || isOk === null || rinses.at(-1) === rinse.id) return null;
  return { rinses: [...rinses.filter((id) => id !== rinse.id), rinse.id].slice(-rinsesKept) };
});
