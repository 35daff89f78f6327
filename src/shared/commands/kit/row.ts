/** The definition of a command, and the row used at run time, with checked input and without type parameters. */
import type { z } from 'zod';
import type { AppError } from '../../contract/errors';
import type { CloseReason } from '../../model/frame';
import type { JsonObject, JsonValue } from '../../model/json';
import type { Platform } from '../../model/machine';
import type { MachineMessage, WireMessage } from '../../model/message';
import { goesWithin } from '../../model/restarts';
import type { Upload } from '../../model/fetched';
import type { Transfer } from '../../model/upgrade';
import { fieldsOf, type FormField } from './fields';
import type { GivenCommand, StepParams } from './given';
import { minute } from './inputs';
import type { ListedProducts, Listing } from './listed';
import type { MachineContext, Hindrance, SharedReason } from './possible';
import type { SharedStep } from './steps';
import { notMine, stagesOf, type About, type Proof, type StageFacts, type Verdict } from './verdict';
import type { Obeys } from '../../virtualMachine';
import { both, messageId, type PerPlatform, type WireContext, type WireForm } from './wire';

/** Effects on the machine or on money. Crema asks once for confirmation before it sends a command with an effect. */
export type Effect =
  | 'opens' // opens the door
  | 'dispenses' // hot water or a drink: danger for hands
  | 'restarts' // a minute or more without sales
  | 'restartsPart' // the part, or the program with it: possibly no sales for a while
  | 'reconnects' // only the link; the machine may use another server
  | 'pays' // the machine takes an order as paid
  | 'reprices' // customers pay other amounts
  | 'restocks' // changes the counted materials and records a refill
  | 'relists'; // customers see another menu
export type Risk = Effect | 'none';

/** Product names known to the window. */
interface Names {
  readonly productName: (productId: number) => string | null;
}

/** A text key of the row with its parameters. */
type RowText<Key extends string = string> = readonly [key: Key, params: StepParams];

type Steps = Readonly<Record<string, StepParams>>;
type StepOf<Own extends string> = SharedStep | Own;

/**
 * Meaning of android's notice with status 1 [field3]. `accepted`: sent before the machine acts; other evidence proves the command.
 * `acceptedOnly`: the same, but no other evidence exists. `done`: sent after the machine has acted.
 */
export type NoticeMeaning = 'accepted' | 'acceptedOnly' | 'done';

export interface Definition<
  Schema extends z.ZodObject,
  Own extends string,
  Key extends string,
  Wait extends string,
  Why extends string,
> {
  /** For the inspector's templates and the tests. Their wire forms identify the command. */
  readonly examples: readonly [z.infer<Schema>, ...z.infer<Schema>[]];
  /** Where the window offers it: a button of the machine's page, its menu, or an order. */
  readonly offered: 'button' | 'menu' | 'order';
  /** The most serious first: it is the command's risk. */
  readonly effects: readonly Effect[] | PerPlatform<readonly Effect[]>;
  /** `null`: this program lacks the command. */
  readonly wire: PerPlatform<WireForm<z.infer<Schema>> | null>;
  /** android's form is known from only one build of its program. Other builds may ignore it [field]. */
  readonly ofOneBuild?: true;
  /** Other messages with the same effect on a machine or on money. */
  readonly like?: (body: JsonObject) => boolean;
  /** The machine needs a package, or an address of Crema to which it sends a file. */
  readonly needs?: 'package' | 'address';
  /** Error of an input whose members are valid individually. */
  readonly refuses?: (input: z.infer<Schema>, platform: Platform | null) => AppError | null;
  /** `null`: possible. `input` is `null` until the form is complete. */
  readonly possible?: (now: MachineContext, input: z.infer<Schema> | null) => Hindrance<Why> | null;
  /** Delays sending while its proof would look like an unprompted report. `at`: ms. */
  readonly notYet?: (now: MachineContext, at: number) => boolean;
  /** The state that the command would bring, if the machine already has it; `null`: not, or unknown. */
  readonly already?: (now: MachineContext, input: z.infer<Schema>) => StepParams | null;
  /** Whether a run waits for the machine's next login, which reports the present state. */
  readonly awaitsLogin?: (now: MachineContext, input: z.infer<Schema>) => boolean;
  /** Facts to store when the command is given, and again when it is sent. `listed`: the last product list. */
  readonly remember?: (now: MachineContext, input: z.infer<Schema>, listed: Listing | null) => JsonObject;
  /** Facts to store about earlier commands that were given up and have the same proof (`sameAs`). */
  readonly follows?: (earlier: readonly GivenCommand[], input: z.infer<Schema>) => JsonObject;
  /** Steps of this command alone, each with example parameters. */
  readonly steps?: Readonly<Record<Own, StepParams>>;
  readonly expects: PerPlatform<Proof<z.infer<Schema>, StepOf<NoInfer<Own>>>>;
  /** With this input, the machine sends no proof. */
  readonly silent?: (input: z.infer<Schema>, platform: Platform | null) => boolean;
  /** Parts that need separate proof. */
  readonly awaits?: (input: z.infer<Schema>) => readonly number[];
  /** Reaction to a download from Crema's update server: not proof, but of interest to a person. `address`: of the current or last connection. */
  readonly onTransfer?: (
    command: GivenCommand,
    transfer: Transfer,
    address: string | null,
  ) => readonly Verdict<StepOf<NoInfer<Own>>>[];
  /** The last step would be the same on other machines with this command: a run holds them back. */
  readonly holdsOthers?: (command: GivenCommand) => boolean;
  /** Reaction to an upload to the address sent with the command: the requested file, or the reason why it was refused. */
  readonly onUpload?: (command: GivenCommand, upload: Upload) => Verdict<StepOf<NoInfer<Own>>>;
  /** Reaction to a product list requested after the command. */
  readonly onProducts?: (
    input: z.infer<Schema>,
    command: GivenCommand,
    listed: ListedProducts,
  ) => readonly Verdict<StepOf<NoInfer<Own>>>[];
  /** Meaning of android's notice with status 1; `accepted` by default. */
  readonly notice?: (command: GivenCommand) => NoticeMeaning;
  /** Verdict when no proof arrives in time; `expired` by default. */
  readonly onExpired?: (command: GivenCommand) => Verdict<StepOf<NoInfer<Own>>>;
  /** ms of silence, of a machine that has left or downloaded its package, before its proof is given up. */
  readonly unheardFor?: number;
  /** ms that the command may wait for the machine to connect. Short if late execution would surprise someone at the machine. */
  readonly queueFor: number;
  /** ms after giving up in which proof still counts; ten minutes by default. */
  readonly lateFor?: number;
  /** Its proof survives a restart, so it does not delay a restart of the machine. */
  readonly outlivesRestart?: true;
  /** ms after the command in which a restarting machine is last heard; some seconds by default. */
  readonly goesWithin?: number;
  /** ms in which nothing else is sent afterwards. After its first stage, nothing else is sent until it ends. */
  readonly alone?: number | PerPlatform<number>;
  /** android keeps one such command at a time. A newer one replaces or loses it silently [field3]. */
  readonly slot?: 'settings';
  /** If queued, it stays queued over a restart of Crema. */
  readonly keptOverRuns?: true;
  /** Its proof identifies it, so a given-up command is still judged when the same is requested again. A platform: only on this one. */
  readonly namedByProof?: true | Platform;
  /** Whether one frame could prove either of two commands. By default true for any two of this row. */
  readonly sameAs?: (a: z.infer<Schema>, b: z.infer<Schema>) => boolean;
  /** Whether a newer command replaces a command that still waits for its proof. `null`: the form is not complete yet. */
  readonly replaces?: (earlier: GivenCommand, input: z.infer<Schema> | null) => boolean;
  /** The final step of the replaced command. */
  readonly replacedBy?: StepOf<NoInfer<Own>>;
  /** Another attempt, offered after a while without proof. A person starts it. */
  readonly retry?: {
    readonly after: number;
    readonly input: (command: GivenCommand, input: z.infer<Schema>) => z.infer<Schema> | null;
  };
  /** The request as text; `null`: the command's name is sufficient. */
  readonly says?: (input: z.infer<Schema>, facts: JsonObject, names: Names) => RowText<Key> | null;
  /** The missing evidence as text; `proof` by default. */
  readonly waiting?: (command: GivenCommand) => RowText<Wait>;
  /** The form begins with the last sent input. */
  readonly keepsInput?: true;
  /** The expected result of the input, for the form; `null`: no input yet. */
  readonly preview?: (input: z.infer<Schema> | null) => StepParams;
  /** The resulting price in fen of a product with this price, for the form. */
  readonly newPrice?: (input: z.infer<Schema>, price: number) => number;
  /** The behaviour of a virtual machine, if its program has the command. */
  readonly virtual: PerPlatform<Obeys | null>;
}

/** A message or the end of a connection, for the judgement. */
export type Heard =
  | { readonly kind: 'message'; readonly body: MachineMessage }
  | { readonly kind: 'closed'; readonly reason: CloseReason };

export interface CommandRow {
  readonly input: z.ZodObject;
  readonly examples: readonly JsonObject[];
  readonly offered: 'button' | 'menu' | 'order';
  readonly effects: PerPlatform<readonly Effect[]>;
  readonly risk: PerPlatform<Risk>;
  /** Whether a member of the input may have this value. */
  readonly takes: (member: string, value: JsonValue) => boolean;
  /** `null`: the row has a form of its own. */
  readonly fields: readonly FormField[] | null;
  /** Whether this program has the command. */
  readonly has: PerPlatform<boolean>;
  readonly wire: (input: JsonObject, to: WireContext) => readonly WireMessage[];
  readonly ofOneBuild: PerPlatform<boolean>;
  /** Ids of its messages (`messageId`), by platform. */
  readonly messages: PerPlatform<readonly string[]>;
  readonly like: (body: JsonObject) => boolean;
  readonly needs: 'package' | 'address' | null;
  readonly refuses: (input: JsonObject, platform: Platform | null) => AppError | null;
  readonly possible: (now: MachineContext, input: JsonObject) => Hindrance | null;
  readonly notYet: (now: MachineContext, at: number) => boolean;
  readonly already: (now: MachineContext, input: JsonObject) => StepParams | null;
  readonly awaitsLogin: (now: MachineContext, input: JsonObject) => boolean;
  readonly remember: (now: MachineContext, input: JsonObject, listed: Listing | null) => JsonObject;
  readonly follows: (earlier: readonly GivenCommand[], input: JsonObject) => JsonObject;
  readonly steps: Steps;
  readonly silent: (input: JsonObject, platform: Platform | null) => boolean;
  /** The proof's stages in order; none if nothing can prove the command. */
  readonly stages: PerPlatform<readonly StageFacts[]>;
  /** The verdict of each expectation of the current stage, in order. */
  readonly judge: (heard: Heard, about: Omit<About<unknown>, 'input' | 'facts'>) => readonly Verdict[];
  readonly awaits: (input: JsonObject) => readonly number[];
  readonly onTransfer: (
    command: GivenCommand,
    transfer: Transfer,
    address: string | null,
  ) => readonly Verdict[];
  readonly holdsOthers: (command: GivenCommand) => boolean;
  readonly onUpload: (command: GivenCommand, upload: Upload) => Verdict;
  readonly onProducts: (command: GivenCommand, listed: ListedProducts) => readonly Verdict[];
  readonly notice: (command: GivenCommand) => NoticeMeaning;
  /** `null`: it has expired. */
  readonly onExpired: (command: GivenCommand) => Verdict;
  readonly unheardFor: number | null;
  readonly queueFor: number;
  readonly lateFor: number;
  readonly outlivesRestart: boolean;
  readonly goesWithin: number;
  readonly alone: PerPlatform<number>;
  readonly slot: 'settings' | null;
  readonly keptOverRuns: boolean;
  readonly namedByProof: PerPlatform<boolean>;
  readonly sameAs: (a: JsonObject, b: JsonObject) => boolean;
  readonly replaces: (earlier: GivenCommand, input: JsonObject) => boolean;
  readonly replacedBy: string;
  readonly retry: {
    readonly after: number;
    readonly input: (command: GivenCommand) => JsonObject | null;
  } | null;
  readonly says: (input: JsonObject, names: Names) => RowText | null;
  readonly waiting: (command: GivenCommand) => RowText;
  readonly keepsInput: boolean;
  readonly preview: ((input: JsonObject | null) => StepParams) | null;
  readonly newPrice: ((input: JsonObject, price: number) => number | null) | null;
  readonly virtual: PerPlatform<Obeys | null>;
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
    definition: Definition<Schema, Own, Key, Wait, Why>,
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
  definition: Definition<Schema, Own, Key, Wait, Why>,
): TypedRow<Schema, Own, Key, Wait, Why> {
  type Input = z.infer<Schema>;
  const { expects, wire, retry, preview, newPrice, alone = 0 } = definition;
  const effects = 'linux' in definition.effects ? definition.effects : both(definition.effects);
  const plain = schema.strip();
  const members: Readonly<Record<string, z.ZodType>> = schema.shape;
  /** Without stored facts; `null`: written by another version of Crema. */
  const read = (input: JsonObject): Input | null => {
    const parsed = plain.safeParse(input);
    return parsed.success ? (parsed.data as Input) : null;
  };
  const messagesOf = (input: Input, to: WireContext): readonly WireMessage[] => {
    // For an unknown program, the document's form is sent, or the only one.
    const form = to.platform === null ? (wire.linux ?? wire.android) : wire[to.platform];
    const written = form?.(input, to) ?? [];
    return Array.isArray(written) ? (written as readonly WireMessage[]) : [written as WireMessage];
  };
  const ids = (platform: Platform): readonly string[] => {
    // A question may precede the command.
    const all = definition.examples.flatMap((input) =>
      messagesOf(input, { ...anyMachine, platform }).slice(-1),
    );
    return [...new Set(all.map(messageId))];
  };
  const isNamedOn = (platform: Platform): boolean =>
    definition.namedByProof === true || definition.namedByProof === platform;
  return {
    input: schema,
    examples: definition.examples as readonly JsonObject[],
    offered: definition.offered,
    effects,
    risk: { linux: effects.linux[0] ?? 'none', android: effects.android[0] ?? 'none' },
    takes: (member, value) => members[member]?.safeParse(value).success === true,
    fields: fieldsOf(schema),
    has: { linux: wire.linux !== null, android: wire.android !== null },
    wire: (input, to) => {
      const parsed = read(input);
      return parsed === null ? [] : messagesOf(parsed, to);
    },
    ofOneBuild: { linux: false, android: definition.ofOneBuild ?? false },
    messages: { linux: ids('linux'), android: ids('android') },
    like: definition.like ?? (() => false),
    needs: definition.needs ?? null,
    refuses: (input, platform) => {
      const parsed = read(input);
      return parsed === null ? null : (definition.refuses?.(parsed, platform) ?? null);
    },
    possible: (now, input) => definition.possible?.(now, read(input)) ?? null,
    notYet: definition.notYet ?? (() => false),
    already: (now, input) => {
      const parsed = read(input);
      return parsed === null ? null : (definition.already?.(now, parsed) ?? null);
    },
    awaitsLogin: (now, input) => {
      const parsed = read(input);
      return parsed !== null && definition.awaitsLogin?.(now, parsed) === true;
    },
    remember: (now, input, listed) => {
      const parsed = read(input);
      return parsed === null ? {} : (definition.remember?.(now, parsed, listed) ?? {});
    },
    follows: (earlier, input) => {
      const parsed = read(input);
      return parsed === null ? {} : (definition.follows?.(earlier, parsed) ?? {});
    },
    steps: definition.steps ?? ({} as Readonly<Record<Own, StepParams>>),
    silent: (input, platform) => {
      const parsed = read(input);
      return parsed !== null && definition.silent?.(parsed, platform) === true;
    },
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
        const input = read(facts);
        return input === null ? notMine : expectation.judge(body, { ...about, input, facts });
      });
    },
    awaits: (input) => {
      const parsed = read(input);
      return parsed === null ? [] : (definition.awaits?.(parsed) ?? []);
    },
    onTransfer: definition.onTransfer ?? (() => []),
    holdsOthers: definition.holdsOthers ?? (() => false),
    onUpload: definition.onUpload ?? (() => notMine),
    onProducts: (given, listed) => {
      const input = read(given.input);
      return input === null ? [] : (definition.onProducts?.(input, given, listed) ?? []);
    },
    notice: definition.notice ?? (() => 'accepted'),
    onExpired: definition.onExpired ?? (() => notMine),
    unheardFor: definition.unheardFor ?? null,
    queueFor: definition.queueFor,
    lateFor: definition.lateFor ?? 10 * minute,
    outlivesRestart: definition.outlivesRestart ?? false,
    goesWithin: definition.goesWithin ?? goesWithin,
    alone: typeof alone === 'number' ? both(alone) : alone,
    slot: definition.slot ?? null,
    keptOverRuns: definition.keptOverRuns ?? false,
    namedByProof: { linux: isNamedOn('linux'), android: isNamedOn('android') },
    sameAs: (a, b) => {
      const [one, other] = [read(a), read(b)];
      if (one === null || other === null || definition.sameAs === undefined) return true;
      return definition.sameAs(one, other);
    },
    replaces: (earlier, input) => definition.replaces?.(earlier, read(input)) ?? false,
    replacedBy: definition.replacedBy ?? 'replaced',
    retry:
      retry === undefined
        ? null
        : {
            after: retry.after,
            input: (given) => {
              const input = read(given.input);
              return input === null ? null : (retry.input(given, input) as JsonObject | null);
            },
          },
    says: (facts, names) => {
      const input = read(facts);
      return input === null ? null : (definition.says?.(input, facts, names) ?? null);
    },
    waiting: definition.waiting ?? (() => ['proof', {}]),
    keepsInput: definition.keepsInput ?? false,
    preview: preview === undefined ? null : (input) => preview(input === null ? null : read(input)),
    newPrice:
      newPrice === undefined
        ? null
        : (input, price) => {
            const parsed = read(input);
            return parsed === null ? null : newPrice(parsed, price);
          },
    virtual: definition.virtual,
  };
}
