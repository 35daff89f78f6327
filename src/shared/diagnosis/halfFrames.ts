import { rule } from './kit/rule';
import { entries, trouble } from './kit/trouble';

/** The rest of frames does not come. */
export const halfFrames = rule({
  severity: 'warning',
  reads: ['findings'],
  byTime: true,
  causes: { line: null },
  when: (facts) => {
    const since = trouble('halfFrames', facts);
    const { findings } = facts.machine;
    const [half, cut] = [findings['link.halfFrame'], findings['junk.cut']];
    // What was cut off is an entry with bytes; that the connection was closed for it stands beside it.
    return since === null ? null : { cause: 'line', since, evidence: entries(cut?.entry, half?.entry) };
  },
});
