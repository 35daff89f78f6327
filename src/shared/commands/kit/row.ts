/** The row of a command at run time: the definition with its defaults. Stored input is checked at each call. */
import type { z } from 'zod';
import type { CloseReason } from '../../model/frame';
import type { JsonObject, JsonValue } from '../../model/json';
import type { Platform } from '../../model/machine';
import type { MachineMessage, WireMessage } from '../../model/message';
import { goesWithin } from '../../model/restarts';
import type { Definition, Effect, Risk } from './definition';
import { fieldsOf, type FormField } from './fields';
import type { StepParams } from './given';
import { minute } from './inputs';
import type { SharedReason } from './possible';
import { notMine, stagesOf, type About, type StageFacts, type Verdict } from './verdict';
import { both, messageId, type PerPlatform, type WireContext, type WireForm } from './wire';

/** A message or the end of a connection, for the judgement. */
export type Heard =
  | { readonly kind: 'message'; readonly body: MachineMessage }
  | { readonly kind: 'closed'; readonly reason: CloseReason };

type AnyDefinition = Definition<JsonObject, string, string, string, string>;

/** All members of a definition. For stored input that its schema does not accept, they have no effect. */
export interface CommandRow extends Required<Omit<AnyDefinition, 'wire' | 'expects'>> {
  readonly input: z.ZodObject;
  readonly effects: PerPlatform<readonly Effect[]>;
  readonly risk: PerPlatform<Risk>;
  /** Whether a member of the input may have this value. */
  readonly takes: (member: string, value: JsonValue) => boolean;
  /** `null`: the row has a form of its own. */
  readonly fields: readonly FormField[] | null;
  /** Whether this program has the command. */
  readonly has: PerPlatform<boolean>;
  readonly wire: (input: JsonObject, to: WireContext) => readonly WireMessage[];
  /** Ids of its messages (`messageId`), by platform. */
  readonly messages: PerPlatform<readonly string[]>;
  /** The proof's stages in order; none if nothing can prove the command. */
  readonly stages: PerPlatform<readonly StageFacts[]>;
  /** The verdict of each expectation of the current stage, in order. */
  readonly judge: (heard: Heard, about: Omit<About<unknown>, 'input' | 'facts'>) => readonly Verdict[];
}

/** The row with the types for texts and tests. */
export interface TypedRow<
  Schema extends z.ZodObject,
  Own extends string,
  Key extends string,
  Wait extends string,
  Why extends string,
> extends CommandRow {
  readonly input: Schema;
  readonly steps: Readonly<Record<Own, StepParams>>;
  readonly words?: { readonly full: Key; readonly waiting: Wait; readonly why: Exclude<Why, SharedReason> };
}

type Defaults<Row> = {
  readonly [K in keyof Row as Pick<Row, K> extends Required<Pick<Row, K>> ? never : K]-?: Row[K];
};

const defaults: Defaults<AnyDefinition> = {
  ofOneBuild: false,
  like: () => false,
  needs: null,
  refuses: () => null,
  possible: () => null,
  notYet: () => false,
  already: () => null,
  awaitsLogin: () => false,
  remember: () => ({}),
  follows: () => ({}),
  steps: {},
  silent: () => false,
  awaits: () => [],
  onTransfer: () => [],
  holdsOthers: () => false,
  onUpload: () => notMine,
  onProducts: () => [],
  notice: () => 'accepted',
  onExpired: () => notMine,
  unheardFor: null,
  lateFor: 10 * minute,
  outlivesRestart: false,
  goesWithin,
  alone: both(0),
  slot: null,
  keptOverRuns: false,
  namedByProof: both(false),
  sameAs: () => true,
  replaces: () => false,
  replacedBy: 'replaced',
  retry: null,
  says: () => null,
  waiting: () => ['proof', {}],
  keepsInput: false,
  preview: null,
  newPrice: null,
};

/** An arbitrary machine. Wire forms depend on it, ids do not. */
const anyMachine = { vmcNo: 1, sessionId: '1', upgradeDir: '', upgradeType: null } as const;

/** Two calls, so that the input's type is inferred before the row. */
export const command =
  <Schema extends z.ZodObject>(input: Schema) =>
  <
    const Own extends string = never,
    const Key extends string = never,
    const Wait extends string = 'proof',
    const Why extends string = never,
  >(
    definition: Definition<z.infer<Schema>, Own, Key, Wait, Why>,
  ): TypedRow<Schema, Own, Key, Wait, Why> =>
    rowOf(input, definition);

function rowOf<
  Schema extends z.ZodObject,
  Own extends string,
  Key extends string,
  Wait extends string,
  Why extends string,
>(
  schema: Schema,
  definition: Definition<z.infer<Schema>, Own, Key, Wait, Why>,
): TypedRow<Schema, Own, Key, Wait, Why> {
  type Input = z.infer<Schema>;
  const row = { ...defaults, ...definition } as Required<Definition<Input, Own, Key, Wait, Why>>;
  const { expects, retry, preview, newPrice } = row;
  const effects = 'linux' in row.effects ? row.effects : both(row.effects);
  const plain = schema.strip();
  const members: Readonly<Record<string, z.ZodType>> = schema.shape;
  /** Without stored facts; `null`: written by another version of Crema. */
  const read = (input: JsonObject): Input | null => {
    const parsed = plain.safeParse(input);
    return parsed.success ? (parsed.data as Input) : null;
  };
  const reading = <Result>(input: JsonObject, apply: (read: Input) => Result, otherwise: Result): Result => {
    const parsed = read(input);
    return parsed === null ? otherwise : apply(parsed);
  };
  return {
    ...row,
    input: schema,
    examples: row.examples as CommandRow['examples'],
    effects,
    risk: { linux: effects.linux[0] ?? 'none', android: effects.android[0] ?? 'none' },
    takes: (member, value) => members[member]?.safeParse(value).success === true,
    fields: fieldsOf(schema),
    has: { linux: row.wire.linux !== null, android: row.wire.android !== null },
    wire: (input, to) => reading(input, (one) => messagesOf(row.wire, one, to), []),
    messages: { linux: idsOf(row, 'linux'), android: idsOf(row, 'android') },
    refuses: (input, platform) => reading(input, (one) => row.refuses(one, platform), null),
    possible: (now, input) => row.possible(now, input && read(input)),
    already: (now, input) => reading(input, (one) => row.already(now, one), null),
    awaitsLogin: (now, input) => reading(input, (one) => row.awaitsLogin(now, one), false),
    remember: (now, input, listed) => reading<JsonObject>(input, (one) => row.remember(now, one, listed), {}),
    follows: (earlier, input) => reading<JsonObject>(input, (one) => row.follows(earlier, one), {}),
    silent: (input, platform) => reading(input, (one) => row.silent(one, platform), false),
    stages: { linux: stagesOf(expects.linux), android: stagesOf(expects.android) },
    judge: (heard, about) => {
      const proof = expects[about.command.platform ?? 'linux'];
      if ('never' in proof) return [];
      const { input: facts, stage } = about.command;
      return (proof[stage]?.anyOf ?? []).map((expectation) => {
        if (heard.kind === 'closed')
          return expectation.on === 'closed' ? expectation.judge(heard.reason) : notMine;
        const { body } = heard;
        if (expectation.on === 'closed' || !expectation.on.includes(body.cmd)) return notMine;
        return reading(facts, (input) => expectation.judge(body, { ...about, input, facts }), notMine);
      });
    },
    awaits: (input) => reading(input, row.awaits, []),
    onProducts: (input, given, listed) => reading(input, (one) => row.onProducts(one, given, listed), []),
    sameAs: (a, b) => reading(a, (one) => reading(b, (other) => row.sameAs(one, other), true), true),
    replaces: (earlier, input) => row.replaces(earlier, input && read(input)),
    retry: retry && {
      after: retry.after,
      input: (given, input) => reading(input, (one) => retry.input(given, one) as JsonObject | null, null),
    },
    says: (input, facts, names) => reading(input, (one) => row.says(one, facts, names), null),
    preview: preview && ((input) => preview(input && read(input))),
    newPrice: newPrice && ((input, price) => reading(input, (one) => newPrice(one, price), null)),
  };
}

function messagesOf<Input>(
  forms: PerPlatform<WireForm<Input> | null>,
  input: Input,
  to: WireContext,
): readonly WireMessage[] {
  // For an unknown program, the document's form is sent, or the only one.
  const form = to.platform === null ? (forms.linux ?? forms.android) : forms[to.platform];
  const written = form?.(input, to) ?? [];
  return Array.isArray(written) ? (written as readonly WireMessage[]) : [written as WireMessage];
}

function idsOf<Input>(
  {
    examples,
    wire,
  }: { readonly examples: readonly Input[]; readonly wire: PerPlatform<WireForm<Input> | null> },
  platform: Platform,
): readonly string[] {
  // A question may precede the command.
  const all = examples.flatMap((input) => messagesOf(wire, input, { ...anyMachine, platform }).slice(-1));
  return [...new Set(all.map(messageId))];
}
