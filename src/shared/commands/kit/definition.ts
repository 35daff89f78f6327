/** The definition of a command: what its file states. */
import type { AppError } from '../../contract/errors';
import type { JsonObject } from '../../model/json';
import type { Platform } from '../../model/machine';
import type { Upload } from '../../model/fetched';
import type { Transfer } from '../../model/upgrade';
import type { Obeys } from '../../virtualMachine';
import type { GivenCommand, StepParams } from './given';
import type { ListedProducts, Listing } from './listed';
import type { Hindrance, MachineContext } from './possible';
import type { SharedStep } from './steps';
import type { Proof, Verdict } from './verdict';
import type { PerPlatform, WireForm } from './wire';

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

type StepOf<Own extends string> = SharedStep | Own;

/**
 * Meaning of android's notice with status 1 [field3]. `accepted`: sent before the machine acts; other evidence proves the command.
 * `acceptedOnly`: the same, but no other evidence exists. `done`: sent after the machine has acted.
 */
export type NoticeMeaning = 'accepted' | 'acceptedOnly' | 'done';

/** Members with `?` have their default in `row.ts`. */
export interface Definition<
  Input,
  Own extends string,
  Key extends string,
  Wait extends string,
  Why extends string,
> {
  /** For the inspector's templates and the tests. Their wire forms identify the command. */
  readonly examples: readonly [Input, ...Input[]];
  /** Where the window offers it: a button of the machine's page, its menu, or an order. */
  readonly offered: 'button' | 'menu' | 'order';
  /** The most serious first: it is the command's risk. */
  readonly effects: readonly Effect[] | PerPlatform<readonly Effect[]>;
  /** `null`: this program lacks the command. */
  readonly wire: PerPlatform<WireForm<Input> | null>;
  /** android's form is known from only one build of its program. Other builds may ignore it [field]. */
  readonly ofOneBuild?: boolean;
  /** Other messages with the same effect on a machine or on money. */
  readonly like?: (body: JsonObject) => boolean;
  /** The machine needs a package, or an address of Crema to which it sends a file. */
  readonly needs?: 'package' | 'address' | null;
  /** Error of an input whose members are valid individually. */
  readonly refuses?: (input: Input, platform: Platform | null) => AppError | null;
  /** `null`: possible. `input` is `null` until the form is complete. */
  readonly possible?: (now: MachineContext, input: Input | null) => Hindrance<Why> | null;
  /** Delays sending while its proof would look like an unprompted report. `at`: ms. */
  readonly notYet?: (now: MachineContext, at: number) => boolean;
  /** The state that the command would bring, if the machine already has it; `null`: not, or unknown. */
  readonly already?: (now: MachineContext, input: Input) => StepParams | null;
  /** Whether a run waits for the machine's next login, which reports the present state. */
  readonly awaitsLogin?: (now: MachineContext, input: Input) => boolean;
  /** Facts to store when the command is given, and again when it is sent. `listed`: the last product list. */
  readonly remember?: (now: MachineContext, input: Input, listed: Listing | null) => JsonObject;
  /** Facts to store about earlier commands that were given up and have the same proof (`sameAs`). */
  readonly follows?: (earlier: readonly GivenCommand[], input: Input) => JsonObject;
  /** Steps of this command alone, each with example parameters. */
  readonly steps?: Readonly<Record<Own, StepParams>>;
  readonly expects: PerPlatform<Proof<Input, StepOf<NoInfer<Own>>>>;
  /** With this input, the machine sends no proof. */
  readonly silent?: (input: Input, platform: Platform | null) => boolean;
  /** Parts that need separate proof. */
  readonly awaits?: (input: Input) => readonly number[];
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
    input: Input,
    command: GivenCommand,
    listed: ListedProducts,
  ) => readonly Verdict<StepOf<NoInfer<Own>>>[];
  /** Meaning of android's notice with status 1; `accepted` by default. */
  readonly notice?: (command: GivenCommand) => NoticeMeaning;
  /** Verdict when no proof arrives in time; `expired` by default. */
  readonly onExpired?: (command: GivenCommand) => Verdict<StepOf<NoInfer<Own>>>;
  /** ms of silence, of a machine that has left or downloaded its package, before its proof is given up. */
  readonly unheardFor?: number | null;
  /** ms that the command may wait for the machine to connect. Short if late execution would surprise someone at the machine. */
  readonly queueFor: number;
  /** ms after giving up in which proof still counts; ten minutes by default. */
  readonly lateFor?: number;
  /** Its proof survives a restart, so it does not delay a restart of the machine. */
  readonly outlivesRestart?: boolean;
  /** ms after the command in which a restarting machine is last heard; some seconds by default. */
  readonly goesWithin?: number;
  /** ms in which nothing else is sent afterwards. After its first stage, nothing else is sent until it ends. */
  readonly alone?: PerPlatform<number>;
  /** android keeps one such command at a time. A newer one replaces or loses it silently [field3]. */
  readonly slot?: 'settings' | null;
  /** If queued, it stays queued over a restart of Crema. */
  readonly keptOverRuns?: boolean;
  /** Its proof identifies it, so a given-up command is still judged when the same is requested again. */
  readonly namedByProof?: PerPlatform<boolean>;
  /** Whether one frame could prove either of two commands. By default true for any two of this row. */
  readonly sameAs?: (a: Input, b: Input) => boolean;
  /** Whether a newer command replaces a command that still waits for its proof. `null`: the form is not complete yet. */
  readonly replaces?: (earlier: GivenCommand, input: Input | null) => boolean;
  /** The final step of the replaced command. */
  readonly replacedBy?: StepOf<NoInfer<Own>>;
  /** Another attempt, offered after a while without proof. A person starts it. */
  readonly retry?: {
    readonly after: number;
    readonly input: (command: GivenCommand, input: Input) => Input | null;
  } | null;
  /** The request as text; `null`: the command's name is sufficient. */
  readonly says?: (input: Input, facts: JsonObject, names: Names) => RowText<Key> | null;
  /** The missing evidence as text; `proof` by default. */
  readonly waiting?: (command: GivenCommand) => RowText<Wait>;
  /** The form begins with the last sent input. */
  readonly keepsInput?: boolean;
  /** The expected result of the input, for the form; `null`: no input yet. */
  readonly preview?: ((input: Input | null) => StepParams) | null;
  /** The resulting price in fen of a product with this price, for the form; `null`: unknown. */
  readonly newPrice?: ((input: Input, price: number) => number | null) | null;
  /** The behaviour of a virtual machine, if its program has the command. */
  readonly virtual: PerPlatform<Obeys | null>;
}
