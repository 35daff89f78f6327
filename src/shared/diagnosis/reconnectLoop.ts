import { rule, setting, type DiagnosisFacts } from './kit/rule';
import { entries, trouble } from './kit/trouble';

type Cause = 'refused' | 'noLogin' | 'profile' | 'replaced' | 'network' | 'line' | 'hangsUp';

/** The machine connects and disconnects repeatedly. The end of the last connection shows the cause. */
export const reconnectLoop = rule<Cause>({
  severity: 'error',
  reads: ['connected', 'ended', 'login', 'loginAnswer'],
  byTime: true,
  causes: {
    refused: setting('signPolicy'),
    noLogin: null,
    profile: setting('replyProfile'),
    replaced: null,
    network: null,
    line: null,
    hangsUp: null,
  },
  when: (facts) => {
    const since = trouble('loop', facts);
    if (since === null) return null;
    const { ended, connected } = facts.machine;
    return {
      cause: causeOf(facts, since),
      since,
      evidence: entries(ended?.entry),
      params: { times: connected.length },
    };
  },
});

function causeOf({ machine, config }: DiagnosisFacts, since: number): Cause {
  const { ended, login, loginAnswer } = machine;
  if (login === null || login.at < since) return 'noLogin';
  if ((loginAnswer?.value.ret ?? 0) !== 0) return 'refused';
  switch (ended?.value) {
    case 'replaced':
      return 'replaced';
    case 'silence':
      return 'network';
    case 'reset':
    case 'halfFrame':
    case 'noFrame':
    case 'notReading':
      return 'line';
    default:
      return config.replyProfile === 'document' ? 'profile' : 'hangsUp';
  }
}
