import type { SignResult } from '../model/sign';
import { refusalOfLogin } from '../model/linkFacts';
import { giving, rule, setting } from './kit/rule';
import { answeredByServer } from './kit/trouble';

/** Sign results that the setting refuses. */
const wrongSigns: ReadonlySet<SignResult['kind']> = new Set(['mismatch', 'absent']);

/** The answer to the last login had a `ret` other than 0, chosen by a person or sent by the real server. */
export const loginRefused = rule({
  severity: 'error',
  reads: ['loginAnswer', 'login', 'sign', 'link'],
  byTime: false,
  causes: { sign: setting('signPolicy'), linux: giving('reboot'), other: null },
  when: ({ machine, config, platform }) => {
    const { sign } = machine;
    const refusal = refusalOfLogin(machine);
    if (refusal === null) return null;
    const ret = refusal.value.ret ?? 0;
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
    return { cause, since: refusal.at, evidence: [refusal.entry], params: { ret } };
  },
});
