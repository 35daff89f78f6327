import { slotOf } from '../errors/slots';
import { rule, tab } from './kit/rule';

/** It says itself that every product is sold out. */
export const soldOut = rule({
  severity: 'error',
  reads: ['errors'],
  byTime: false,
  causes: { materials: tab('errors') },
  when: ({ machine: { errors } }) => {
    const error = errors.find(({ code, ending }) => slotOf(code) === 'soldOut' && ending === null);
    return error === undefined ? null : { cause: 'materials', since: error.since, evidence: [error.entry] };
  },
});
