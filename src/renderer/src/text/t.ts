/**
 * The parameters of `t`: the English keys, each with the names in its text's braces. i18next's own type is equivalent, but evaluates all texts
 * at each call, which takes two thirds of a full type check.
 */
import type { en } from '../locales/en';

type Texts = typeof en;
/** Paths of all texts in a tree, joined with dots. */
type PathIn<Node> = {
  [K in keyof Node & string]: Node[K] extends string ? K : `${K}.${PathIn<Node[K]>}`;
}[keyof Node & string];
type Path = PathIn<Texts>;
/** The text depends on the count: `key_one`, `key_other`. */
type Counted = Path extends infer P ? (P extends `${infer Key}_other` ? Key : never) : never;
type TextKey = Path | Counted;

type TextAt<Node, P> = P extends `${infer Head}.${infer Rest}`
  ? Head extends keyof Node
    ? TextAt<Node[Head], Rest>
    : never
  : P extends keyof Node
    ? Node[P]
    : never;
type NameOf<Braced> = Braced extends `${infer Name},${string}` ? Name : Braced;
type NamesIn<Text> = Text extends `${string}{{${infer Braced}}}${infer Rest}`
  ? NameOf<Braced> | NamesIn<Rest>
  : never;
type NamesOf<K> = K extends Path
  ? NamesIn<TextAt<Texts, K>>
  : K extends string
    ? 'count' | NamesIn<TextAt<Texts, `${K}_other`>>
    : never;

type Value = string | number;
type Params = Readonly<Record<string, unknown>>;
type Given<K> = [NamesOf<K>] extends [never]
  ? [params?: Params]
  : [params: Readonly<Record<NamesOf<K> & string, Value>> & Params];

export type T = <K extends TextKey>(key: K, ...params: Given<K>) => string;

type AnyKey = (key: string, params?: Readonly<Record<string, string | number | boolean>>) => string;

/** For keys built from data, which the compiler can't check. Tests check that each of them exists. */
export const anyKey = (t: T): AnyKey => t as AnyKey;
