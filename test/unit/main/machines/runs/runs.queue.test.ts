/** A run on the real command queue: the frames written to a machine across disconnects and reconnects. */
import { expect, it } from 'vitest';
import { together, type RunMachine, type RunState } from '#shared/model/run';
import type { RunStep } from '#shared/model/sequence';
import { Runs } from '../../../../../src/main/machines/runs/runs';
import {
  android,
  controlled,
  linux,
  remote,
  settled,
  type Controlled,
} from '../../../../builders/controlled';

const door: RunStep = { do: 'command', name: 'openDoor', input: { spelling: 'opendoor' } };
const reboot: RunStep = { do: 'command', name: 'reboot', input: {} };

function running(book: Controlled, ...steps: readonly RunStep[]) {
  let line: RunMachine | null = null;
  let state: RunState = 'running';
  const runs = new Runs({
    now: () => book.world.now,
    localOffset: () => 0,
    isOnline: () => true,
    hindered: () => null,
    already: () => null,
    awaitsLogin: () => false,
    give: ({ name, input }) => {
      book.gives(name, input);
      return book.command();
    },
    cancel: () => undefined,
    changed: (run, lines) => {
      ({ state } = run);
      line = lines.at(-1) ?? line;
    },
  });
  runs.start({ title: null, steps, machines: [7], leftOut: [], waves: together, by: '' });
  runs.step();
  return {
    /** Receives news about its command; returns the run and its machine after that. */
    hears: (): unknown => {
      runs.commandChanged(book.command());
      while (runs.step());
      return [state, line?.state, line?.steps.map(({ outcome }) => outcome)];
    },
  };
}

it('is queued while its machine is offline, and is written once after its login, however often it reconnects', () => {
  const book = controlled(linux).hangsUp();
  const run = running(book, door);
  book.shows('queued', 'queued').connects().after(500).sendsAsked('opendoor').shows('sent');
  expect(run.hears()).toEqual(['running', 'running', [null]]);
  // Disconnected without proof, and back: nothing is written again.
  book.hangsUp().connects().rests().hangsUp().connects().rests();
  expect(run.hears()).toEqual(['running', 'running', [null]]);
  book.after(300_000).shows('expired', 'noProof');
  expect(run.hears()).toEqual(['ended', 'failed', ['expired']]);
  book.connects().rests();
});

it('ends with the proof of its command', () => {
  const book = settled(linux, 'doorclose');
  const run = running(book, door);
  book.sendsAsked('opendoor').shows('sent');
  book.receives({ cmd: 'machinestatus', status: 'dooropen' }).shows('confirmed', 'doorOpened');
  expect(run.hears()).toEqual(['ended', 'done', ['confirmed']]);
});

it('expires unsent if its machine stays offline, and is not written at a later login', () => {
  const book = controlled(linux).hangsUp();
  const run = running(book, door);
  book.shows('queued', 'queued').after(60_000).shows('expired', 'notSent');
  expect(run.hears()).toEqual(['ended', 'failed', ['expired']]);
  book.connects().rests();
});

it('continues with the next step after the restart that proved the last one', () => {
  const book = controlled(android);
  const run = running(book, reboot, door);
  book.sends(remote('reboot')).shows('sent');
  book
    .notifies()
    .shows('sent', 'accepted')
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(70_000)
    .connects({ ...android, login_count: 2 });
  book.shows('confirmed', 'loggedIn').rests();
  expect(run.hears()).toEqual(['running', 'running', ['confirmed', null]]);
  book.sends(remote('opendoor')).shows('sent');
  expect(book.ids).toHaveLength(2);
});
