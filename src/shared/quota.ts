/** So many in each span of time, and no more; what was refused is counted. */
export interface Quota {
  /** `missed`: how many were refused since the last one that was granted. */
  readonly take: (now: number) => { readonly granted: boolean; readonly missed: number };
}

/** `limit` within `span` ms. */
export function createQuota(limit: number, span: number): Quota {
  let [since, used, missed] = [-Infinity, 0, 0];
  return {
    take: (now) => {
      // A clock that is set back begins a new span as well.
      if (now - since >= span || now < since) [since, used] = [now, 0];
      if (used >= limit) {
        missed += 1;
        return { granted: false, missed };
      }
      used += 1;
      const before = missed;
      missed = 0;
      return { granted: true, missed: before };
    },
  };
}
