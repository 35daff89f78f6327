/** What a command's row says, and the row as it is used: its input checked, its types no longer in the way. */
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

/** What happens to the machine or to money. A command with any of them is asked about once before it is sent. */
export type Effect =
  | 'opens' // the door
  | 'dispenses' // hot water or a drink: mind hands and cups
  | 'restarts' // a minute or more without sales
  | 'restartsPart' // the part, or the program with it: maybe no sales for a while
  | 'reconnects' // its link only; it may go to another server
  | 'pays' // the machine believes that an order was paid
  | 'reprices' // customers pay other amounts
  | 'restocks' // what is counted of its materials changes, and a refill is on record
  | 'relists'; // customers see another menu
export type Risk = Effect | 'none';

/** What the window knows of this machine's products. */
interface Names {
  readonly productName: (productId: number) => string | null;
}

/** One of the row's own words, and what it is about. */
type Said<Key extends string = string> = readonly [key: Key, params: StepParams];

type Steps = Readonly<Record<string, StepParams>>;
type StepOf<Own extends string> = SharedStep | Own;

/**
 * What android says by a notice with status 1 [field3]. `accepted`: it comes before the machine acts, and something else proves the
 * command. `acceptedOnly`: the same, and nothing else is reported. `done`: it comes after the machine has acted.
 */
export type NoticeMeaning = 'accepted' | 'acceptedOnly' | 'done';

export interface Definition<
  Schema extends z.ZodObject,
  Own extends string,
  Key extends string,
  Wait extends string,
  Why extends string,
> {
  /** For the inspector's templates and the tests. By their wire forms the command is told from others. */
  readonly examples: readonly [z.infer<Schema>, ...z.infer<Schema>[]];
  /** Where a person finds it: a button of the machine's page, its menu, or an order. */
  readonly offered: 'button' | 'menu' | 'order';
  /** The gravest first: it is the command's risk. */
  readonly effects: readonly Effect[] | PerPlatform<readonly Effect[]>;
  /** `null`: this program has no such command. */
  readonly wire: PerPlatform<WireForm<z.infer<Schema>> | null>;
  /** android's form is known from one build of its program only: another may not take it [field]. */
  readonly ofOneBuild?: true;
  /** Messages of other kinds that do the same to a machine or to money. */
  readonly like?: (body: JsonObject) => boolean;
  /** A package is offered to the machine with it, or an address of ours that it sends a file to. */
  readonly needs?: 'package' | 'address';
  /** What is wrong with an input whose members fit by themselves. */
  readonly refuses?: (input: z.infer<Schema>, platform: Platform | null) => AppError | null;
  /** `null`: it can be given. `input` is `null` while it is not filled in. */
  readonly possible?: (now: MachineContext, input: z.infer<Schema> | null) => Hindrance<Why> | null;
  /** Not to be sent yet: its proof could not be told from what the machine reports by itself. `at`: ms. */
  readonly notYet?: (now: MachineContext, at: number) => boolean;
  /** What its machine has already of what it brings; `null`: it has not, or nobody knows. */
  readonly already?: (now: MachineContext, input: z.infer<Schema>) => StepParams | null;
  /** Whether a run gives it only after the machine's next login, which tells what it has. */
  readonly awaitsLogin?: (now: MachineContext, input: z.infer<Schema>) => boolean;
  /** Of what is known when it is given, and again when it is sent: what is kept with it. `listed`: the last product list. */
  readonly remember?: (now: MachineContext, input: z.infer<Schema>, listed: Listing | null) => JsonObject;
  /** Of earlier ones that were given up and that it could be taken for (`sameAs`): what is kept with it. */
  readonly follows?: (earlier: readonly GivenCommand[], input: z.infer<Schema>) => JsonObject;
  /** Steps that only this command takes, each with an example of its parameters. */
  readonly steps?: Readonly<Record<Own, StepParams>>;
  readonly expects: PerPlatform<Proof<z.infer<Schema>, StepOf<NoInfer<Own>>>>;
  /** This machine sends nothing that would prove it, with this input. */
  readonly silent?: (input: z.infer<Schema>, platform: Platform | null) => boolean;
  /** What must be seen one by one. */
  readonly awaits?: (input: z.infer<Schema>) => readonly number[];
  /** What the update host saw: no proof, but what a person waits for. `address`: of the machine's connection, or of its last. */
  readonly onTransfer?: (
    command: GivenCommand,
    transfer: Transfer,
    address: string | null,
  ) => readonly Verdict<StepOf<NoInfer<Own>>>[];
  /** What has just been seen of it would be seen of others too that are given the same: a run holds them back. */
  readonly holdsOthers?: (command: GivenCommand) => boolean;
  /** What came to the address that was offered with it: the file that was asked for, or why it was not taken. */
  readonly onUpload?: (command: GivenCommand, upload: Upload) => Verdict<StepOf<NoInfer<Own>>>;
  /** A product list that the machine was asked for after it was sent. */
  readonly onProducts?: (
    input: z.infer<Schema>,
    command: GivenCommand,
    listed: ListedProducts,
  ) => readonly Verdict<StepOf<NoInfer<Own>>>[];
  /** What android's notice with status 1 means; unless said here, `accepted`. */
  readonly notice?: (command: GivenCommand) => NoticeMeaning;
  /** No proof in time; unless said here, it has expired. */
  readonly onExpired?: (command: GivenCommand) => Verdict<StepOf<NoInfer<Own>>>;
  /** ms of silence, of a machine that has gone or has fetched its package, after which its proof is given up. */
  readonly unheardFor?: number;
  /** ms it may wait for the machine to connect; short where it would surprise whoever stands there later. */
  readonly queueFor: number;
  /** ms after it was given up in which its proof is still taken; unless said here, ten minutes. */
  readonly lateFor?: number;
  /** What proves it is seen after a restart as well: it keeps nobody from restarting the machine. */
  readonly outlivesRestart?: true;
  /** ms in which a machine that restarts after it is heard of for the last time; unless said here, it goes within seconds. */
  readonly goesWithin?: number;
  /** ms in which nothing else is sent after it; once it is past its first stage, not before it has ended. */
  readonly alone?: number | PerPlatform<number>;
  /** android keeps one such command at a time: a newer one replaces or loses it, without a word [field3]. */
  readonly slot?: 'settings';
  /** Waiting to be sent, it goes on waiting in the next run of Crema. */
  readonly keptOverRuns?: true;
  /** What proves it names it: given up, it is judged on though the same is asked for again. Where it is so on one program only: which. */
  readonly namedByProof?: true | Platform;
  /** One frame could not tell which of the two it proves. Unless said here, any two of this command. */
  readonly sameAs?: (a: z.infer<Schema>, b: z.infer<Schema>) => boolean;
  /** A newer one takes the place of one that was sent and still waits for its proof. `null`: not filled in yet. */
  readonly replaces?: (earlier: GivenCommand, input: z.infer<Schema> | null) => boolean;
  /** The step with which the replaced one ends. */
  readonly replacedBy?: StepOf<NoInfer<Own>>;
  /** Another try that is offered after a while without proof, by a person's click. */
  readonly retry?: {
    readonly after: number;
    readonly input: (command: GivenCommand, input: z.infer<Schema>) => z.infer<Schema> | null;
  };
  /** What was asked, in the row's own words; `null`: the name says it all. */
  readonly says?: (input: z.infer<Schema>, facts: JsonObject, names: Names) => Said<Key> | null;
  /** What is still missing; unless said here, `proof`. */
  readonly waiting?: (command: GivenCommand) => Said<Wait>;
  /** The form begins with what was sent last. */
  readonly keepsInput?: true;
  /** What will come of the input, for the form; `null`: nothing was typed yet. */
  readonly preview?: (input: z.infer<Schema> | null) => StepParams;
  /** fen that a product of this price then costs, for the form. */
  readonly newPrice?: (input: z.infer<Schema>, price: number) => number;
  /** What a virtual machine does, where its program has the command. */
  readonly virtual: PerPlatform<Obeys | null>;
}

/** A message or a connection's end as the core judges it. */
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
  /** `null`: it has a form of its own. */
  readonly fields: readonly FormField[] | null;
  /** Whether this program has it at all. */
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
  /** What is expected, one after the other; none where nothing can prove it. */
  readonly stages: PerPlatform<readonly StageFacts[]>;
  /** What each expectation of its stage says, in their order. */
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
  readonly says: (input: JsonObject, names: Names) => Said | null;
  readonly waiting: (command: GivenCommand) => Said;
  readonly keepsInput: boolean;
  readonly preview: ((input: JsonObject | null) => StepParams) | null;
  readonly newPrice: ((input: JsonObject, price: number) => number | null) | null;
  readonly virtual: PerPlatform<Obeys | null>;
}

/** The same with the types that words and tests are checked by. */
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

/** Any; wire forms differ by it, ids do not. */
const anyMachine = { vmcNo: 1, sessionId: '1', upgradeDir: '', upgradeType: null } as const;

/** In two calls, so that the input's type is settled before the row is read. */
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
  /** Without what was remembered; `null`: written by another version of Crema. */
  const read = (input: JsonObject): Input | null => {
    const parsed = plain.safeParse(input);
    return parsed.success ? (parsed.data as Input) : null;
  };
  const messagesOf = (input: Input, to: WireContext): readonly WireMessage[] => {
    // Where its program is not known, the document's form is sent, or the only one.
    const form = to.platform === null ? (wire.linux ?? wire.android) : wire[to.platform];
    const written = form?.(input, to) ?? [];
    return Array.isArray(written) ? (written as readonly WireMessage[]) : [written as WireMessage];
  };
  const ids = (platform: Platform): readonly string[] => {
    // A question may go before it.
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
