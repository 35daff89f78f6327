import { expect, it } from 'vitest';
import type { Finding } from '#shared/findings';
import type { StoredEntry } from '#shared/model/frame';
import { PrivateTexts } from '../../../../../src/main/tools/support/privateTexts';
import { redactEntry } from '../../../../../src/main/tools/support/redactEntry';

const order = 'A-17-9c31-x2';
const base = { id: 1, at: 1, conn: 1, vmcNo: 33_232 };

function redacted(entry: StoredEntry, known: readonly string[] = [order]) {
  const texts = new PrivateTexts();
  for (const one of known) texts.add(one, 'order');
  return redactEntry(entry, texts);
}
function findingOf(finding: Finding): Finding['params'] {
  const { entry } = redacted({ ...base, kind: 'finding', finding });
  return entry.kind === 'finding' ? entry.finding.params : undefined;
}

it('findings keep their numbers and codes, and lose quoted text', () => {
  expect(findingOf({ code: 'order.repeated', params: { orderNo: order, times: 2 } })).toEqual({
    orderNo: 'order-000001',
    times: 2,
  });
  expect(findingOf({ code: 'field.invalid', params: { field: 'order_no', value: '{"a":1}' } })).toMatchObject(
    {
      value: 'order-1',
    },
  );
  expect(
    findingOf({ code: 'field.invalid', params: { field: 'Amount', value: '10,00 yuan' } }),
  ).toMatchObject({
    value: '[withheld]',
  });
  expect(findingOf({ code: 'field.invalid', params: { field: 'Amount', value: '-10.00' } })).toMatchObject({
    value: '-10.00',
  });
  // The text was cut, so half a private text may stand at its end.
  expect(findingOf({ code: 'cmd.unknown', params: { cmd: 'x'.repeat(60) } })).toEqual({ cmd: '[withheld]' });
  expect(
    findingOf({ code: 'link.internal', params: { detail: 'of 594f803b380a41396ed63dca39503542' } }),
  ).toEqual({ detail: 'of [number]' });
  expect(findingOf({ code: 'json.lenient', params: { what: 'comment', offset: 7 } })).toEqual({
    what: 'comment',
    offset: 7,
  });
});

it('bytes outside frames show only their length', () => {
  const bytes = Buffer.from(`zz${order}zz and more`);
  const { entry, isWithheld } = redacted({
    ...base,
    kind: 'junk',
    bytes,
    findings: [{ code: 'junk.noFrame' }],
  });
  expect(isWithheld).toBe(true);
  expect(entry).toMatchObject({ kind: 'junk', findings: [{ code: 'junk.noFrame' }] });
  const shown = entry.kind === 'junk' ? Buffer.from(entry.bytes).toString() : '';
  expect(shown).toBe('[withheld]'.padEnd(bytes.length, 'x'));
});

it('a head keeps its length and sequence; an unknown head, or one with a private padding, does not', () => {
  const frame = (head: 'decimal' | 'le48' | null, before: string): string => {
    const body = '{"cmd":"hb"}';
    const bytes = Buffer.from(before + body, 'latin1');
    const entry = { ...base, dir: 'in', cmd: 'hb', head, sequence: null, findings: [] } as const;
    const { entry: out } = redacted({ ...entry, kind: 'frame', bytes, bodyStart: before.length }, [
      'q7w8e9r0',
    ]);
    return out.kind === 'frame' ? Buffer.from(out.bytes).toString('latin1') : '';
  };
  expect(frame('decimal', '002400000000')).toBe('002400000000{"cmd":"hb"}');
  expect(frame('le48', 'H000t0000000')).toBe('H000t0000000{"cmd":"hb"}');
  expect(frame('decimal', '0024q7w8e9r0')).toBe('0024order-01{"cmd":"hb"}');
  expect(frame(null, 'A-17-9c31-x2')).toBe('[withheld]xx{"cmd":"hb"}');
  expect(frame(null, '')).toBe('{"cmd":"hb"}');
});
