import { remarked } from './kit/remarked';
import { rule, setting } from './kit/rule';
import { answeredByServer, entries } from './kit/trouble';

/** The machine's frames have an unknown head or none. */
export const headWrong = remarked({
  severity: 'warning',
  codes: ['head.unrecognised', 'head.lengthWrong', 'head.missing'],
  causes: { program: setting('head') },
  cause: () => 'program',
});

/** A person fixed the head of Crema's answers, and the machine uses the other one. */
export const headForced = rule({
  severity: 'warning',
  reads: ['head', 'login', 'link'],
  byTime: false,
  causes: { setting: setting('head') },
  when: ({ machine, config }) => {
    const { head, login } = machine;
    return config.head === null || head === null || config.head === head || answeredByServer(machine)
      ? null
      : { cause: 'setting', evidence: entries(login?.entry), params: { from: config.head, to: head } };
  },
});

/** The machine changes from one head to the other. */
export const headChanging = remarked({
  severity: 'warning',
  codes: ['head.changed'],
  causes: { program: setting('head') },
  cause: () => 'program',
  names: ['from', 'to'],
});

/** The machine counts characters instead of bytes. */
export const lengthInChars = remarked({
  severity: 'warning',
  codes: ['head.lengthInChars'],
  causes: { program: null },
  cause: () => 'program',
  names: ['declared', 'actual'],
});
