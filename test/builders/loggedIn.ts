/** A machine that has logged in, for tests of later messages. Bodies are the examples of their rows. */
import type { JsonObject } from '#shared/model/frame';
import { login as loginRow } from '#shared/messages/login';
import type { MachineState } from '#shared/model/machine';
import { playbook, World, type Playbook } from './playbook';

export const vmc_no = 33_232;
/** The document's example, on the day on which tests begin (`noon`). */
export const login = loginRow.example;

export const loggedIn = (options: Parameters<typeof playbook>[0] = {}, world = new World()): Playbook =>
  playbook(options, world).receives(login).claims(vmc_no).answers('login_r');

/** The state of the machine. */
export function stateOf({ world }: Playbook): MachineState {
  const machine = world.fleet.machine(vmc_no);
  if (machine === null) throw new Error('nothing is known of the machine');
  return machine;
}

/** A row's example with other members. */
export const like = (row: { readonly example: JsonObject }, members: JsonObject = {}): JsonObject => ({
  ...row.example,
  vmc_no,
  ...members,
});
