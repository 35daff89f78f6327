/** The parts of a diagnosis rule (docs/extending/finding.md). */
import type { CommandName } from '../../commands/index';
import type { Params, Severity } from '../../messages/row';
import type { Command } from '../../model/command';
import type { ListenerState } from '../../model/listener';
import type { MachineConfig, MachineState, Platform } from '../../model/machine';

/** Facts about a machine and its settings. */
export interface DiagnosisFacts {
  readonly now: number;
  readonly machine: MachineState;
  readonly config: MachineConfig;
  /** Connected to this computer. A capture or a site can come from another time zone. */
  readonly isHere: boolean;
  /** Set by hand, or read from the login. */
  readonly platform: Platform | null;
  /** State of the update server for packages. */
  readonly updates: ListenerState['status'];
  /** The last upgrade command of this launch, or an unfinished one of an earlier launch. */
  readonly upgrade: Command | null;
}

/** A setting with a titled control. */
type NamedSetting = Exclude<keyof MachineConfig, 'photo'>;

/** An immediate action that the window offers. */
export type DiagnosisAction =
  | { readonly kind: 'setting'; readonly setting: NamedSetting }
  | { readonly kind: 'command'; readonly command: CommandName }
  | { readonly kind: 'tab'; readonly tab: 'errors' | 'orders' | 'commands' }
  | { readonly kind: 'screen'; readonly screen: 'connect' | 'upgrades' | 'settings' };

/** A rule's result: its cause and evidence. */
export interface Seen<Cause extends string = string> {
  readonly cause: Cause;
  /** The entries that are evidence. */
  readonly evidence: readonly number[];
  /** Text parameters; texts from a machine must be short. */
  readonly params?: Params;
  /** Start time, ms; by default the time of detection. */
  readonly since?: number;
}

export interface Rule<Cause extends string = string> {
  readonly severity: Severity;
  /** State members that the rule reads. It runs again only when one of them changes. */
  readonly reads: readonly (keyof MachineState)[];
  /** The result may change as time passes. */
  readonly byTime: boolean;
  /** Likely causes, each with its proposed action. */
  readonly causes: Readonly<Record<Cause, DiagnosisAction | null>>;
  /** `null`: the rule does not apply. */
  readonly when: (facts: DiagnosisFacts) => Seen<Cause> | null;
}

export const rule = <Cause extends string>(row: Rule<Cause>): Rule<Cause> => row;

export const setting = (name: NamedSetting): DiagnosisAction => ({ kind: 'setting', setting: name });
export const giving = (name: CommandName): DiagnosisAction => ({ kind: 'command', command: name });
export const tab = (name: 'errors' | 'orders' | 'commands'): DiagnosisAction => ({ kind: 'tab', tab: name });
export const screen = (name: 'connect' | 'upgrades' | 'settings'): DiagnosisAction => ({
  kind: 'screen',
  screen: name,
});
