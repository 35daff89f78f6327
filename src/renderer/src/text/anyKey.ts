import type { T } from './t';

type Params = Readonly<Record<string, string | number | boolean>>;

/** For keys that are put together from data, which the compiler can't check: the tests look up every one of them. */
export const anyKey = (t: T): ((key: string, params?: Params) => string) =>
  t as (key: string, params?: Params) => string;
