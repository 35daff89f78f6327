/** Items that the palette finds with the state of a window: commands with their machine, and machines by status. */
import { beforeEach, describe, expect, it } from 'vitest';
import { commandItemsNow, machinesFor } from '../../../../../src/renderer/src/features/palette/commandItems';
import { itemsNow } from '../../../../../src/renderer/src/features/palette/items';
import { ranked, rankedMachines } from '../../../../../src/renderer/src/features/palette/ranked';
import { applySnapshot, setRoute, useCrema } from '../../../../../src/renderer/src/store';
import { row } from '../../../../builders/rows';
import { snapshot } from '../../../../builders/snapshot';
import { wordsOf } from '../../../../builders/wordsOf';

const en = wordsOf('en');
const machines = [
  row(33_232, { name: 'Lobby' }),
  row(33_240, { name: '大堂', online: false }),
  row(44_401, { name: 'Canteen', platform: 'android' }),
];
beforeEach(() => {
  useCrema.setState(useCrema.getInitialState(), true);
  applySnapshot(snapshot({ machines }), 0);
  setRoute({ screen: 'connect' });
});

const found = (typed: string, words = en): readonly string[] =>
  ranked([...commandItemsNow(words, typed), ...itemsNow(words)], typed, []).map(({ id }) => id);

describe('a command in the palette', () => {
  it('is found with a number, the end of a number or a name, in any order', () => {
    expect(found('33232 rinse')[0]).toBe('command 33232 rinse');
    expect(found('rinse lobby')[0]).toBe('command 33232 rinse');
    expect(found('rinse 240')[0]).toBe('command 33240 rinse');
  });

  it('without a machine asks for one', () => {
    const [first] = ranked(commandItemsNow(en, 'reboot'), 'reboot', []);
    expect(first).toMatchObject({ label: 'Restart…', asksMachineOf: 'reboot', hindrance: null });
    const choice = machinesFor(en, 'reboot');
    expect(rankedMachines(choice, '').map(({ id }) => id)).toEqual(
      useCrema.getState().list.order.map((vmcNo) => `command ${vmcNo} reboot`),
    );
    expect(rankedMachines(choice, 'cant').map(({ label }) => label)).toEqual(['44401']);
  });

  it('of the machine in view comes before the choice of another machine', () => {
    setRoute({ screen: 'machines', vmcNo: 33_232, tab: 'overview' });
    expect(found('reboot').slice(0, 2)).toEqual(['command reboot', 'anyCommand reboot']);
  });

  it('is not offered for another machine without a typed text, nor without machines', () => {
    expect(commandItemsNow(en, '')).toEqual([]);
    applySnapshot(snapshot({ machines: [] }), 0);
    expect(commandItemsNow(en, 'reboot')).toEqual([]);
  });

  it('that a machine does not have shows why, below the machines that have it', () => {
    const [first, ...others] = rankedMachines(machinesFor(en, 'sync'), '');
    expect([first?.label, first?.hindrance]).toEqual(['44401', null]);
    for (const { hindrance } of others) expect(hindrance).toMatch(/linux/i);
  });
});

it('machines are found by their status, in both languages', () => {
  expect(found('offline')[0]).toBe('machine 33240');
  expect(found('离线', wordsOf('zh-CN'))[0]).toBe('machine 33240');
});
