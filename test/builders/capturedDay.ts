/** A machine's short day in a capture: login, one heartbeat, close. */
import { frame } from './frames';
import { TcpScript } from './packets';

export const hb = frame({ cmd: 'hb', vmc_no: 33_232 });
export const login = frame({
  cmd: 'login',
  vmc_no: 33_232,
  timestamp: '20170503',
  sign: 'x',
  version: '1',
  linuxDriverVersion: '1',
});
export const loginReply = frame({ cmd: 'login_r', vmc_no: 33_232, date_time: '2017-05-03 10:00:00', ret: 0 });

export function day(script = new TcpScript()): TcpScript {
  return script
    .opens()
    .says(login)
    .says(loginReply, 'server')
    .after(20_000)
    .says(hb)
    .says(hb, 'server')
    .closes();
}
/** Its entries, formatted by `lines`. */
export const dayLines = [
  'opened 192.0.2.7 40001',
  'in login 33232',
  'out login_r 33232',
  'in hb 33232',
  'out hb 33232',
  'closed machineClosed',
];
