import { day, minute, nothing } from './kit/inputs';
import { hasStep } from './kit/given';
import { restarted } from './kit/restart';
import { command } from './kit/row';
import type { Obeys } from '../virtualMachine';
import { bare, both, remote } from './kit/wire';

/** android refuses while it makes a drink, and counts down two seconds [field3]. */
export const rebooting: Obeys = {
  refuses: (_message, vm) => (vm.isBrewing() ? 'Z0024' : null),
  acts: (vm) => vm.soon(2_000, () => vm.restart()),
};

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
  virtual: { linux: { acts: (vm) => vm.restart({ clears: true }) }, android: rebooting },
});
