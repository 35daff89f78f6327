import { minute, nothing } from './kit/inputs';
import { hasStep } from './kit/given';
import { restarted } from './kit/restart';
import { command } from './kit/row';
import { bare, both, remote } from './kit/wire';

export const reboot = command(nothing)({
  examples: [{}],
  offered: 'button',
  effects: ['restarts'],
  wire: { linux: bare('reboot'), android: remote('reboot') },
  expects: both(restarted),
  queueFor: 10 * minute,
  proveFor: 5 * minute,
  waiting: (given) => [hasStep(given, 'connectionClosed') ? 'login' : 'close', {}],
  virtual: both((vm, _message, done) => vm.restart(() => done(null))),
});
