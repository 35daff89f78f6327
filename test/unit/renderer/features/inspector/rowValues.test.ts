import { expect, it } from 'vitest';
import { rowValues } from '../../../../../src/renderer/src/features/inspector/rowValues';
import { frame } from '../../rows';

it('a row offers its values once each, and its machine only in a list of all', () => {
  const row = frame(1, {
    cmd: 'error',
    findings: [{ code: 'seq.gap' }, { code: 'seq.gap' }, { code: 'error.repeated' }],
    text: '{"cmd":"error","error_code":"EC_2","order_no" : "A1"}',
  });
  const pairs = (ofAll: boolean) =>
    rowValues(row, ofAll).map(({ field, value }) => `${String(field)} ${value}`);
  expect(pairs(true)).toEqual([
    'vmc 33232',
    'cmd error',
    'dir in',
    'finding seq.gap',
    'finding error.repeated',
    'order A1',
    'code EC_2',
    'size 39',
    'conn 1',
  ]);
  expect(pairs(false)).not.toContain('vmc 33232');
});

it('junk has a kind instead of a command', () => {
  expect(rowValues(frame(1, { kind: 'junk', cmd: null }), false)[0]).toEqual({
    cell: 'cmd',
    field: 'kind',
    value: 'junk',
  });
});
