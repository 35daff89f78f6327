/** A custom message is not sent to an unverified connection if a command of the same kind would wait. */
import { expect, it } from 'vitest';
import type { Verification } from '#shared/model/verified';
import { sendAgain, sendByHand, type Sending } from '../../../../../src/main/machines/requests/byHand';

const vmcNo = 7;
const text = (body: string) => ({ as: 'text', text: body, head: 'machine' }) as const;
const opening = `{"cmd":"opendoor","vmc_no":${vmcNo}}`;
const paying = `{"cmd":"checkorder_r","vmc_no":${vmcNo},"order_no":"1","paydone":true}`;
const asking = `{"cmd":"statusquery","vmc_no":${vmcNo}}`;

/** With all sent messages. */
function bench(verification: Verification) {
  const sent: string[] = [];
  const sending: Sending = {
    queue: { turn: () => Promise.resolve(), goesFirst: () => null },
    verification: () => verification,
    server: {
      connectionOf: () => ({
        isRelayed: true,
        isBetweenFrames: () => true,
        sendByHand: (content, to) => {
          sent.push(`${to} ${content.as}`);
          const id = sent.length;
          return { kind: 'finding', id, at: 0, conn: 1, vmcNo, finding: { code: 'login.missing' } };
        },
      }),
    },
  };
  return { sending, sent };
}
const refused = (name: string) => ({ code: 'commandNotPossible', params: { name, why: 'notVerified' } });

it('a message that opens, pays or brews is refused on an unverified connection unless the user confirmed it', async () => {
  const { sending, sent } = bench('unverified');
  expect(await sendByHand(sending, { vmcNo, content: text(opening) })).toEqual(refused('openDoor'));
  expect(await sendByHand(sending, { vmcNo, content: text(paying) })).toEqual(refused('payResult'));
  const hex = Buffer.from(`0046        ${opening}`).toString('hex');
  expect(await sendByHand(sending, { vmcNo, content: { as: 'bytes', hex } })).toEqual(refused('openDoor'));
  const again = { bytes: Buffer.from(opening), bodyStart: 0, isHeadFree: true };
  expect(await sendAgain(sending, vmcNo, again)).toEqual(refused('openDoor'));
  expect(sent).toEqual([]);
  expect(await sendByHand(sending, { vmcNo, content: text(opening), anyway: true })).toEqual({ id: 1 });
  expect(await sendByHand(sending, { vmcNo, content: text(asking) })).toEqual({ id: 2 });
  expect(await sendByHand(sending, { vmcNo, content: text(opening), to: 'server' })).toEqual({ id: 3 });
  expect(sent).toEqual(['machine text', 'machine text', 'server text']);
});

it.each(['verified', 'unverifiable'] as const)('on a %s connection everything is sent', async (is) => {
  const { sending, sent } = bench(is);
  expect(await sendByHand(sending, { vmcNo, content: text(opening) })).toEqual({ id: 1 });
  expect(sent).toEqual(['machine text']);
});
