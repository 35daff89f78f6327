/** Errors that the window shows on its own; their code is logged when they begin. */
import { listenerNames, type ValuePart, type ValueOf } from '#shared/contract/live';
import { addressesOf, type ListenerState } from '#shared/model/listener';

type Codes = { readonly [P in ValuePart]?: (value: ValueOf<P>) => readonly string[] };

const codes: Codes = {
  listeners: (states) => listenerNames.flatMap((which) => listenerCodes(`listener.${which}`, states[which])),
  journal: (state) => {
    if (state.status === 'open') return state.aside === null ? [] : [`journal.aside.${state.aside.why}`];
    return state.status === 'closed' ? [] : [`journal.${state.status}`];
  },
  damagedRows: (rows) => Object.keys(rows).map((kind) => `journal.damaged.${kind}`),
  fileDamage: (all) => all.map(({ what, file }) => `file.${what} (${file})`),
  audit: ({ problem }) => (problem === null ? [] : ['audit.unwritten']),
  settingsLoss: (loss) => (loss === null ? [] : [`settings.${loss.lost === null ? 'lost' : 'damaged'}`]),
  crowd: (crowd) => (crowd === null ? [] : ['crowd.machines']),
  packageCrowd: (crowd) => (crowd === null ? [] : ['crowd.updates']),
  support: (state) => (state?.problem == null ? [] : [`support.${state.problem.code}`]),
  jobs: (jobs) =>
    jobs.flatMap(({ id, what, problem }) =>
      problem === null ? [] : [`job.${what}.${problem.code} (job ${id})`],
    ),
};

function listenerCodes(which: string, state: ListenerState): readonly string[] {
  return addressesOf(state).flatMap((one) => {
    if (one.status === 'failed') return `${which}.${one.reason}`;
    return one.status === 'waiting' ? `${which}.waiting` : [];
  });
}

/** Call for every value of a part. */
export function shownErrors(
  write: (code: string) => void,
): <P extends ValuePart>(part: P, value: ValueOf<P>) => void {
  const shown = new Map<ValuePart, ReadonlySet<string>>();
  return (part, value) => {
    const now = new Set(codes[part]?.(value));
    for (const code of now) if (shown.get(part)?.has(code) !== true) write(code);
    shown.set(part, now);
  };
}
