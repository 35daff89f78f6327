import { rule, setting } from './kit/rule';
import { answeredByServer, entries } from './kit/trouble';

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
