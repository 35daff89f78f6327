import type { Finding } from '#shared/findings';
import { login, login_r } from '#shared/messages/login';
import type { BodyOf } from '#shared/messages/row';
import type { Entry } from '#shared/model/frame';
import type { MachineState, Platform, SignResult } from '#shared/model/machine';
import { goesWithin, hasRestarted } from '#shared/model/restarts';
import { evident, on } from './on';
import { upgrade } from '#shared/messages/upgrade';
import { androidPackageTypes, loginFieldOf } from '#shared/model/upgrade';
import type { ActiveFault } from '#shared/model/activeFault';
import type { LoginFacts } from '#shared/model/knownVersions';

export const onLogin = on(
  login,
  (machine, message, entry) => {
    const { cmd: _cmd, vmcNo: _vmcNo, sign: _sign, ...reported } = message;
    const facts: LoginFacts = { at: entry.at, entry: entry.id, ...reported };
    return {
      login: facts,
      logins: loginsAfter(machine, facts, entry.conn),
      platform: platformOf(message) ?? machine.platform,
      sign: noCode,
      ...signedBy(entry.findings, entry),
      // The login of another machine with the same number is not a restart of the first.
      ...(machine.taken?.conn !== entry.conn &&
        hasRestarted(machine, message.loginCount, entry) &&
        !mayBeRedial(machine) &&
        errorsAfterRestart(machine)),
      // A login on the connection of the restart command is only a sign of life.
      ...(machine.restart?.conn === entry.conn ? {} : { restart: null }),
      // Without a reconnect, the machine runs the same version.
      upgradesSent: machine.upgradesSent.filter(({ conn }) => conn === entry.conn),
    };
  },
  () => 'restart',
);

/**
 * Two machines with one number log in by turns. A second login from the address of one of them replaces its first; behind a router both
 * have the same address.
 */
function loginsAfter(
  { link, logins }: MachineState,
  { version, model }: LoginFacts,
  conn: number,
): MachineState['logins'] {
  if (link.status !== 'online' || link.conn !== conn) return logins;
  const address = link.peer.remoteAddress;
  const others = logins.filter((one) => one.conn !== conn);
  const elsewhere = others.filter((one) => one.address !== address);
  return [...(elsewhere.length > 0 ? elsewhere : others).slice(-1), { conn, address, version, model }];
}

/** linux redials by itself if its link is dead [field3]. Only a machine that closed the connection soon after the command has restarted. */
function mayBeRedial({ platform, restart, ended }: MachineState): boolean {
  if (platform !== 'linux' || restart === null) return false;
  const { goneAt, at } = restart;
  const isClosed = ended?.value === 'machineClosed' || ended?.value === 'reset';
  return !isClosed || goneAt === null || goneAt - at > goesWithin;
}

/** The linux program also clears persistent errors if `reboot` restarted it [field3]. */
function errorsAfterRestart({
  errors,
  closed,
  platform,
  restart,
}: MachineState): Pick<MachineState, 'errors' | 'closed'> {
  if (platform === 'linux' && restart?.value === 'reboot') return { errors: [], closed: [] };
  const survives = ({ isPersistent }: ActiveFault): boolean => isPersistent !== false;
  return { errors: errors.filter(survives), closed: closed.filter(survives) };
}

/** The machine's program, by the members of its login; `null`: they do not show it. */
export function platformOf(
  reported: Pick<BodyOf<typeof login>, 'driverVersion' | 'ioVersion' | 'loginCount' | 'compId'>,
): Platform | null {
  if (reported.driverVersion !== null) return 'linux'; // [doc] linuxDriverVersion
  if (reported.ioVersion !== null || reported.loginCount !== null || reported.compId !== null)
    return 'android'; // [field]
  return null;
}

const noCode: SignResult = { kind: 'noCode' };

/**
 * The sign was compared when the login arrived, or when the code was stored, and the findings have the result.
 * Without such a finding: no change.
 */
export function signedBy(
  findings: readonly Finding[],
  { at, id }: Pick<Entry, 'at' | 'id'>,
): Partial<Pick<MachineState, 'sign' | 'proved'>> {
  for (const { code, params } of findings) {
    if (code === 'sign.mismatch') return { sign: { kind: 'mismatch' } };
    if (code === 'sign.ignored') return { sign: { kind: 'ignored' } };
    if (code === 'sign.absent') return { sign: { kind: 'absent' } };
    if (code === 'sign.matched') {
      const formula = params?.['formula'] === 'codeNumber' ? 'codeNumber' : 'timestampCode';
      return {
        sign: { kind: 'matched', formula, exact: params?.['variant'] === 'exact' },
        proved: { value: formula, at, entry: id },
      };
    }
  }
  return {};
}

/** The answer to the machine's login: whether it was accepted, and which other servers it should use. */
export const onLoginAnswer = on(login_r, ({ link }, { ret, serverList }, entry) => ({
  loginAnswer: evident(
    { ret, serverList, here: link.status === 'online' ? link.peer.localAddress : null },
    entry,
  ),
}));

/** After an upgrade from any server, the machine's version is unknown until its next login. */
export const onUpgrade = on(upgrade, ({ platform, upgradesSent }, { upgradeType }, entry) => {
  const androidType = androidPackageTypes.find((type) => type === upgradeType) ?? null;
  // linux names no type [doc], and neither does a picture for android [field].
  const program = platform ?? (androidType === null ? 'linux' : 'android');
  const field = loginFieldOf({ platform: program, androidType });
  if (field === null) return null;
  const others = upgradesSent.filter(({ value }) => value !== field);
  return { upgradesSent: [...others, { ...evident(field, entry), conn: entry.conn }] };
});
