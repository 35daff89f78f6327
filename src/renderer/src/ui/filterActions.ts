import { createContext } from 'react';
import type { EditField, EditValue } from '#shared/filter/language/edit';

/** "Only this" and "not this": the effect of a click on a value on the filter of its list. */
export interface FilterActions {
  /** `value` as in the data (`EditValue`); a body's member is named by its path from the outside in. */
  readonly add: (field: EditField, value: EditValue, mode: 'only' | 'not') => void;
}
/** `null`: the view belongs to no filterable list. */
export const FilterActionsContext = createContext<FilterActions | null>(null);
