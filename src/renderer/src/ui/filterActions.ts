import { createContext } from 'react';
import type { EditField, EditValue } from '#shared/filter/language/edit';

/** "Only this" and "not this": what a click on a value does to the filter of the list it belongs to. */
export interface FilterActions {
  /** `value` as the data has it (`EditValue`); a member of the body is named by its names from the outside in. */
  readonly add: (field: EditField, value: EditValue, mode: 'only' | 'not') => void;
}
/** `null`: what is shown belongs to no list that can be filtered. */
export const FilterActionsContext = createContext<FilterActions | null>(null);
