import type { ComponentType } from 'react';
import type { CommandName } from '#shared/commands/index';
import type { JsonObject } from '#shared/model/json';

/** The form of a command, which belongs to another feature. */
export type StepForm = ComponentType<{
  readonly name: CommandName;
  readonly input: JsonObject | null;
  readonly machines: readonly number[];
  readonly onFilled: (input: JsonObject) => void;
  readonly onCancel: () => void;
}>;
