/** What a rule of the diagnosis is made of (docs/extending/finding.md). */
import type { CommandName } from '../../commands/index';
import type { Params, Severity } from '../../messages/row';
import type { Command } from '../../model/command';
import type { ListenerState } from '../../model/listener';
import type { MachineConfig, MachineState, Platform } from '../../model/machine';

/** What is looked at: a machine, and what people have chosen for it. */
export interface DiagnosisFacts {
  readonly now: number;
  readonly machine: MachineState;
  readonly config: MachineConfig;
  /** Set by hand, or read from its login. */
  readonly platform: Platform | null;
  /** Where machines fetch packages. */
  readonly updates: ListenerState['status'];
  /** The upgrade that was given to it last in this run, or that an earlier run left open. */
  readonly upgrade: Command | null;
}

/** One that has a control with a title. */
type NamedSetting = Exclude<keyof MachineConfig, 'photo'>;

/** What a person may do about it at once. */
export type DiagnosisAction =
  | { readonly kind: 'setting'; readonly setting: NamedSetting }
  | { readonly kind: 'command'; readonly command: CommandName }
  | { readonly kind: 'tab'; readonly tab: 'errors' | 'orders' | 'commands' }
  | { readonly kind: 'screen'; readonly screen: 'connect' | 'upgrades' | 'settings' };

/** That a rule is true, and why. */
export interface Seen<Cause extends string = string> {
  readonly cause: Cause;
  /** Entries that show it. */
  readonly evidence: readonly number[];
  /** They fill its sentences; of texts a machine sent, short ones only. */
  readonly params?: Params;
  /** Since when, ms; left out: since it was seen first. */
  readonly since?: number;
}

export interface Rule<Cause extends string = string> {
  readonly severity: Severity;
  /** Members of a machine's state that it depends on: while none of them changes it is not asked again. */
  readonly reads: readonly (keyof MachineState)[];
  /** It may begin or end to be true because time passes. */
  readonly byTime: boolean;
  /** Its likely causes, and what each proposes. */
  readonly causes: Readonly<Record<Cause, DiagnosisAction | null>>;
  /** `null`: it is not true. */
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
