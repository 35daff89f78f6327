/** Requirements on every message. */
import { describe, expect, it } from 'vitest';
import { findings } from '#shared/findings';
import { answerExamples } from '#shared/messages/examples';
import { messages } from '#shared/messages/index';
import { fieldMeaning } from '#shared/messages/lookup';
import { messageOf } from '#shared/messages/read';
import type { AnswerContext } from '#shared/messages/row';
import { readExamples } from '../../../fixtures/readExamples';
import { newOrder } from '../../../../src/main/core/state/orders';
import { repliesTo } from '../../../../src/main/core/connection/replies';

const decided = {
  ...newOrder('594f803b380a41396ed63dca39503542', { id: 1, at: 0 }),
  payment: { value: { paid: true, payType: 'wx_pub' }, at: 0, entry: 2 },
};
const context = (profile: AnswerContext['profile']): AnswerContext => ({
  vmcNo: 33_232,
  profile,
  // A person has decided about the order in the examples.
  machine: { orders: [decided] },
  paymentTypes: ['wx_pub', 'alipay'],
  qrAnswers: 'auto',
  qrTemplate: '',
  ret: 0,
  now: new Date(2026, 10, 24, 9, 5, 3).getTime(),
});

const meant = new Map<string, object>(Object.entries(readExamples));

describe.each(messages.map((row) => [`${row.direction} ${row.cmd}`, row] as const))('%s', (name, row) => {
  it('its example is read without findings, and every member of it is known', () => {
    const { message, findings: found } = messageOf(row.example, row.direction);
    expect(found).toEqual([]);
    const { cmd, vmcNo, ...body } = message.body;
    const { vmcNo: _number, ...fields } = row.fields;
    expect({ cmd, vmcNo }).toEqual({ cmd: row.cmd, vmcNo: 33_232 });
    const expected = meant.get(name);
    const unread = Object.fromEntries(Object.keys(fields).map((key) => [key, null]));
    expect(body).toEqual(expected === undefined ? body : { ...unread, ...expected });
    const left = Object.entries(message.body).filter(([key]) => key !== 'cmd' && !(key in row.fields));
    expect(left).toEqual([]);
    for (const member of Object.keys(row.example))
      expect(fieldMeaning(row.cmd, [member]), member).not.toBeNull();
  });

  it('has its own name and names in lower case', () => {
    expect(row.names[0]).toBe(row.cmd);
    expect(row.names.filter((one) => one !== one.toLowerCase())).toEqual([]);
  });

  it.each(['extended', 'document'] as const)('its answers are our messages (%s)', (profile) => {
    if (row.direction === 'out') return;
    const { message } = messageOf(row.example, 'in');
    if (message.from !== 'machine') throw new Error('no machine’s');
    const replies = repliesTo(message.body, { ...context(profile), json: row.example });
    const isGiven = row.answer !== null && (row.answer.profile === 'document' || profile === 'extended');
    expect(replies.length > 0).toBe(isGiven);
    for (const reply of replies) {
      expect(reply.cmd).toBe(row.answer?.with);
      const read = messageOf(reply, 'out');
      expect(read.findings).toEqual([]);
      expect(read.message.body.cmd).toBe(reply.cmd);
    }
  });

  it('the answer that completes it has a common field', () => {
    const settles = row.direction === 'in' ? row.answer?.settles : undefined;
    if (row.direction === 'out' || settles === undefined || settles === 'oldest') return;
    const answer = messages.find((one) => one.direction === 'out' && one.cmd === row.answer?.with);
    expect(Object.keys(row.fields)).toContain(settles);
    expect(Object.keys(answer?.fields ?? {})).toContain(settles);
  });

  it('its awaited answers and its findings exist', () => {
    const known = new Set<string>(
      messages.filter(({ direction }) => direction === 'in').map(({ cmd }) => cmd),
    );
    const asked = row.direction === 'out' ? row.answeredBy : [];
    expect(asked.filter((answer) => !known.has(answer))).toEqual([]);
    const raised = row.direction === 'in' ? Object.keys(row.raises) : [];
    expect(raised.filter((code) => !(code in findings))).toEqual([]);
  });
});

it('no two messages of one direction share a name', () => {
  const all = messages.flatMap(({ direction, names }) => names.map((name) => `${direction} ${name}`));
  expect(new Set(all).size).toBe(all.length);
});

it('answers are examples for one machine, now', () => {
  const examples = answerExamples(7, new Date(2026, 10, 24, 9, 5, 3).getTime());
  expect(examples.map(({ cmd }) => cmd)).toContain('productdone_r');
  expect(examples.every((body) => body['vmc_no'] === 7)).toBe(true);
  expect(examples.find(({ cmd }) => cmd === 'login_r')?.['date_time']).toBe('2026-11-24 09:05:03');
});
