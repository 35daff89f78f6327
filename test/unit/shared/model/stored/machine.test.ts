import { describe, expect, it } from 'vitest';
import { nothingKnown } from '#shared/model/machine';
import { readMachine } from '#shared/model/stored/machine';
import { machineState } from '../../../../builders/rows';

const sound = machineState(7, { sequence: 9, connections: 2 });
const written = (over: object): string => JSON.stringify({ ...sound, ...over });

describe('a stored state of a machine', () => {
  it('is read unchanged', () => expect(readMachine(written({}))).toEqual(sound));

  it('has the entry of a repeated door report, or none', () => {
    const door = { value: 'open', at: 5, entry: 3 };
    for (const one of [door, { ...door, again: { at: 9, entry: 4 } }])
      expect(readMachine(written({ door: one }))?.door).toEqual(one);
  });

  it.each(Object.keys(nothingKnown))('from a version without %s is read without it', (member) => {
    expect(readMachine(written({ [member]: undefined }))).toEqual({ ...sound, ...only(member) });
  });

  it('from a version that kept the newest minute with the others has it separately', () => {
    const hour = [
      [100, 3, 1],
      [101, 2, 0],
    ];
    for (const minute of [undefined, null])
      expect(readMachine(written({ minutes: hour, minute }))).toEqual({
        ...sound,
        minutes: [[100, 3, 1]],
        minute: [101, 2, 0],
      });
    expect(readMachine(written({ minutes: hour, minute: [102, 1, 0] }))).toEqual({
      ...sound,
      minutes: hour,
      minute: [102, 1, 0],
    });
  });

  it.each(['vmcNo', 'link'])('needs its %s', (member) => {
    expect(readMachine(written({ [member]: undefined }))).toBeNull();
  });

  it('is not read if a name was damaged, because its member would be lost', () => {
    expect(readMachine(written({ sequence: undefined, sequencd: 9 }))).toBeNull();
  });

  it.each(['', '[]', 'null', '7', written({ sequence: '9' })])('is refused: %j', (text) => {
    expect(readMachine(text)).toBeNull();
  });
});

const only = (member: string): object =>
  Object.fromEntries(Object.entries(nothingKnown).filter(([name]) => name === member));
