/** A message, whole: its names, what it holds, what it is answered with and what may be found in it. */
import type { JsonObject, JsonValue } from '../model/json';
import type { QrAnswers, ReplyProfile } from '../model/machineConfig';
import type { Order } from '../model/order';
import type { SignPolicy, SignResult } from '../model/sign';
import type { Direction, WireMessage } from '../model/wire';
import type { Tells, VirtualMachine } from '../virtualMachine';
import { vmcNo } from './common';
import type { Field, Names, Source } from './field';
import type { Sentence } from './says';

export type Fields = Readonly<Record<string, Field>>;
type ValueOf<F> = F extends { readonly read: (...given: never) => infer T } ? T : never;
type Flat<T> = { readonly [K in keyof T]: T[K] };
type Body<C extends string, F extends Fields> = Flat<{ cmd: C } & { [K in keyof F]: ValueOf<F[K]> }>;

/** What is read of the message. `null`: the member was missing or unusable. */
export type BodyOf<Row extends { readonly cmd: string; readonly fields: Fields }> = Body<
  Row['cmd'],
  Row['fields']
>;

/** What a machine is answered by. */
export interface AnswerContext {
  readonly vmcNo: number;
  readonly profile: ReplyProfile;
  /** The machine as known before the message. */
  readonly machine: { readonly orders: readonly Order[] } | null;
  /** Payment types answered to `all`, in this order. */
  readonly paymentTypes: readonly string[];
  readonly qrAnswers: QrAnswers;
  /** What a QR request is answered with; '': the test text. */
  readonly qrTemplate: string;
  /** login_r's ret: 0 unless a person chose otherwise. */
  readonly ret: number;
  readonly now: number;
}

type Answered<A extends string> = { readonly cmd: A } & JsonObject;
export interface Answer<B, A extends string> {
  readonly with: A;
  /** `document`: given under every profile; `extended`: only there [ours]. */
  readonly profile: ReplyProfile;
  /** In the order they are sent; `null`: there is nothing to say. */
  readonly make: (message: B, context: AnswerContext) => Answered<A> | readonly Answered<A>[] | null;
  /**
   * The machine keeps its message and tells it again until this answer, which names it by this field (of both); `oldest`: it
   * names none, and settles the one that was kept first.
   */
  readonly settles?: string;
  /** To a machine that has not said its number; without it such a machine gets nothing. */
  readonly nameless?: Answered<A>;
}

export type Severity = 'info' | 'warning' | 'error';
/** By their codes: how bad each is. */
export type Raises<R extends string> = Readonly<Record<R, Severity>>;
/** Numbers and short texts only. */
export type Params = Readonly<Record<string, string | number>>;

/** What a message is compared with. */
export interface FindingContext {
  readonly now: number;
  /** The machine as known before the message. */
  readonly machine: {
    /** Since when it has been online, or offline. */
    readonly link: { readonly since: number };
    readonly orders: readonly Order[];
    readonly errors: readonly {
      readonly code: string;
      readonly last: number;
      /** It is over unless it was set again by then. */
      readonly ending: { readonly until: number } | null;
    }[];
  } | null;
  /** Comparison of a login's sign with the stored code. */
  readonly sign: SignResult | null;
  readonly signPolicy: SignPolicy | null;
}

export interface Raised<C extends string> {
  readonly code: C;
  readonly params?: Params;
}

/** What a message is on its connection, where more follows from it than from its members. */
export type Role =
  | 'heartbeat' // says that somebody is there, and nothing else
  | 'login' // says whose the connection is
  | 'fault'; // reports an error of the machine

/** What a message of ours does that none of the commands does. */
export type MessageRisk =
  | 'refuses' // a linux machine then switches its network off until it is restarted [field]
  | 'stores'; // the machine keeps a customer number or servers (android, [field])

/** What a list line says of one; `null`: no more than its name. `whole`: false where only its beginning could be read. */
export type Says<B, S extends Sentence | null> = (message: B, whole: boolean) => S;

interface Base<D extends Direction, C extends string, F extends Fields, S extends Sentence | null, Ro> {
  readonly direction: D;
  readonly cmd: C;
  /** Every `cmd` it comes under, in lower case. */
  readonly names: Names;
  readonly source: Source;
  readonly role: Ro;
  readonly fields: F;
  /** The words: `message.<cmd>.<key>`. */
  readonly says: Says<Body<C, F>, S> | null;
  /** One of it, without fault. */
  readonly example: WireMessage;
}

export interface FromMachine<
  C extends string,
  F extends Fields,
  A extends string,
  R extends string,
  S extends Sentence | null,
  Ro extends Role | null,
> extends Base<'in', C, F, S, Ro> {
  readonly answer: Answer<Body<C, F>, A> | null;
  /** The findings it can give rise to, beside those of reading it. */
  readonly raises: Raises<R>;
  readonly findings: ((message: Body<C, F>, context: FindingContext) => readonly Raised<R>[]) | null;
  /** When a virtual machine says it, and how. */
  readonly virtual: Tells;
}

export interface ToMachine<
  C extends string,
  F extends Fields,
  S extends Sentence | null,
  Ro extends Role | null,
> extends Base<'out', C, F, S, Ro> {
  /** What a machine may answer it with. */
  readonly answeredBy: readonly string[];
  /** Of a body written by hand, its names in small letters: how machines compare them, nobody knows. `null`: nor what it does. */
  readonly risk: (
    members: readonly (readonly [name: string, value: JsonValue])[],
  ) => MessageRisk | 'none' | null;
  /** What a virtual machine makes of it. What a command's row says of its own message stands there. */
  readonly virtual: ((vm: VirtualMachine, message: JsonObject) => void) | null;
}

/** Every message has the machine's number. */
type WithNumber<F extends Fields> = { readonly vmcNo: ReturnType<typeof vmcNo> } & F;

const numbered = <F extends Fields>(source: Source, fields: F): WithNumber<F> => ({
  vmcNo: vmcNo(source),
  ...fields,
});

/** A message of a machine's. Its `source` is that of every field that has none of its own. */
export function fromMachine<
  const C extends string,
  F extends Fields,
  const A extends string = never,
  const R extends string = never,
  const S extends Sentence | null = never,
  const Ro extends Role | null = null,
>(
  cmd: C,
  row: {
    readonly source: Source;
    readonly role?: Ro;
    /** Other names it comes under. */
    readonly also?: readonly string[];
    readonly fields: F;
    readonly says?: Says<Body<C, WithNumber<F>>, S>;
    readonly answer?: Answer<Body<C, WithNumber<F>>, A>;
    readonly raises?: Raises<R>;
    readonly findings?: (message: Body<C, WithNumber<F>>, context: FindingContext) => readonly Raised<R>[];
    readonly virtual?: Tells;
    readonly example: JsonObject;
  },
): FromMachine<C, WithNumber<F>, A, R, S, Ro> {
  const { source, also = [], fields, says, answer, raises, findings, virtual = {}, example } = row;
  return {
    direction: 'in',
    cmd,
    names: [cmd, ...also],
    source,
    role: row.role ?? (null as Ro),
    fields: numbered(source, fields),
    says: says ?? null,
    answer: answer ?? null,
    raises: raises ?? ({} as Raises<R>),
    findings: findings ?? null,
    virtual,
    example: { cmd, ...example },
  };
}

/** A message of ours. */
export function toMachine<
  const C extends string,
  F extends Fields,
  const S extends Sentence | null = never,
  const Ro extends Role | null = null,
>(
  cmd: C,
  row: {
    readonly source: Source;
    readonly role?: Ro;
    readonly fields: F;
    readonly says?: Says<Body<C, WithNumber<F>>, S>;
    readonly answeredBy?: readonly string[];
    readonly risk?: ToMachine<C, F, S, Ro>['risk'];
    readonly virtual?: ToMachine<C, F, S, Ro>['virtual'];
    readonly example: JsonObject;
  },
): ToMachine<C, WithNumber<F>, S, Ro> {
  const { source, fields, says, answeredBy = [], risk, virtual, example } = row;
  return {
    direction: 'out',
    cmd,
    names: [cmd],
    source,
    role: row.role ?? (null as Ro),
    fields: numbered(source, fields),
    says: says ?? null,
    answeredBy,
    risk: risk ?? (() => 'none'),
    virtual: virtual ?? null,
    example: { cmd, ...example },
  };
}
