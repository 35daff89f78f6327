import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { align, type Alignment } from '#shared/compare/align';
import type { ComparableFrame } from '#shared/compare/frames';

let nextId = 1;
function frameOf(
  cmd: string,
  more: Partial<ComparableFrame> & { readonly value?: number } = {},
): ComparableFrame {
  const { value = 0, ...rest } = more;
  const json = { cmd, value };
  const text = JSON.stringify(json);
  nextId += 1;
  return { id: nextId, at: nextId, vmcNo: 7, dir: 'in', head: 'decimal', cmd, text, json, ...rest };
}
const framesOf = (...cmds: readonly string[]): readonly ComparableFrame[] => cmds.map((cmd) => frameOf(cmd));
const shown = ({ pairs }: Alignment): readonly string[] =>
  pairs.map(({ outcome, left, right }) => `${outcome} ${left?.cmd ?? '-'} ${right?.cmd ?? '-'}`);

describe('recordings', () => {
  it('are compared in the order of their commands', () => {
    const left = framesOf('login', 'hb', 'qrcode', 'hb', 'machinestatus');
    const right = [
      ...framesOf('login', 'hb', 'hb'),
      frameOf('machinestatus', { value: 1 }),
      frameOf('error'),
    ];
    const alignment = align(left, right);
    expect(shown(alignment)).toEqual([
      'same login login',
      'same hb hb',
      'missing qrcode -',
      'same hb hb',
      'differs machinestatus machinestatus',
      'extra - error',
    ]);
    expect(alignment.counts).toEqual({ same: 3, missing: 1, differs: 1, extra: 1, explained: 0 });
    expect(alignment.byCount).toBe(false);
  });

  it('compare names of commands without case, and each direction with the same direction', () => {
    expect(shown(align(framesOf('HB'), framesOf('hb')))).toEqual(['differs HB hb']);
    expect(shown(align([frameOf('hb')], [frameOf('hb', { dir: 'out' })])).toSorted()).toEqual([
      'extra - hb',
      'missing hb -',
    ]);
  });

  it('of several machines are compared machine by machine', () => {
    const of = (vmcNo: number, cmd: string): ComparableFrame => frameOf(cmd, { vmcNo });
    const left = [of(1, 'login'), of(2, 'login'), of(1, 'hb')];
    const right = [of(2, 'login'), of(1, 'login'), of(1, 'hb'), of(3, 'error')];
    const alignment = align(left, right);
    expect(alignment.counts).toMatchObject({ same: 3, extra: 1, missing: 0 });
    const machines = alignment.pairs.map((pair) => [pair.left?.vmcNo, pair.right?.vmcNo]);
    expect(machines).toEqual([
      [undefined, 3],
      [1, 1],
      [2, 2],
      [1, 1],
    ]);
  });

  it('of different machines are compared with each other', () => {
    const alignment = align(framesOf('login', 'hb'), [
      frameOf('login', { vmcNo: 8 }),
      frameOf('hb', { vmcNo: 8 }),
    ]);
    expect(alignment.counts).toMatchObject({ same: 2, missing: 0, extra: 0 });
  });

  it('that differ in too many places are compared by count', () => {
    const left = Array.from({ length: 3_000 }, (_, at) => frameOf(`a${at}`));
    const right = [...left.toReversed(), ...framesOf('extra')];
    const alignment = align(left, right);
    expect(alignment.byCount).toBe(true);
    expect(alignment.counts).toMatchObject({ same: 3_000, missing: 0, extra: 1 });
  });

  it('keep each frame of both sides once, in the order of its recording', () => {
    const side = fc.array(
      fc.record({ cmd: fc.constantFrom('hb', 'login', 'error'), vmcNo: fc.constantFrom(1, 2, null) }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(side, side, (one, other) => {
        const [left, right] = [one, other].map((frames) =>
          frames.map(({ cmd, vmcNo }) => frameOf(cmd, { vmcNo })),
        );
        const { pairs, counts } = align(left ?? [], right ?? []);
        const ids = (frames: readonly (ComparableFrame | null)[]) =>
          frames.flatMap((frame) => frame?.id ?? []);
        const lefts = ids(pairs.map((pair) => pair.left));
        expect(lefts).toEqual(ids(left ?? []));
        expect(ids(pairs.map((pair) => pair.right)).toSorted((a, b) => a - b)).toEqual(ids(right ?? []));
        expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(pairs.length);
      }),
    );
  });

  it('have no differences from themselves', () => {
    const frames = framesOf('login', 'hb', 'qrcode', 'hb');
    expect(align(frames, frames).counts).toEqual({ same: 4, explained: 0, differs: 0, missing: 0, extra: 0 });
    expect(align([], frames).counts).toMatchObject({ extra: 4 });
    expect(align([], []).pairs).toEqual([]);
  });
});
