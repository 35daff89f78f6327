import { rinseOf, rinsingrecord } from '#shared/messages/rinsingrecord';
import { on } from './on';

/** [ours] A machine whose records nobody acknowledged repeated one 19 hours later [field]. */
const rinsesKept = 100;

/** The reported rinses. Machines repeat reports, and a repetition is not a later rinse. */
export const onRinsingrecord = on(rinsingrecord, ({ rinses }, { recordId, isOk }) => {
  const rinse = rinseOf(recordId);
  if (rinse === null || isOk === null || rinses.at(-1) === rinse.id) return null;
  return { rinses: [...rinses.filter((id) => id !== rinse.id), rinse.id].slice(-rinsesKept) };
});
