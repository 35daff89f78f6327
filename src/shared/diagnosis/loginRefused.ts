import type { SignResult } from '../model/sign';
import { giving, rule, setting } from './kit/rule';
import { answeredByServer } from './kit/trouble';

/** What the setting has refused. */
const wrongSigns: ReadonlySet<SignResult['kind']> = new Set(['mismatch', 'absent']);

/** Its last login was answered with another `ret` than 0, by a choice of a person here, or by its real server. */
export const loginRefused = rule({
  severity: 'error',
  reads: ['loginAnswer', 'login', 'sign', 'link'],
  byTime: false,
  causes: { sign: setting('signPolicy'), linux: giving('reboot'), other: null },
  when: ({ machine, config, platform }) => {
    const { loginAnswer, login, sign } = machine;
    const ret = loginAnswer?.value.ret ?? 0;
    if (loginAnswer === null || ret === 0 || (login !== null && login.at > loginAnswer.at)) return null;
    const cause =
      ret === 1 &&
      config.signPolicy === 'enforce' &&
      !answeredByServer(machine) &&
      sign !== null &&
      wrongSigns.has(sign.kind)
        ? 'sign'
        : platform === 'linux'
          ? 'linux'
          : 'other';
    return { cause, since: loginAnswer.at, evidence: [loginAnswer.entry], params: { ret } };
  },
});
