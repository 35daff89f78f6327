import { rule, setting } from './kit/rule';
import { entries } from './kit/trouble';

/** A person fixed the head of our answers, and the machine speaks with the other one. */
export const headForced = rule({
  severity: 'warning',
  reads: ['head', 'login'],
  byTime: false,
  causes: { setting: setting('head') },
  when: ({ machine: { head, login }, config }) =>
    config.head === null || head === null || config.head === head
      ? null
      : { cause: 'setting', evidence: entries(login?.entry), params: { from: config.head, to: head } },
});
