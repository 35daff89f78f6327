import { dateOf } from '../messages/times';
import { rule } from './kit/rule';

/** A clock that was ever set shows this year or a later one, on machines and on this computer. */
const earliest = 2017;

/** The last login has another date than this computer. */
export const clockWrong = rule({
  severity: 'warning',
  reads: ['login', 'findings'],
  byTime: false,
  causes: { computer: { kind: 'screen', screen: 'settings' }, neverSet: null, either: null },
  when: ({ machine: { login, findings } }) => {
    if (login === null || findings['clock.wrong']?.entry !== login.entry) return null;
    const loginDate = login.timestamp ?? '';
    const here = dateOf(new Date(login.at));
    const cause =
      Number(here.slice(0, 4)) < earliest
        ? 'computer'
        : Number(loginDate.slice(0, 4)) < earliest
          ? 'neverSet'
          : 'either';
    const machine = `${loginDate.slice(0, 4)}-${loginDate.slice(4, 6)}-${loginDate.slice(6, 8)}`;
    return { cause, since: login.at, evidence: [login.entry], params: { machine, here } };
  },
});
