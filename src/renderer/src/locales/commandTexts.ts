import type { commands as rows, CommandName } from '#shared/commands/index';
import type { Platform } from '#shared/model/machine';

interface Texts {
  readonly name: string;
  /** The confirmation before the command is sent. */
  readonly ask: string;
  /** The button that sends it. */
  readonly send: string;
  /** Labels of the form. */
  readonly form?: Readonly<Record<string, unknown>>;
  /** Why a program lacks such a command, if the usual text is not enough. */
  readonly absent?: Readonly<Partial<Record<Platform, string>>>;
  /** For another try after some time without proof. */
  readonly retry?: { readonly why: string; readonly send: string };
}
type All<Keys extends string> = Readonly<Record<Keys, string>>;
/** With every text that the row's data can need: the request (`says`), the reason to wait, the reason against it now, its own steps. */
type TextsOf<Row> = Row extends { readonly steps: infer Own; readonly words?: infer Word }
  ? Texts &
      (Word extends {
        readonly full: infer Full extends string;
        readonly waiting: infer Wait extends string;
        readonly why: infer Why extends string;
      }
        ? { readonly waits: All<Wait> } & ([Full] extends [never] ? unknown : { readonly says: All<Full> }) &
            ([Why] extends [never] ? unknown : { readonly notNow: All<Why> })
        : unknown) &
      ([keyof Own] extends [never] ? unknown : { readonly steps: All<keyof Own & string> })
  : never;
/** The texts of each command. */
export type CommandTexts = { readonly [Name in CommandName]: TextsOf<(typeof rows)[Name]> };
