import { rule } from './kit/rule';
import { entries, trouble } from './kit/trouble';

/** The rest of frames is missing. */
export const halfFrames = rule({
  severity: 'warning',
  reads: ['findings'],
  byTime: true,
  causes: { line: null },
  when: (facts) => {
    const since = trouble('halfFrames', facts);
    const { findings } = facts.machine;
    const [half, cut] = [findings['link.halfFrame'], findings['junk.cut']];
    // The cut-off bytes are one entry; the close that they caused is another.
    return since === null ? null : { cause: 'line', since, evidence: entries(cut?.entry, half?.entry) };
  },
});
