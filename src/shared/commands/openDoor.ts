import { z } from 'zod';
import type { MachineState } from '../model/machine';
import type { Obeys } from '../virtualMachine';
import { asked } from './kit/fields';
import { minute } from './kit/inputs';
import { command } from './kit/row';
import { confirmed, notMine, seenAfter, when, type About } from './kit/verdict';
import { both, remote } from './kit/wire';
import { isAsked } from './queryStatus';

/** How long the door of a virtual machine stays open, ms. */
const staysOpen = 30_000;

const open: Obeys['acts'] = (vm) => vm.soon(1_000, () => vm.openDoor(staysOpen));

/**
 * Whether a door that is open now was opened since it was spoken of last. What android says first on a connection is of its login,
 * however late that comes [field]; linux says only what changes, of which a door of an earlier connection is no part, and what it is
 * asked for.
 */
function isChange(door: MachineState['door'], about: About<unknown>): boolean {
  const known = door?.unconfirmed === true ? null : (door?.value ?? null);
  if (known !== null) return known === 'closed';
  return about.command.platform !== 'android' && !isAsked(about);
}

/** linux programs differ in how they spell it [doc 3.9 is of two minds, field]. */
export const openDoor = command(
  z.strictObject({
    spelling: asked(z.enum(['opendoor', 'door open']), {
      initial: 'opendoor',
      hidden: true,
      setting: 'doorSpelling',
    }),
  }),
)({
  examples: [{ spelling: 'opendoor' }, { spelling: 'door open' }],
  offered: 'button',
  effects: ['opens'],
  wire: {
    linux: ({ spelling }, { vmcNo }) => ({ cmd: spelling, vmc_no: vmcNo }),
    android: remote('opendoor'),
  },
  steps: { doorOpened: { after: 4_000 }, otherSpelling: {} },
  expects: both([
    {
      within: minute,
      anyOf: [
        when('machinestatus', ({ status }, about) => {
          const { before, conn, command: given } = about;
          // One that was open already, and what is told after every login, say nothing of our command.
          const isNews = conn === given.conn && isChange(before?.door ?? null, about);
          // Who opened it, by the command or with a key, no frame says: only that it was after it.
          return status === 'dooropen' && isNews ? confirmed('doorOpened', seenAfter(about)) : notMine;
        }),
      ],
    },
  ]),
  queueFor: minute,
  // A door that opens when the wait is over was opened with the key: that is what a person does next.
  lateFor: 0,
  // android takes it in one form only [field].
  replaces: ({ platform, input: { spelling } }, input) =>
    platform !== 'android' && input !== null && spelling !== input.spelling,
  replacedBy: 'otherSpelling',
  retry: {
    after: 15_000,
    input: ({ platform }, { spelling }) =>
      platform === 'android' ? null : { spelling: spelling === 'door open' ? 'opendoor' : 'door open' },
  },
  says: ({ spelling }) => (spelling === 'opendoor' ? null : ['spelled', { spelling }]),
  virtual: {
    linux: {
      acts: (vm, message, failed) => {
        if (message['cmd'] === (vm.rareSpelling ? 'door open' : 'opendoor')) open(vm, message, failed);
      },
    },
    android: { acts: open },
  },
});
