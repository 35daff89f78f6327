import { offsetOf } from '../model/machineClock';
import { vmcNo } from './common';
import { integer, others, remark, seen, text } from './field';
import { fromMachine, toMachine, type FindingContext, type Raised } from './row';
import { dateOf, dateTimeOf } from './times';

/** android's login has `io_version`, `login_count`, `comp_id`, often `vmc_model` and board versions [field]. */
export const login = fromMachine('login', {
  source: 'doc',
  role: 'login',
  fields: {
    /** Text, because the sign is calculated from the text. */
    timestamp: text('timestamp', { means: 'loginDate', unit: 'yyyyMMdd' }),
    /** Calculated from the verification code. */
    sign: remark('sign', { unit: 'md5', secrecy: 'sign' }),
    version: text('version'),
    /** Absent on android machines [field]. */
    driverVersion: text('linuxDriverVersion', { unlessWith: ['ioVersion', 'compId', 'loginCount'] }),
    ioVersion: seen(text('io_version')),
    model: seen(text('vmc_model')),
    /** Increases with each attempt. */
    loginCount: seen(integer('login_count')),
    compId: seen(text('comp_id')),
    boards: seen(others(/version/i, { means: 'boardVersion' })),
  },
  says: ({ version }) => (version === null ? null : ['version', { version }]),
  answer: {
    with: 'login_r',
    profile: 'document',
    make: (_, { vmcNo: number, now, ret }) => ({
      cmd: 'login_r',
      vmc_no: number,
      date_time: dateTimeOf(now),
      ret,
    }),
  },
  raises: {
    'sign.matched': 'info', // {formula, variant}
    'sign.mismatch': 'warning',
    'sign.absent': 'warning', // a code is stored, but the login has no sign
    'sign.ignored': 'info', // absent or wrong, and a person chose to ignore it
    'clock.wrong': 'warning', // {machine, here}: the dates differ by more than a day
  },
  findings: ({ timestamp }, context) => [...signFindings(context), ...clockFindings(timestamp, context.now)],
  virtual: {
    login: ({ attempt, day, sign, versions }, { platform }) => ({
      timestamp: Number(day),
      sign,
      version: versions.program,
      ...(platform === 'linux'
        ? { linuxDriverVersion: versions.driver }
        : {
            io_version: versions.io,
            login_count: 2 * attempt,
            comp_id: '1001',
            vmc_model: versions.model,
            brewer_version: versions.brewer,
            cup_version: versions.cup,
          }),
    }),
  },
  example: {
    vmc_no: 33_232,
    timestamp: '20150624',
    sign: '594f803b380a41396ed63dca3950354',
    version: '1.2.8.8',
    linuxDriverVersion: '1.3',
  },
});

/** The document's list contains a number, its example does not [doc 3.2]. */
export const login_r = toMachine('login_r', {
  source: 'doc',
  fields: {
    vmcNo: { ...vmcNo('doc'), required: false },
    /** Sets a linux machine's clock [field]. */
    serverTime: text('date_time', { unit: 'dateTime' }),
    /**
     * 0 ok, 1 wrong sign, 2 machine not allowed, 3 link reserved for another machine [doc 3.2, ours]. Every value except 0 makes
     * a linux machine switch its network off until it is restarted [field].
     */
    ret: integer('ret', { values: ['0', '1', '2', '3'], range: { min: 0, max: 3 } }),
    /** android stores it as its customer number [field]. */
    carrierCode: seen(text('carrier_code')),
    serverList: seen(text('server_list')),
  },
  says: ({ ret }) => {
    if (ret === null) return null;
    return ret === 0 ? ['accepted', {}] : ['refused', { ret }];
  },
  risk: (members) => {
    const rets = members.filter(([name]) => name === 'ret');
    if (rets.length === 0 || rets.some(([, ret]) => ret !== 0 && ret !== '0')) return 'refuses';
    return members.some(([name]) => name === 'carrier_code' || name === 'server_list') ? 'stores' : 'none';
  },
  virtual: (vm, { ret, date_time: dateTime }) =>
    vm.loginAnswered(Number(ret) === 0, typeof dateTime === 'string' ? dateTime : null),
  example: { vmc_no: 33_232, date_time: '2017-05-01 02:13:50', ret: 0 },
});

/** The findings of a sign's comparison. */
export function signFindings({
  sign,
  signPolicy,
}: Pick<FindingContext, 'sign' | 'signPolicy'>): readonly Raised<
  'sign.matched' | 'sign.mismatch' | 'sign.absent' | 'sign.ignored'
>[] {
  if (sign === null || sign.kind === 'noCode') return [];
  if (sign.kind === 'matched')
    return [
      { code: 'sign.matched', params: { formula: sign.formula, variant: sign.exact ? 'exact' : 'loose' } },
    ];
  if (signPolicy === 'ignore') return [{ code: 'sign.ignored' }];
  return [{ code: sign.kind === 'absent' ? 'sign.absent' : 'sign.mismatch' }];
}

const day = 86_400_000;

/** The time in a login: a date (yyyyMMdd [doc]). `null`: none. */
export function dateStamp(
  timestamp: string | null,
): { readonly shown: number; readonly within: number } | null {
  const parts = timestamp === null ? null : /^(\d{4})(\d{2})(\d{2})/.exec(timestamp);
  if (parts === null) return null;
  const [year = 0, month = 0, date = 0] = parts.slice(1).map(Number);
  return { shown: new Date(year, month - 1, date).getTime(), within: day };
}

/** A login's date differs from Crema's by more than a day: one of the clocks is wrong, and Crema's sets the machine's. */
function clockFindings(timestamp: string | null, now: number): readonly Raised<'clock.wrong'>[] {
  const stamp = dateStamp(timestamp);
  if (stamp === null) return [];
  const { least, most } = offsetOf({ ...stamp, from: now, to: now });
  if (least <= day && most >= -day) return [];
  const params = { machine: dateOf(new Date(stamp.shown)), here: dateOf(new Date(now)) };
  return [{ code: 'clock.wrong', params }];
}
