import { expect, it } from 'vitest';
import { commandNames } from '#shared/commands/index';
import {
  inForce,
  isAskedForProof,
  isSentAtOnce,
  mayBeUnasked,
  unaskedFor,
  withoutUnasked,
  withUnasked,
} from '../../../../src/renderer/src/store/unasked';

const machine = { vmcNo: 7, platform: 'android', online: true, verification: 'unverifiable' } as const;

it('only a plain yes-or-no confirmation can be skipped', () => {
  const may = (platform: 'linux' | 'android') =>
    commandNames.filter((name) => mayBeUnasked(name, { ...machine, platform }));
  expect(may('android')).toEqual(['openDoor', 'rinse', 'reboot', 'sync']);
  expect(may('linux')).toEqual(['openDoor', 'rinse', 'reboot', 'sync']);
});

it('is skipped for ten minutes, for one command and machine, and not while the machine is offline', () => {
  const all = withUnasked([], 7, 'rinse', 1_000);
  expect(isSentAtOnce('rinse', machine, [], 1_000)).toBe(false);
  expect(isSentAtOnce('rinse', machine, all, 1_000 + unaskedFor - 1)).toBe(true);
  expect(isSentAtOnce('rinse', machine, all, 1_000 + unaskedFor)).toBe(false);
  expect(isSentAtOnce('openDoor', machine, all, 2_000)).toBe(false);
  expect(isSentAtOnce('rinse', { ...machine, vmcNo: 8 }, all, 2_000)).toBe(false);
  expect(isSentAtOnce('rinse', { ...machine, online: false }, all, 2_000)).toBe(false);
});

it('opening, brewing, paying and pricing ask again while the machine is unverified', () => {
  const unproved = { ...machine, verification: 'unverified' } as const;
  const all = withUnasked(withUnasked([], 7, 'openDoor', 0), 7, 'reboot', 0);
  expect(isSentAtOnce('openDoor', machine, all, 1)).toBe(true);
  expect(isSentAtOnce('openDoor', unproved, all, 1)).toBe(false);
  expect(isSentAtOnce('reboot', unproved, all, 1)).toBe(true);
  expect(mayBeUnasked('openDoor', unproved)).toBe(false);
  expect(isAskedForProof('openDoor', unproved)).toBe(true);
  expect(isAskedForProof('openDoor', { ...unproved, online: false })).toBe(false);
  expect(isAskedForProof('reboot', unproved)).toBe(false);
});

it('a harmless command never asks, and one with inputs always does', () => {
  expect(isSentAtOnce('querySupplies', { ...machine, platform: 'linux' }, [], 0)).toBe(true);
  const all = withUnasked([], 7, 'makeDrink', 0);
  expect(isSentAtOnce('makeDrink', machine, all, 1)).toBe(false);
});

it('can be ended, is restarted, and expires', () => {
  const both = withUnasked(withUnasked([], 7, 'rinse', 0), 7, 'openDoor', 5_000);
  expect(withoutUnasked(both, 7, 'rinse').map(({ name }) => name)).toEqual(['openDoor']);
  expect(withUnasked(both, 7, 'rinse', 9_000).map(({ name, until }) => [name, until])).toEqual([
    ['openDoor', 5_000 + unaskedFor],
    ['rinse', 9_000 + unaskedFor],
  ]);
  expect(inForce(both, 1)).toBe(both);
  expect(inForce(both, unaskedFor).map(({ name }) => name)).toEqual(['openDoor']);
});
