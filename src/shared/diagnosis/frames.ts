import { longestTaken } from '../limits';
import { remarked, remarkOf } from './kit/remarked';
import { rule } from './kit/rule';
import { entries, trouble } from './kit/trouble';

/** The machine's frame numbers have gaps: frames were lost. */
export const framesLost = remarked({
  severity: 'warning',
  codes: ['seq.gap'],
  causes: { line: null },
  cause: () => 'line',
  names: ['expected', 'got'],
});

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

/** The machine's frame numbers start again: its program restarted. */
export const programRestarted = remarked({
  severity: 'info',
  codes: ['seq.restart'],
  causes: { program: null },
  cause: () => 'program',
});
