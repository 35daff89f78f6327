import { slotOf } from '../errors/slots';
import { effectOf } from '../model/selling';
import { rule, tab } from './kit/rule';

/** The machine itself reports that every product is sold out. */
export const soldOut = rule({
  severity: 'error',
  reads: ['errors'],
  // The workshop's own entries define severities too.
  byTime: true,
  causes: { materials: tab('errors') },
  when: ({ machine: { errors }, platform }) => {
    const error = errors.find(
      (one) => slotOf(one.code) === 'soldOut' && one.ending === null && effectOf(one, platform) === 'error',
    );
    return error === undefined ? null : { cause: 'materials', since: error.since, evidence: [error.entry] };
  },
});
