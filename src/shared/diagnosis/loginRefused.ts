import { giving, rule, setting } from './kit/rule';

/** Its last login was answered with another `ret` than 0, by a choice of a person here. */
export const loginRefused = rule({
  severity: 'error',
  reads: ['loginAnswer', 'login'],
  byTime: false,
  causes: { sign: setting('signPolicy'), linux: giving('reboot'), other: null },
  when: ({ machine: { loginAnswer, login }, platform }) => {
    const ret = loginAnswer?.value.ret ?? 0;
    if (loginAnswer === null || ret === 0 || (login !== null && login.at > loginAnswer.at)) return null;
    const cause = ret === 1 ? 'sign' : platform === 'linux' ? 'linux' : 'other';
    return { cause, since: loginAnswer.at, evidence: [loginAnswer.entry], params: { ret } };
  },
});
