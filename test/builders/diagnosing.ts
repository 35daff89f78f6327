/** Builds the input of the diagnosis rules from a conversation. */
import type { CauseOf, RuleName } from '#shared/diagnosis/index';
import type { DiagnosisFacts } from '#shared/diagnosis/kit/rule';
import { defaultMachineConfig } from '#shared/model/machine';
import { connection, World, type ConnectionOptions, type TestConnection } from './connection';

const vmcNo = 33_232;
/** The scene: on the machine's connection, or on others of the same world. */
export type Story = (machine: TestConnection, again: (more?: ConnectionOptions) => TestConnection) => unknown;

export interface Scene {
  readonly story: Story;
  readonly options?: ConnectionOptions;
  /** Time of the first event; left out: noon of the document's day. */
  readonly at?: number;
  readonly facts?: (now: number) => Partial<DiagnosisFacts>;
}

/** For each cause of a rule, how it becomes true; for the first cause, also how it stops being true. */
export interface RuleCase<Cause extends string> {
  readonly is: Readonly<Record<Cause, Scene>>;
  readonly over: Scene;
}
export type RuleCases = { readonly [Name in RuleName]: RuleCase<CauseOf<Name>> };

/** The state after these scenes, played in order. */
export const played = (first: Scene, ...next: readonly Scene[]): DiagnosisFacts =>
  playedIn(new World(), first, ...next);

export function playedIn(world: World, first: Scene, ...next: readonly Scene[]): DiagnosisFacts {
  if (first.at !== undefined) world.now = first.at;
  const options = first.options ?? {};
  const again = (more: ConnectionOptions = {}): TestConnection => connection({ ...options, ...more }, world);
  const machine = again();
  for (const { story } of [first, ...next]) story(machine, again);
  const state = world.fleet.machine(vmcNo);
  if (state === null) throw new Error('nothing is known of the machine');
  const config = { ...defaultMachineConfig, ...options.config };
  const facts: DiagnosisFacts = {
    now: world.now,
    machine: state,
    config,
    platform: config.platform ?? state.platform,
    isHere: true,
    updates: 'listening',
    upgrade: null,
  };
  return Object.assign(facts, ...[first, ...next].map((scene) => scene.facts?.(world.now))) as DiagnosisFacts;
}
