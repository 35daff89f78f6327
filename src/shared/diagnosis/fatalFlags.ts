import { severityOf } from '../errors/codes';
import { rule, tab } from './kit/rule';

/** android marks warnings as fatal too [field]. linux marks each error correctly, so its flag counts. */
export const fatalFlags = rule({
  severity: 'info',
  reads: ['errors', 'platform'],
  // The workshop's own entries define severities too.
  byTime: true,
  causes: { program: tab('errors') },
  when: ({ machine: { errors }, platform }) => {
    if (platform !== 'android') return null;
    const warnings = errors.filter(({ code, isFatal, ending }) => {
      if (isFatal !== true || ending !== null) return false;
      const severity = severityOf(code, isFatal, platform);
      return severity === 'warning' || severity === 'info';
    });
    const [first] = warnings;
    return first === undefined
      ? null
      : {
          cause: 'program',
          since: first.since,
          evidence: warnings.slice(0, 3).map(({ entry }) => entry),
          params: { error: first.code, warnings: warnings.length },
        };
  },
});
