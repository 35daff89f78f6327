/** A rate limit per span of time, which counts refusals. */
export interface Quota {
  /** `missed`: number of refusals since the last grant. */
  readonly take: (now: number) => { readonly granted: boolean; readonly missed: number };
}

/** `limit` grants per `span` ms. */
export function createQuota(limit: number, span: number): Quota {
  let [since, used, missed] = [-Infinity, 0, 0];
  return {
    take: (now) => {
      // A clock that was set back begins a new span too.
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
