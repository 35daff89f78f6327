/** Machines of both programs, folded from real frames, in the states that a technician meets. */
import type { JsonObject } from '#shared/model/json';
import { shownAtEnd } from '#shared/model/diagnosis';
import {
  defaultMachineConfig,
  type MachineConfig,
  type MachineRow,
  type MachineState,
} from '#shared/model/machine';
import type { RuleName } from '#shared/diagnosis/index';
import { closing } from '../../src/main/core/state/closings';
import { machineRow } from '../../src/main/core/state/machineRow';
import { connection, World, type ConnectionOptions, type TestConnection } from '../builders/connection';
import { sceneOf } from '../builders/diagnosedMachines';
import { played } from '../builders/diagnosing';

export interface GlanceCase {
  readonly row: MachineRow;
  readonly machine: MachineState;
  readonly config: MachineConfig;
  readonly now: number;
}
interface More {
  readonly config?: Partial<MachineConfig>;
  readonly hasCode?: boolean;
  readonly isVirtual?: boolean;
}

const vmc_no = 33_232;
export const hb = { cmd: 'hb', vmc_no };
const linux = {
  cmd: 'login',
  vmc_no,
  timestamp: '20150624',
  sign: 'x',
  version: '1.2.8.8',
  linuxDriverVersion: '1.3',
};
const android = {
  cmd: 'login',
  vmc_no,
  timestamp: '20150624',
  version: '1.0.5',
  io_version: '79',
  login_count: 2,
};

function caseOf(machine: MachineState | null, now: number, more: More): GlanceCase {
  if (machine === null) throw new Error('nothing is known of the machine');
  const config = { ...defaultMachineConfig, ...more.config };
  const row = machineRow(machine, config, more.isVirtual ?? false, {
    hasCode: more.hasCode ?? false,
    diagnosis: shownAtEnd(machine, config, now),
  });
  return { row, machine, config, now };
}

type Story = (machine: TestConnection, again: (options?: ConnectionOptions) => TestConnection) => unknown;

const from =
  (login: JsonObject | null) =>
  (story: Story = () => undefined, options: ConnectionOptions = {}, more: More = {}): GlanceCase => {
    const world = new World();
    const again = (other: ConnectionOptions = {}): TestConnection =>
      connection({ ...options, ...other }, world);
    const machine = again();
    if (login !== null) machine.receives(login);
    story(machine, again);
    world.entryLog.settle(world.now);
    return caseOf(world.fleet.machine(vmc_no), world.now, { ...more, ...options });
  };

export const onLinux = from(linux);
export const onAndroid = from(android);
/** No login yet. */
export const unnamed = from(null);
export const again = { linux, android } as const;

/** Three minutes after the login, with heartbeats: nothing is left to report from before it. */
export const later = (machine: TestConnection): TestConnection => {
  for (let beat = 0; beat < 10; beat += 1) machine.after(20_000).receives(hb);
  return machine;
};
export const error = (error_code: string, more: JsonObject = {}): JsonObject => ({
  cmd: 'error',
  vmc_no,
  error_code,
  isSet: true,
  is_fatal_error: true,
  is_persistence_error: false,
  ...more,
});
export const status = (what: string, more: JsonObject = {}): JsonObject => ({
  cmd: 'machinestatus',
  vmc_no,
  status: what,
  ...more,
});
export const drink = { cmd: 'productdone', vmc_no, ProductId: 701, isok: true, order_no: '8741' };

/** A person closes the machine's first error. */
export function closes(machine: TestConnection): void {
  const { world } = machine;
  const state = world.fleet.machine(vmc_no);
  const first = state?.errors[0];
  if (state == null || first === undefined) throw new Error('the machine has no error');
  world.entryLog.record(
    closing(state, { fault: first.entry, code: first.code, note: 'checked', by: 'Anna', at: world.now }),
  );
}

/** A machine on which the rule is true. */
export function diagnosed(rule: RuleName): GlanceCase {
  const { machine, now, config } = played(sceneOf(rule));
  return caseOf(machine, now, { config });
}
