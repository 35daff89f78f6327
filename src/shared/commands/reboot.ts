import { answersAlive, asksStatus, heardBefore } from './kit/alive';
import { day, minute, nothing } from './kit/inputs';
import { hasStep } from './kit/given';
import { noticeOfStart, restarted } from './kit/restart';
import { command } from './kit/row';
import type { Obeys } from '../virtualMachine';
import { bare, both, remote } from './kit/wire';

const [goes, isBack] = restarted(5 * minute);

/** android refuses while it makes a drink, and counts down two seconds [field3]. */
export const rebooting: Obeys = {
  refuses: (_message, vm) => (vm.isBrewing() ? 'Z0024' : null),
  acts: (vm) => vm.soon(2_000, () => vm.restart()),
};

export const reboot = command(nothing)({
  examples: [{}],
  offered: 'button',
  effects: ['restarts'],
  wire: {
    // The answer to the question shows that the link is alive: it may have died unnoticed.
    linux: (input, to) => [asksStatus(input, to), bare('reboot')(input, to)],
    android: remote('reboot'),
  },
  remember: ({ machine }) => heardBefore(machine),
  expects: {
    linux: [{ within: 5 * minute, anyOf: [answersAlive, ...goes.anyOf] }, isBack],
    android: [goes, isBack],
  },
  notice: noticeOfStart,
  queueFor: 10 * minute,
  lateFor: day,
  alone: both(minute),
  waiting: (given) => {
    if (hasStep(given, 'startedSometime')) return ['notice', {}];
    return [hasStep(given, 'connectionClosed') ? 'login' : 'close', {}];
  },
  virtual: { linux: { acts: (vm) => vm.restart({ clears: true }) }, android: rebooting },
});
