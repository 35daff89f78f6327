import { describe, expect, it } from 'vitest';
import { addTerm } from '#shared/filter/language/edit';
import {
  foldValues,
  rowValues,
  valuesOf,
} from '../../../../../../src/renderer/src/features/inspector/list/rowValues';
import { shownMember, type Shown } from '../../../../../../src/renderer/src/features/inspector/detail/values';
import { frame } from '../../../../../builders/rows';

const at = new Date(2026, 10, 24, 10, 30, 15, 250).getTime();
const terms = (values: readonly Shown[]): readonly string[] =>
  values.map(({ by, text }) => (by === null ? text : addTerm('', by.field, by.value, 'only', { now: 0 })));

describe('the values of a row', () => {
  const row = frame(1, {
    at,
    cmd: 'error',
    findings: [{ code: 'seq.gap' }, { code: 'seq.gap' }, { code: 'error.repeated' }],
    text: '{"cmd":"error","error_code":"EC_2","order_no" : "A1"}',
    mark: { marked: true, note: 'ask' },
  });
  it('are all displayed values without duplicates; the machine only in a list of all', () => {
    expect(terms(rowValues(row, true))).toEqual([
      'dir:in',
      'time:"2026-11-24 10:30:15"',
      'vmc:33232',
      'cmd:error',
      'order:A1',
      'code:EC_2',
      '"{\\"cmd\\":\\"error\\",\\"error_code\\":\\"EC_2\\",\\"order_no\\" : \\"A1\\"}"',
      'finding:seq.gap',
      'finding:error.repeated',
      'mark:*',
      'note=ask',
      'size:39',
      'conn:1',
      'kind:frame',
    ]);
    expect(terms(rowValues(row, false))).not.toContain('vmc:33232');
  });

  it('of a cell are its own; every cell has some', () => {
    const values = rowValues(row, true);
    expect(terms(valuesOf(values, 'time'))).toEqual(['time:"2026-11-24 10:30:15"']);
    expect(valuesOf(values, 'time')[0]?.text).toBe('2026-11-24 10:30:15.250');
    for (const cell of ['dir', 'time', 'vmc', 'cmd', 'text', 'finding', 'mark', 'size'])
      expect(valuesOf(values, cell).length, cell).toBeLessThan(values.length);
    expect(valuesOf(values, null)).toBe(values);
  });

  it('of junk are its kind, of a connection also its other end, and an unknown machine has its own value', () => {
    expect(terms(rowValues(frame(1, { kind: 'junk', cmd: null }), false))).toContain('kind:junk');
    const peer = { remoteAddress: '::1', remotePort: 5, localAddress: '::1', localPort: 9700 };
    const opened = frame(1, { kind: 'opened', dir: null, cmd: null, text: '', vmcNo: null, peer });
    const values = rowValues(opened, true);
    expect(terms(valuesOf(values, 'dir'))).toEqual(['kind:opened']);
    expect(terms(valuesOf(values, 'vmc'))).toEqual(['-vmc:*']);
    expect(terms(valuesOf(values, 'text'))).toEqual(['conn:1', '[::1]:5']);
  });

  it('of a run of heartbeats include its machine if there is only one', () => {
    const run = [frame(1, { cmd: 'hb' }), frame(2, { cmd: 'hb' })];
    expect(terms(foldValues(run, true))).toEqual(['vmc:33232', 'fold:hb']);
    expect(terms(foldValues([...run, frame(3, { cmd: 'hb', vmcNo: 44401 })], true))).toEqual(['fold:hb']);
  });
});

describe('a member of a body', () => {
  it('is filtered by its path at any depth, and by its own field if it has one', () => {
    expect(terms(shownMember('machinestatus', ['supply', '1'], '9999'))).toEqual(['body.supply.1:"9999"']);
    expect(terms(shownMember('priceset', ['price', 0, 1], 500))).toEqual(['body.price.0.1:500']);
    expect(terms(shownMember('login', ['vmc_no'], 33232))).toEqual(['vmc:33232', 'body.vmc_no:33232']);
    expect(terms(shownMember('qrcode', ['Amount'], 1050))).toEqual(['amount:10.50', 'body.Amount:1050']);
    expect(terms(shownMember('error', ['error_code'], 'EC_2'))).toEqual([
      'code:EC_2',
      'body.error_code:EC_2',
    ]);
    expect(terms(shownMember('other', ['error_code'], 'EC_2'))).toEqual(['body.error_code:EC_2']);
    expect(terms(shownMember('x', ['isSet'], true))).toEqual(['body.isSet:true']);
    expect(terms(shownMember('x', ['order_no'], null))).toEqual(['-body.order_no:*']);
    expect(shownMember('x', ['a'], { b: 1 })).toEqual([
      { by: { field: ['a'], value: { kind: 'any' } }, text: expect.stringContaining('"b"') as string },
    ]);
  });
});
