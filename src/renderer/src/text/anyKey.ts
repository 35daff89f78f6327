import type { T } from './t';

type Params = Readonly<Record<string, string | number | boolean>>;

/** For keys built from data, which the compiler can't check. Tests check that each of them exists. */
export const anyKey = (t: T): ((key: string, params?: Params) => string) =>
  t as (key: string, params?: Params) => string;
