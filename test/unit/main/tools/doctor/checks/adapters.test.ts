import { expect, it } from 'vitest';
import { adapterAddresses } from '../../../../../../src/main/tools/doctor/checks/adapters';
import { codesOf, computer } from '../../../../../builders/doctor';

const loopback = { name: 'lo', address: '127.0.0.1', family: 4, loopback: true } as const;
const wired = { name: 'eth0', address: '192.168.1.20', family: 4, loopback: false } as const;

it.each([
  [
    'one line for each address',
    [wired, { ...wired, address: 'fd00::2', family: 6 }, loopback],
    ['ok address', 'ok address'],
  ],
  ['a self-assigned one', [{ ...wired, address: '169.254.7.7' }, loopback], ['warning selfGiven']],
  ['nothing but loopback', [loopback], ['warning onlyHere']],
  ['nothing at all', [], ['warning onlyHere']],
] as const)('%s', async (_what, found, codes) => {
  expect(codesOf(await adapterAddresses(computer(), found))).toEqual(codes);
});
