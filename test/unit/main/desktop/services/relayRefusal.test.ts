import { expect, it } from 'vitest';
import { noRelay, type RelayRule } from '#shared/model/relay';
import { relayRefusal } from '../../../../../src/main/desktop/services/relayRefusal';

const answering = (answer: string): RelayRule => ({
  id: 4,
  name: '',
  filter: 'cmd:hb',
  when: 'always',
  does: 'answer',
  answer,
  isOn: true,
});
const refusalOf = (answer: string) => relayRefusal({ ...noRelay, rules: [answering(answer)] }, () => false);

it('a rule’s answer must be sendable: otherwise its frames would be kept and never answered', () => {
  expect(refusalOf('')).toBeNull();
  expect(refusalOf('{"cmd":"hb"}')).toBeNull();
  expect(refusalOf('{"vmc_no":3}')).toEqual({ code: 'relayAnswer', params: { rule: 4 } });
  // Six bytes a character: text outside ASCII is escaped.
  expect(refusalOf(`{"cmd":"hb","x":"${'热'.repeat(4_000)}"}`)).toEqual({
    code: 'frameTooLong',
    params: { bytes: 24_031 },
  });
});

it.each([
  [{ does: 'rewrite' }, 'relayMember'],
  [{ does: 'rewrite', change: { member: 'a..b', value: '1' } }, 'relayMember'],
  [{ does: 'rewrite', change: { member: 'a', value: '{}' } }, 'relayValue'],
  [{ does: 'delay' }, 'relayDelay'],
  [{ does: 'rewrite', change: { member: 'supply.1', value: '"x"' } }, null],
  [{ does: 'delay', ms: 1 }, null],
] as const)('the rule %j is refused with %s', (patch, code) => {
  const rules: RelayRule[] = [{ ...answering(''), ...patch }];
  expect(relayRefusal({ ...noRelay, rules }, () => false)?.code ?? null).toBe(code);
});
