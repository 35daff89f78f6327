import type { Finding } from '#shared/findings';
import { login } from '#shared/messages/login';
import type { BodyOf } from '#shared/messages/row';
import type { LoginFacts, Platform, SignResult } from '#shared/model/machine';
import { hasRestarted } from '#shared/model/restarts';
import { on } from './on';

export const apply = on(
  login,
  (machine, message, entry) => {
    const { cmd: _cmd, vmcNo: _vmcNo, sign: _sign, ...reported } = message;
    const facts: LoginFacts = { at: entry.at, entry: entry.id, ...reported };
    return {
      login: facts,
      platform: platformOf(message) ?? machine.platform,
      sign: signOf(entry.findings),
      // By the login of another that has the same number the first was not seen to restart.
      errors:
        machine.taken?.conn !== entry.conn && hasRestarted(machine, message.loginCount, entry)
          ? machine.errors.filter((error) => error.isPersistent !== false)
          : machine.errors,
      // Said on its connection, it is heard of there like anything else.
      ...(machine.restart?.conn === entry.conn ? {} : { restart: null }),
    };
  },
  () => 'restart',
);

function platformOf(reported: BodyOf<typeof login>): Platform | null {
  if (reported.driverVersion !== null) return 'linux'; // [doc] linuxDriverVersion
  if (reported.ioVersion !== null || reported.loginCount !== null || reported.compId !== null)
    return 'android'; // [field]
  return null;
}

/** The sign was compared when the login came; its findings keep what came of it. */
function signOf(findings: readonly Finding[]): SignResult {
  for (const { code, params } of findings) {
    if (code === 'sign.mismatch') return { kind: 'mismatch' };
    if (code === 'sign.ignored') return { kind: 'ignored' };
    if (code === 'sign.absent') return { kind: 'absent' };
    if (code === 'sign.matched') {
      const formula = params?.['formula'] === 'codeNumber' ? 'codeNumber' : 'timestampCode';
      return { kind: 'matched', formula, exact: params?.['variant'] === 'exact' };
    }
  }
  return { kind: 'noCode' };
}
