/** The definition of a message: names, content, answers and possible findings. */
import type { JsonObject, JsonValue } from '../model/json';
import type { QrAnswers, ReplyProfile } from '../model/machineSettings';
import type { Order } from '../model/order';
import type { SignPolicy, SignResult } from '../model/sign';
import type { Direction, WireMessage } from '../model/wire';
import type { EventMessages, VirtualMachine } from '../virtualMachine';
import { vmcNo } from './common';
import type { Field, Names, Source } from './field';
import type { Sentence } from './says';

export type Fields = Readonly<Record<string, Field>>;
type ValueOf<F> = F extends { readonly read: (...given: never) => infer T } ? T : never;
type Flat<T> = { readonly [K in keyof T]: T[K] };
type Body<C extends string, F extends Fields> = Flat<{ cmd: C } & { [K in keyof F]: ValueOf<F[K]> }>;

/** The typed content of the message. `null`: the member is missing or unusable. */
export type BodyOf<Row extends { readonly cmd: string; readonly fields: Fields }> = Body<
  Row['cmd'],
  Row['fields']
>;

/** Context of an answer to a machine. */
export interface AnswerContext {
  readonly vmcNo: number;
  readonly profile: ReplyProfile;
  /** The machine's state before the message. */
  readonly machine: { readonly orders: readonly Order[] } | null;
  /** Payment types in the answer to `all`, in this order. */
  readonly paymentTypes: readonly string[];
  readonly qrAnswers: QrAnswers;
  /** The answer to a QR request; '': the test text. */
  readonly qrTemplate: string;
  /** login_r's ret: 0 unless a person chose otherwise. */
  readonly ret: number;
  readonly now: number;
}

type Answered<A extends string> = { readonly cmd: A } & JsonObject;
export interface Answer<B, A extends string> {
  readonly with: A;
  /** `document`: sent under every profile; `extended`: only under that one [ours]. */
  readonly profile: ReplyProfile;
  /** In order of sending; `null`: no answer. */
  readonly make: (message: B, context: AnswerContext) => Answered<A> | readonly Answered<A>[] | null;
  /**
   * The machine keeps and repeats its message until this answer, which refers to it by this field (of both messages).
   * `oldest`: the answer has no such field and settles the oldest kept message.
   */
  readonly settles?: string;
  /** For a machine whose number is unknown; without it, no answer. */
  readonly nameless?: Answered<A>;
}

export type Severity = 'info' | 'warning' | 'error';
/** The severity of each finding code. */
export type Raises<R extends string> = Readonly<Record<R, Severity>>;
/** Only numbers and short texts. */
export type Params = Readonly<Record<string, string | number>>;
/** Findings of reading. Members of the document must be present and valid; members seen only in the field are optional. */
export interface ReaderFinding {
  readonly code: 'field.missing' | 'field.invalid' | 'field.unknown' | 'cmd.unknown';
  readonly params: Params;
}

/** State to compare a message with. */
export interface FindingContext {
  readonly now: number;
  /** The machine's state before the message. */
  readonly machine: {
    /** Start of the present online or offline state. */
    readonly link: { readonly since: number };
    readonly orders: readonly Order[];
    readonly errors: readonly {
      readonly code: string;
      readonly last: number;
      /** The error ends unless it is set again by then. */
      readonly ending: { readonly until: number } | null;
    }[];
  } | null;
  /** Result of comparing a login's sign with the stored code. */
  readonly sign: SignResult | null;
  readonly signPolicy: SignPolicy | null;
}

export interface Raised<C extends string> {
  readonly code: C;
  readonly params?: Params;
}

/** A message's role on its connection, if it has one beyond its members. */
export type Role =
  | 'heartbeat' // a sign of life, nothing else
  | 'login' // identifies the machine of the connection
  | 'fault'; // reports an error of the machine

/** Effects of Crema's messages that no command has. */
export type MessageRisk =
  | 'refuses' // a linux machine switches its network off until it is restarted [field]
  | 'stores'; // the machine stores a customer number or servers (android, [field])

/** Text of a message in a list; `null`: only its name. `whole`: false if only the beginning was readable. */
export type Says<B, S extends Sentence | null> = (message: B, whole: boolean) => S;

interface Base<D extends Direction, C extends string, F extends Fields, S extends Sentence | null, Ro> {
  readonly direction: D;
  readonly cmd: C;
  /** Every `cmd` of the message, in lower case. */
  readonly names: Names;
  readonly source: Source;
  readonly role: Ro;
  readonly fields: F;
  /** Texts: `message.<cmd>.<key>`. */
  readonly says: Says<Body<C, F>, S> | null;
  /** A valid example. */
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
  /** Possible findings, in addition to those of reading. */
  readonly raises: Raises<R>;
  readonly findings: ((message: Body<C, F>, context: FindingContext) => readonly Raised<R>[]) | null;
  /** When a virtual machine sends it, and its content. */
  readonly virtual: EventMessages;
}

export interface ToMachine<
  C extends string,
  F extends Fields,
  S extends Sentence | null,
  Ro extends Role | null,
> extends Base<'out', C, F, S, Ro> {
  /** Possible answers of a machine. */
  readonly answeredBy: readonly string[];
  /** Risk of a body written by hand, with lower-case names: how machines compare names is unknown. `null`: unknown risk. */
  readonly risk: (
    members: readonly (readonly [name: string, value: JsonValue])[],
  ) => MessageRisk | 'none' | null;
  /** A virtual machine's reaction. The reaction to a command's own message is in the command's row. */
  readonly virtual: ((vm: VirtualMachine, message: JsonObject) => void) | null;
}

/** Every message has the machine's number. */
type WithNumber<F extends Fields> = { readonly vmcNo: ReturnType<typeof vmcNo> } & F;

const numbered = <F extends Fields>(source: Source, fields: F): WithNumber<F> => ({
  vmcNo: vmcNo(source),
  ...fields,
});

/** Defines a message of machines. `source` applies to every field without its own. */
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
    /** Alternative names. */
    readonly also?: readonly string[];
    readonly fields: F;
    readonly says?: Says<Body<C, WithNumber<F>>, S>;
    readonly answer?: Answer<Body<C, WithNumber<F>>, A>;
    readonly raises?: Raises<R>;
    readonly findings?: (message: Body<C, WithNumber<F>>, context: FindingContext) => readonly Raised<R>[];
    readonly virtual?: EventMessages;
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

/** Defines a message to machines. */
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
