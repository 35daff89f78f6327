/**
 * A question that linux answers at once [field3]. It is sent before a command whose look-alikes say nothing of their time: what comes before
 * the answer was sent by the machine before it read the command.
 */
import { hasStep } from './given';
import { isAtOnce, notMine, step, when } from './verdict';
import { bare } from './wire';

/** What a `machinestatus` reports by itself. The word of the answer is not known: any other is one [field]. */
const reports: ReadonlySet<string> = new Set([
  'clearerror',
  'cupblock',
  'dooropen',
  'doorclose',
  'supply',
  'machinelock',
]);

/** Whether the machine is normal or not, as `statusquery` is answered [field]. */
export const isNormality = (status: string | null): status is string =>
  status !== null && !reports.has(status.toLowerCase());

export const asksStatus = bare('statusquery');

/** The answer to the question that was sent with the command, and not to one that was asked before it. */
export const answersAlive = when('machinestatus', ({ status }, about) => {
  const { command: given, running } = about;
  const isOfEarlier = running.some(
    ({ name, state, id }) => name === 'queryStatus' && state === 'sent' && id < given.id,
  );
  return isNormality(status) && isAtOnce(about) && !isOfEarlier && !hasStep(given, 'linkAlive')
    ? step('linkAlive')
    : notMine;
});
