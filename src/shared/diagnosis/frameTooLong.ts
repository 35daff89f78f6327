import { longestTaken } from '../limits';
import { remarkOf } from './kit/remarked';
import { rule } from './kit/rule';

/** A frame of Crema was longer than the machine's program accepts. */
export const frameTooLong = rule({
  severity: 'warning',
  reads: ['findings', 'platform'],
  byTime: true,
  causes: { notSent: null, dropped: null },
  when: (facts) => {
    const remark = remarkOf(facts, ['out.tooLong', 'out.long']);
    if (remark === null) return null;
    const limit = longestTaken[facts.platform ?? 'linux'];
    const bytes = Number(remark.params['bytes'] ?? 0);
    if (remark.code === 'out.tooLong')
      return { cause: 'notSent', evidence: [remark.entry], params: { bytes, limit } };
    return bytes > limit ? { cause: 'dropped', evidence: [remark.entry], params: { bytes, limit } } : null;
  },
});
