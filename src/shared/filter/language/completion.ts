/** Input and output of completion. */
import type { MeaningName } from '../../messages/lookup';
import type { FindingCode } from '../../findings';
import type { FieldName, MachineFieldName } from './tree';

export interface CompletionContext {
  /** Commands seen or known. */
  readonly commands: readonly string[];
  readonly machines: readonly { readonly vmcNo: number; readonly name: string | null }[];
  /** Member names to offer after `body.`, such as those of the open frame. */
  readonly members: readonly string[];
  readonly saved: readonly { readonly name: string; readonly text: string }[];
  /** Present values, by field. */
  readonly present?: Readonly<Record<string, readonly string[]>>;
}

export const filterOperators = [':', '=', '!=', '>', '>=', '<', '<=', '~'] as const;
export type FilterOperator = (typeof filterOperators)[number];

/** The window's text next to an item. */
export type Hint =
  | { readonly of: 'field'; readonly field: FieldName }
  | { readonly of: 'machineField'; readonly field: MachineFieldName }
  | { readonly of: 'operator'; readonly op: FilterOperator }
  | { readonly of: 'word'; readonly field: string; readonly word: string }
  | { readonly of: 'command'; readonly cmd: string }
  | { readonly of: 'finding'; readonly code: FindingCode }
  | { readonly of: 'errorCode'; readonly code: string }
  | { readonly of: 'memberValue'; readonly means: MeaningName | null; readonly value: string }
  | { readonly of: 'machine'; readonly name: string | null }
  | { readonly of: 'saved'; readonly text: string }
  | { readonly of: 'ago' | 'day' | 'present' | 'group' | 'member' | 'seen' }
  | { readonly of: 'keyword'; readonly word: 'OR' | 'NOT' };

export interface Completion {
  readonly insert: string;
  readonly label: string;
  readonly kind: 'field' | 'operator' | 'value' | 'keyword' | 'saved';
  readonly hint: Hint;
}
export interface Completions {
  /** The range that an item replaces. */
  readonly from: number;
  readonly to: number;
  readonly items: readonly Completion[];
}
