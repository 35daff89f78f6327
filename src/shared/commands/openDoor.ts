import { z } from 'zod';
import { isSilent } from '../model/connected';
import { lastReport, type MachineState } from '../model/machine';
import { mayBeOwnReport } from '../model/ownReports';
import type { Obeys } from '../virtualMachine';
import { answersAlive, asksStatus, heardBefore, isSpeaking } from './kit/alive';
import { asked } from './kit/fields';
import { hasStep } from './kit/given';
import { minute } from './kit/inputs';
import { command } from './kit/row';
import { confirmed, notMine, seenAfter, sinceSent, step, when, type About } from './kit/verdict';
import { bare, remote } from './kit/wire';

/** ms that the door of a virtual machine stays open. */
const staysOpen = 30_000;

const open: Obeys['acts'] = (vm) => vm.soon(1_000, () => vm.openDoor(staysOpen));

/** The door state reported on the current connection; `null`: none yet. */
function reportedDoor(machine: MachineState | null): 'open' | 'closed' | null {
  if (machine?.link.status !== 'online' || machine.door === null) return null;
  const { door, link } = machine;
  return door.unconfirmed !== true && lastReport(door).at >= link.since ? door.value : null;
}

/**
 * [ours] ms. android opens immediately [field3]. An earlier report was sent before the command arrived; a later one may have been held
 * back by a dead link.
 */
const androidOpens = { from: 250, to: 3_000 } as const;

/** Whether the machine sent this report after the command. */
function isAfterCommand(about: About<unknown>): boolean {
  const { command: given } = about;
  if (given.platform !== 'android') return hasStep(given, 'linkAlive');
  const after = sinceSent(about);
  return after >= androidOpens.from && after <= androidOpens.to && isSpeaking(about);
}

const opened = when('machinestatus', ({ status }, about: About<unknown>) => {
  const { at, before, conn, command: given, facts } = about;
  if (status !== 'dooropen' || conn !== given.conn) return notMine;
  const door = reportedDoor(before);
  // A repeated report.
  if (door === 'open') return notMine;
  const isOpening = facts['doorBefore'] === 'closed' && door === 'closed';
  // No frame shows who opened the door, with a key or by the command. Only the order in time is known.
  if (isOpening && before !== null && isAfterCommand(about) && !mayBeOwnReport(before, 'door', at))
    return confirmed('doorOpened', seenAfter(about));
  return hasStep(given, 'openUnproved') ? notMine : step('openUnproved', seenAfter(about));
});

/** linux programs differ in the spelling [doc 3.9 is ambiguous, field]. */
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
    // The answer to the question shows which reports precede the command: a slow link may hold them back.
    linux: (input, to) => [asksStatus(input, to), bare(input.spelling)(input, to)],
    android: remote('opendoor'),
  },
  /** The door state on the connection of the command: only a closed door can be opened by it. */
  remember: ({ machine, now }) => ({
    // A silent link may hold back an earlier report.
    doorBefore: machine === null || isSilent(machine, now) ? null : reportedDoor(machine),
    ...heardBefore(machine),
  }),
  steps: { doorOpened: { after: 4_000 }, openUnproved: { after: 4_000 }, otherSpelling: {} },
  expects: {
    linux: [{ within: minute, anyOf: [answersAlive, opened] }],
    android: [{ within: minute, anyOf: [opened] }],
  },
  queueFor: minute,
  // A person who gives up waiting uses the key, so a later opening is not proof.
  lateFor: 0,
  // android accepts one spelling only [field].
  replaces: ({ platform, input: { spelling } }, input) =>
    platform !== 'android' && input !== null && spelling !== input.spelling,
  replacedBy: 'otherSpelling',
  retry: {
    after: 15_000,
    input: (given, { spelling }) =>
      given.platform === 'android' || hasStep(given, 'openUnproved')
        ? null
        : { spelling: spelling === 'door open' ? 'opendoor' : 'door open' },
  },
  waiting: ({ input: { doorBefore } }) => [doorBefore === 'closed' ? 'proof' : 'doorUnknown', {}],
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
