import { day, minute, nothing } from './kit/inputs';
import { hasStep } from './kit/given';
import { restarted } from './kit/restart';
import { command } from './kit/row';
import { bare, both, remote } from './kit/wire';

export const reboot = command(nothing)({
  examples: [{}],
  offered: 'button',
  effects: ['restarts'],
  wire: { linux: bare('reboot'), android: remote('reboot') },
  expects: both(restarted(5 * minute)),
  queueFor: 10 * minute,
  lateFor: day,
  alone: minute,
  waiting: (given) => [hasStep(given, 'connectionClosed') ? 'login' : 'close', {}],
  virtual: both({ acts: (vm) => vm.restart() }),
});
