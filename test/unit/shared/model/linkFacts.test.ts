/** The two machines behind one number: by address and login. */
import { expect, it } from 'vitest';
import { linkFacts, sharedBy } from '#shared/model/linkFacts';
import { connection, World } from '../../../builders/connection';

const vmc_no = 33_232;
const login = (version: string, model?: string) => ({
  cmd: 'login',
  vmc_no,
  version,
  linuxDriverVersion: '1.3',
  ...(model !== undefined && { model }),
});

/** Machines that log in by turns from these addresses. */
function swapped(turns: readonly (readonly [address: string, version: string])[]) {
  const world = new World();
  for (const [address, version] of turns)
    connection({ address }, world).receives(login(version)).after(5_000);
  const state = world.fleet.machine(vmc_no);
  if (state === null) throw new Error('nothing is known of the machine');
  return state;
}
const [a, b] = ['192.0.2.7', '192.0.2.8'];

it('are named after five swaps, not before', () => {
  const few = swapped([
    [a, '1'],
    [b, '2'],
  ]);
  expect(linkFacts(few)).not.toHaveProperty('sharedBy');
  const many = swapped(Array.from({ length: 6 }, (_, turn) => (turn % 2 === 0 ? [a, '1'] : [b, '2'])));
  expect(linkFacts(many).sharedBy).toEqual({ a, b });
});

it('keep both addresses when one of them logs in twice', () => {
  const state = swapped([
    [a, '1'],
    [b, '2'],
    [b, '3'],
  ]);
  expect(sharedBy(state)).toEqual({ a, b });
});

it('differ in what they reported if a router gives both one address', () => {
  const state = swapped([
    [a, '1'],
    [a, '2'],
    [a, '1'],
  ]);
  expect(sharedBy(state)).toEqual({ a: `${a} – V2`, b: `${a} – V1` });
});

it('have at least the addresses of the finding, if an earlier version recorded no logins', () => {
  const state = swapped(Array.from({ length: 6 }, (_, turn) => (turn % 2 === 0 ? [a, '1'] : [b, '2'])));
  expect(sharedBy({ ...state, logins: [] })).toEqual({ a, b });
  expect(sharedBy({ logins: [], findings: {} })).toBeNull();
});
