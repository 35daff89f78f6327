import { describe, expect, it } from 'vitest';
import { templates } from '#shared/compose/templates';
import {
  bytesDraft,
  firstDraft,
  outcomeOf,
  recordedDraft,
  templateDraft,
  type Draft,
} from '../../../../../../src/renderer/src/features/inspector/compose/composeDraft';
import { detail } from '../../../../../builders/rows';

describe('a custom message', () => {
  const list = templates(33232, 'linux', new Date(0));
  const draft = (over: Partial<Draft>): Draft => ({
    as: 'text',
    from: '',
    text: '{"cmd":"hb"}',
    head: 'machine',
    hex: '',
    hexOf: null,
    ...over,
  });

  it('begins with our own frame unchanged, or with the answer to a machine’s frame', () => {
    const sent = detail({ cmd: 'reboot', vmc_no: 33232 }, { dir: 'out' });
    expect(firstDraft(sent, list)).toEqual(recordedDraft(sent));
    expect(recordedDraft(sent)).toMatchObject({ from: null, text: sent.fullText });
    const asked = detail({ cmd: 'productdone', vmc_no: 33232, order_no: '8741' });
    const answer = firstDraft(asked, list);
    expect(answer.from).toBe('productdone_r');
    expect(JSON.parse(answer.text)).toEqual({
      cmd: 'productdone_r',
      vmc_no: 33232,
      order_no: '8741',
      isOk: true,
    });
    expect(firstDraft(null, list).from).toBe(list[0]?.id);
  });

  it('a template keeps only members that it has', () => {
    const template = list.find(({ id }) => id === 'error_r');
    if (template === undefined) throw new Error('no template');
    expect(JSON.parse(templateDraft(template, { order_no: '1' }).text)).toEqual(template.body);
  });

  it('is counted in bytes, and refused if no head can hold the length', () => {
    expect(outcomeOf(draft({ text: '{"a":"卡"}' })).size).toBe(12 + 11);
    expect(outcomeOf(draft({ text: '' }))).toMatchObject({ wrong: 'empty', content: null });
    expect(outcomeOf(draft({ text: 'x'.repeat(9_988) }))).toMatchObject({ wrong: 'tooLong', content: null });
    expect(outcomeOf(draft({ text: 'x'.repeat(9_987) })).content).not.toBeNull();
  });

  it('as bytes it is the frame to send, head and body, of the current text', () => {
    const framing = { head: 'le48', sequence: 68 } as const;
    const latin = ({ hex }: Draft): string =>
      String.fromCharCode(...hex.split(' ').map((byte) => Number.parseInt(byte, 16)));
    const asBytes = (over: Partial<Draft>): Draft => bytesDraft(draft(over), framing);
    expect(latin(asBytes({}))).toBe('H000t0000000{"cmd":"hb"}');
    expect(latin(asBytes({ head: 'decimal' }))).toBe('002400000000{"cmd":"hb"}');
    expect(asBytes({ text: '卡' }).hex).toMatch(/ E5 8D A1$/);
    expect(asBytes({}).as).toBe('bytes');
    expect(outcomeOf(asBytes({})).size).toBe(outcomeOf(draft({})).size);
    const long = '卡'.repeat(4_000);
    expect(outcomeOf(asBytes({ text: long })).size).toBe(12_000);

    // Edited bytes stay until the message is replaced.
    const wrong = { ...asBytes({}), hex: '7B', as: 'text' } as const;
    expect(bytesDraft(wrong, framing)).toEqual({ ...wrong, as: 'bytes' });
    expect(latin(bytesDraft({ ...wrong, text: '{}' }, framing))).toBe('>000t0000000{}');

    // A recorded frame is unchanged until it is edited; junk has no text.
    const recorded = recordedDraft(detail({ cmd: 'hb', vmc_no: 1 }));
    expect(bytesDraft(recorded, framing).hex).toBe(recorded.hex);
    expect(latin(bytesDraft({ ...recorded, text: '{}' }, framing))).toBe('>000t0000000{}');
    expect(latin(bytesDraft({ ...recorded, head: 'decimal' }, framing))).toContain('"vmc_no":1');
    const junk = recordedDraft(detail({}, { kind: 'junk', bytes: Uint8Array.of(0, 255) }));
    expect(bytesDraft(junk, framing).hex).toBe('00 FF');
  });

  it('any bytes are sent unchanged, and their effect is unknown', () => {
    expect(outcomeOf(draft({ as: 'bytes', hex: '0x7B, 0x7d' }))).toEqual({
      content: { as: 'bytes', hex: '7b7d' },
      size: 2,
      wrong: null,
      risk: null,
      mayBe: [],
      cmd: null,
    });
    expect(outcomeOf(draft({ as: 'bytes', hex: '7' }))).toMatchObject({ wrong: 'hexWrong', content: null });
    expect(outcomeOf(draft({ as: 'bytes', hex: ' ' }))).toMatchObject({ wrong: 'empty', content: null });
  });
});
