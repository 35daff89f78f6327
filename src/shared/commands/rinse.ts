import { minute, nothing } from './kit/inputs';
import { cupInPlace, doorOpen, inFault, unless } from './kit/possible';
import { command } from './kit/row';
import { confirmed, failed, never, when } from './kit/verdict';
import { bare, remote } from './kit/wire';

/** What a virtual machine takes for it, ms of its life. */
const takes = 10_000;

export const rinse = command(nothing)({
  examples: [{}],
  offered: 'button',
  effects: ['dispenses'],
  possible: unless(doorOpen, cupInPlace, inFault),
  wire: { linux: bare('rinsing'), android: remote('rinsing') },
  steps: { rinsed: {}, rinseFailed: {} },
  expects: {
    linux: never('this program sends nothing after a rinse'),
    android: [
      when('rinsingrecord', ({ isOk }) => (isOk === false ? failed('rinseFailed') : confirmed('rinsed'))),
    ],
  },
  queueFor: minute,
  proveFor: 5 * minute,
  virtual: {
    linux: () => {},
    android: (vm, _message, done) =>
      vm.soon(takes, () => {
        vm.tell('rinsed', null);
        done(null);
      }),
  },
});
