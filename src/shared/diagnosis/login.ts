import { losesTime } from '../model/restarts';
import type { SignResult } from '../model/sign';
import { refusalOfLogin, sharedBy } from '../model/linkFacts';
import { dateOf } from '../messages/times';
import { rule, setting } from './kit/rule';
import { answeredByServer, entries, trouble } from './kit/trouble';

/** The machine is connected but does not log in. */
export const loginMissing = rule({
  severity: 'error',
  reads: ['link', 'login', 'findings'],
  byTime: true,
  causes: { program: null },
  when: (facts) => {
    const since = trouble('noLogin', facts);
    const { heartbeat, findings } = facts.machine;
    const early = findings['login.missing'];
    return since === null
      ? null
      : {
          cause: 'program',
          since,
          evidence: entries(early !== undefined && early.last >= since ? early.entry : heartbeat.entry),
        };
  },
});

/** Sign results that the setting refuses. */
const wrongSigns: ReadonlySet<SignResult['kind']> = new Set(['mismatch', 'absent']);

/** The answer to the last login had a `ret` other than 0, chosen by a person or sent by the real server. */
export const loginRefused = rule({
  severity: 'error',
  reads: ['loginAnswer', 'login', 'sign', 'link'],
  byTime: false,
  causes: { sign: setting('signPolicy'), linux: null, server: null, other: null },
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
        : answeredByServer(machine)
          ? 'server'
          : platform === 'linux'
            ? 'linux'
            : 'other';
    return { cause, since: refusal.at, evidence: [refusal.entry], params: { ret } };
  },
});

/** Two machines have the same number and displace each other. */
export const numberShared = rule({
  severity: 'error',
  reads: ['findings', 'logins'],
  byTime: true,
  causes: { twice: null },
  when: (facts) => {
    const since = trouble('shared', facts);
    return since === null
      ? null
      : {
          cause: 'twice',
          since,
          evidence: entries(facts.machine.findings['number.shared']?.entry),
          params: sharedBy(facts.machine) ?? { a: '?', b: '?' },
        };
  },
});

/** The server list in the login answer begins with an address other than this server's. */
export const serverElsewhere = rule({
  severity: 'warning',
  reads: ['loginAnswer'],
  byTime: false,
  causes: { list: null },
  when: ({ machine: { loginAnswer }, platform }) => {
    // android ignores the list [field].
    if (loginAnswer === null || platform === 'android') return null;
    const { serverList, here } = loginAnswer.value;
    const first = hostOf(serverList ?? '');
    return first === '' || here === null || first === here
      ? null
      : { cause: 'list', since: loginAnswer.at, evidence: [loginAnswer.entry], params: { host: first } };
  },
});

/** The host without its port; '' for none. */
const hostOf = (list: string): string =>
  /^[\s,;|]*(?:\w+:\/\/)?(\[[^\]]*\]|[^\s,;|:/]*)/
    .exec(list)?.[1]
    ?.replace(/^\[|\]$/g, '')
    .slice(0, 60) ?? '';

/** A clock that was ever set shows this year or a later one, on machines and on this computer. */
const earliest = 2017;

/** The last login has another date than this computer. */
export const clockWrong = rule({
  severity: 'warning',
  reads: ['login', 'findings'],
  byTime: false,
  causes: {
    computer: { kind: 'screen', screen: 'settings' },
    neverSet: null,
    neverSetAndroid: null,
    either: null,
  },
  when: ({ machine: { login, findings }, platform }) => {
    if (login === null || findings['clock.wrong']?.entry !== login.entry) return null;
    const loginDate = login.timestamp ?? '';
    const here = dateOf(new Date(login.at));
    const cause =
      Number(here.slice(0, 4)) < earliest
        ? 'computer'
        : Number(loginDate.slice(0, 4)) < earliest
          ? platform === 'android'
            ? 'neverSetAndroid'
            : 'neverSet'
          : 'either';
    const machine = `${loginDate.slice(0, 4)}-${loginDate.slice(4, 6)}-${loginDate.slice(6, 8)}`;
    return { cause, since: login.at, evidence: [login.entry], params: { machine, here } };
  },
});

/** [ours] ms of deviation from which a clock is reported. */
const clockMayDeviate = 5 * 60_000;
/** ms. Time zones differ by multiples of it. */
const zoneStep = 30 * 60_000;
/** [ours] ms by which a clock in another zone may deviate beside. */
const zoneMargin = 3 * 60_000;

/** The machine's clock, measured by its reports, deviates from this computer's by minutes or hours. */
export const clockOff = rule({
  severity: 'warning',
  reads: ['clock', 'login', 'findings'],
  byTime: false,
  causes: { zone: null, either: null },
  when: ({ machine: { clock, login, findings }, isHere }) => {
    if (!isHere) return null;
    const reading = clock.at(-1);
    // `clockWrong` reports a wrong date.
    if (reading === undefined || (login !== null && findings['clock.wrong']?.entry === login.entry))
      return null;
    const { least, most, since, at, entry } = reading;
    // It was measured with another setting of this computer's clock.
    if (losesTime.some((code) => (findings[code]?.last ?? 0) >= at)) return null;
    const deviation = least > clockMayDeviate ? least : most < -clockMayDeviate ? most : null;
    if (deviation === null) return null;
    const zones = Math.round(deviation / zoneStep);
    const isZone = zones !== 0 && Math.abs(deviation - zones * zoneStep) <= zoneMargin;
    return { cause: isZone ? 'zone' : 'either', since, evidence: [entry], params: { deviation } };
  },
});
