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
