import { z } from 'zod';
import { isSilent } from '../model/connected';
import { lastSaid, type MachineState } from '../model/machine';
import { mayBeOwnReport } from '../model/ownReports';
import type { Obeys } from '../virtualMachine';
import { answersAlive, asksStatus, heardBefore, isSpeaking } from './kit/alive';
import { asked } from './kit/fields';
import { hasStep } from './kit/given';
import { minute } from './kit/inputs';
import { command } from './kit/row';
import { confirmed, notMine, seenAfter, step, when, type About } from './kit/verdict';
import { bare, remote } from './kit/wire';

/** How long the door of a virtual machine stays open, ms. */
const staysOpen = 30_000;

const open: Obeys['acts'] = (vm) => vm.soon(1_000, () => vm.openDoor(staysOpen));

/** What its door was reported to be on the connection that it has now; `null`: nothing yet. */
function reportedDoor(machine: MachineState | null): 'open' | 'closed' | null {
  if (machine?.link.status !== 'online' || machine.door === null) return null;
  const { door, link } = machine;
  return door.unconfirmed !== true && lastSaid(door).at >= link.since ? door.value : null;
}

/**
 * [ours] ms: android opens at once [field3]. An earlier report was on its way when the command was sent; a dead link may have held back a
 * later one.
 */
const androidOpens = { from: 250, to: 3_000 } as const;

/** Whether the machine made this report after the command. */
function isAfterCommand(about: About<unknown>): boolean {
  const { at, command: given } = about;
  if (given.platform !== 'android') return hasStep(given, 'linkAlive');
  const after = at - (given.sentAt ?? Infinity);
  return after >= androidOpens.from && after <= androidOpens.to && isSpeaking(about);
}

const opened = when('machinestatus', ({ status }, about: About<unknown>) => {
  const { at, before, conn, command: given, facts } = about;
  if (status !== 'dooropen' || conn !== given.conn) return notMine;
  const door = reportedDoor(before);
  // Reported again.
  if (door === 'open') return notMine;
  const isOpening = facts['doorBefore'] === 'closed' && door === 'closed';
  // Who opened it, by the command or with a key, no frame says: only that it was after it.
  if (isOpening && before !== null && isAfterCommand(about) && !mayBeOwnReport(before, 'door', at))
    return confirmed('doorOpened', seenAfter(about));
  return hasStep(given, 'openUnproved') ? notMine : step('openUnproved', seenAfter(about));
});

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
    // Its answer tells which reports it made before the command: a slow link may hold them back.
    linux: (input, to) => [asksStatus(input, to), bare(input.spelling)(input, to)],
    android: remote('opendoor'),
  },
  /** Of the connection that it is sent on: a door that was not closed then was not opened by it. */
  remember: ({ machine, now }) => ({
    // A link that is silent may hold back an earlier report.
    doorBefore: machine === null || isSilent(machine, now) ? null : reportedDoor(machine),
    ...heardBefore(machine),
  }),
  steps: { doorOpened: { after: 4_000 }, openUnproved: { after: 4_000 }, otherSpelling: {} },
  expects: {
    linux: [{ within: minute, anyOf: [answersAlive, opened] }],
    android: [{ within: minute, anyOf: [opened] }],
  },
  queueFor: minute,
  // A door that opens when the wait is over was opened with the key: that is what a person does next.
  lateFor: 0,
  // android takes it in one form only [field].
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
