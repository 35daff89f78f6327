/** Plays one scenario: a twin, its people and its network on one side, Crema on the other. Gives verdict and truth for each command. */
import { acceptableReasons } from '#shared/commands/kit/possible';
import type { AppError } from '#shared/contract/errors';
import { hasStep } from '#shared/commands/kit/given';
import { rowOf } from '#shared/commands/kit/rows';
import { messageId } from '#shared/commands/kit/wire';
import type { Command } from '#shared/model/command';
import type { JsonObject } from '#shared/model/json';
import { isOpenSale } from '#shared/model/order';
import type { Deed } from '../../src/main/tools/simulator/deeds';
import { Machine } from '../../src/main/tools/simulator/machine';
import { Random } from '../../src/main/tools/simulator/random';
import { breakdowns, menu, warnings } from '../../src/main/tools/simulator/stock';
import { acrossOutcome, type AcrossPlayed } from './across/outcome';
import { Ends, type EndsParts, type Fault } from './across/ends';
import type { AcrossScenario } from './across/scenario';
import { VirtualClock } from './clock';
import { Crema } from './crema';
import { truthOf, type Standing } from './commands';
import { forgedNotice, impostorVisits } from './impostor';
import { Network } from './network';
import { machineAddress, priceByHand, type Event, type Scenario } from './scenario';
import { Upstream } from './upstream';

/** Wednesday, 2024-05-01 08:00 local time. */
const start = new Date(2024, 4, 1, 8).getTime();
const vmcNo = 33_232;
const code = 'ABCD1234';
/** ms after the end of the last command in which a late proof may still arrive. */
const tail = 6 * 60_000;
/** ms after the last event; then nothing is waited for. */
const longest = 3 * 3_600_000;

/** ms in which the desk learns everything once nothing is lost any more. */
const settled = 3 * 60_000;

/** confirmed, falselyConfirmed, failed, falselyFailed: Crema's verdict and its truth. unproved: done, but unknown to Crema. */
const verdicts = [
  'confirmed',
  'falselyConfirmed',
  'falselyFailed',
  'unproved',
  'unconfirmable',
  'unverified', // reported by a connection that is not verified, which ends it without a proof
  'failed',
  'notDone', // neither done nor claimed
  'refused', // by Crema, before it was sent
] as const;
export type Verdict = (typeof verdicts)[number];

interface Outcome {
  readonly name: string;
  readonly verdict: Verdict;
  /** Crema's last step, the reason for an unproved command. */
  readonly reason: string;
}

export interface Played {
  readonly outcomes: readonly Outcome[];
  readonly frames: number;
}

/** A claim about a command, and whether it was true then. */
interface Claimed {
  command: Command;
  readonly isTrue: boolean | null;
}

export async function play(scenario: Scenario, trace?: (line: string) => void): Promise<Played> {
  const stage = new Stage(scenario, trace);
  return stage.run();
}

/** With all commands given from another site. */
export async function playAcross(
  scenario: AcrossScenario,
  { trace, fault = null }: { readonly trace?: (line: string) => void; readonly fault?: Fault | null } = {},
): Promise<AcrossPlayed> {
  const stage = new Stage(scenario, trace, { scenario, fault });
  const { frames } = await stage.run();
  return { ...stage.across(), frames };
}

const setAside = acceptableReasons.filter((why) => why !== 'notVerified');
const isReason = (refusal: AppError): boolean =>
  refusal.code === 'commandNotPossible' && setAside.some((why) => why === refusal.params['why']);

class Stage {
  readonly #scenario: Scenario;
  readonly #trace: ((line: string) => void) | undefined;
  readonly #clock = new VirtualClock(start);
  readonly #network: Network;
  readonly #upstream: Upstream | null;
  readonly #crema: Crema;
  readonly #machine: Machine;
  readonly #deeds: Deed[] = [];
  readonly #claims = new Map<number, Claimed>();
  #reasons = 0;
  readonly #outcomes: Outcome[] = [];
  /** HTTP requests that are being answered. */
  #pending = 0;
  #frames = 0;
  /** Commands are given from another site. */
  readonly #ends: Ends | null;

  constructor(
    scenario: Scenario,
    trace: ((line: string) => void) | undefined,
    across: Pick<EndsParts, 'scenario' | 'fault'> | null = null,
  ) {
    this.#scenario = scenario;
    this.#trace = trace;
    const { seed, traits } = scenario;
    const random = new Random(seed).fork('play');
    const sessions = random.fork('sessions');
    const clock = this.#clock;
    this.#network = new Network(clock, random.fork('network'));
    this.#upstream = traits.isRelayed ? new Upstream(clock, vmcNo) : null;
    this.#crema = new Crema({
      upstream: this.#upstream,
      clock,
      platform: traits.platform,
      code: traits.hasCode ? code : null,
      sessionId: () => sessions.hex(32),
      changed: (command) => this.#changed(command),
    });
    this.#crema.onEntry((entry) => {
      this.#frames += 1;
      if (trace !== undefined)
        this.#say(
          entry.kind === 'frame'
            ? `${entry.dir === 'in' ? '→' : '←'} ${entry.conn} ${entry.text}`
            : `   ${JSON.stringify({ ...entry, bytes: undefined, at: undefined })}`,
        );
    });
    const isReached = (): boolean => !this.#network.has('dead', 'toServerDead', 'toMachineDead', 'refused');
    const { fetch, post } = this.#crema.http(traits.httpAddress, isReached);
    this.#machine = new Machine({
      number: vmcNo,
      platform: traits.platform,
      head: traits.isCounting ? 'le48' : null,
      code,
      random: random.fork('machine'),
      pace: 1,
      clock,
      clockOffset: traits.clockOffset,
      dial: this.#network.dialler(this.#crema.accept, machineAddress),
      counters: { sent: 0, received: 0, lost: 0 },
      notifyBase: 'http://192.0.2.1',
      rareSpelling: traits.rareSpelling,
      countsStock: traits.countsStock,
      isFree: traits.isFree,
      allowsProducts: traits.allowsProducts,
      answersOrders: traits.answersOrders,
      nightlyRestart: traits.nightlyRestart,
      swaps: traits.platform === 'android' ? 0.01 : 0,
      answering: traits.answering,
      fetch: (url, ask) => this.#waited(fetch(url, ask)),
      post: (url, file, number, signal) => this.#waited(post(url, file, number, signal)),
      waitFor: (work) => this.#waited(work),
      lives: false,
      onPort: () => undefined,
      onDeed: (deed) => {
        this.#deeds.push(deed);
        this.#say(`** ${JSON.stringify(deed)}`);
      },
    });
    this.#ends =
      across === null
        ? null
        : new Ends({
            ...across,
            clock,
            random: random.fork('ends'),
            crema: this.#crema,
            vmcNo,
            journal: () => [...this.#claims.values()].map(({ command }) => command),
            hangUp: (ms) => {
              this.#network.trouble('refused', ms);
              this.#network.trouble('cutForBoth', 0);
            },
            say: (line) => this.#say(line),
          });
  }

  async run(): Promise<Played> {
    this.#machine.start();
    for (const event of this.#scenario.events) {
      await this.#passUntil(start + event.at);
      this.#say(`## ${JSON.stringify(event)}`);
      this.#happens(event);
    }
    const end = this.#clock.now() + longest;
    const isWaiting = (): boolean => this.#crema.queue.running.length > 0 || this.#ends?.isWaiting === true;
    while (isWaiting() && this.#clock.now() < end) await this.#passUntil(this.#clock.now() + 10_000);
    await this.#passUntil(this.#clock.now() + tail);
    if (this.#ends !== null) {
      this.#ends.heal();
      await this.#passUntil(this.#clock.now() + settled);
    }
    this.#machine.stop();
    for (const claimed of this.#claims.values()) this.#outcomes.push(this.#outcomeOf(claimed));
    return { outcomes: this.#outcomes, frames: this.#frames };
  }

  async #passUntil(at: number): Promise<void> {
    while (this.#clock.step(at)) {
      // An answer over HTTP arrives in the same moment.
      while (this.#pending > 0 || this.#ends?.isBusy === true) {
        if (this.#ends !== null) this.#ends.isBusy = false;
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  }

  /** Real work of the machine, for example a request: the clock waits for its result. */
  async #waited<T>(work: Promise<T>): Promise<T> {
    this.#pending += 1;
    try {
      return await work;
    } finally {
      // The machine has the answer some microtasks later.
      setImmediate(() => (this.#pending -= 1));
    }
  }

  #happens(event: Event): void {
    const machine = this.#machine;
    switch (event.kind) {
      case 'command':
        this.#give(event.name, event.input);
        break;
      case 'payment': {
        const now = this.#clock.now();
        const order = this.#crema.machine(vmcNo)?.orders.findLast((one) => isOpenSale(one, now));
        if (order === undefined) break;
        const { orderNo, productId, amount, qrType } = order;
        this.#give('payResult', {
          orderNo,
          amount: amount ?? 0,
          paid: event.paid,
          payType: qrType === 'all' || qrType === null ? 'wx_pub' : qrType,
          ...(productId !== null && { productId }),
        });
        break;
      }
      case 'customer':
        machine.customer.buy({ productId: event.product, payment: event.payment, patience: event.patience });
        break;
      case 'technician':
        this.#technician(event);
        break;
      case 'network':
        this.#network.trouble(event.trouble, event.ms);
        break;
      case 'fault': {
        const fault = [...breakdowns, ...warnings][event.index] ?? breakdowns[0];
        machine.cabinet.setFault(fault);
        this.#clock.after(event.ms, () => machine.cabinet.endFault(fault.code));
        break;
      }
      case 'impostor': {
        const commands = this.#crema.queue.running;
        impostorVisits({ clock: this.#clock, crema: this.#crema, vmcNo }, { ...event, commands });
        break;
      }
      case 'server':
        this.#upstream?.wants(event.wish, event.product);
        break;
      case 'forgedNotice': {
        const command = this.#crema.queue.running.findLast(({ state }) => state === 'sent');
        if (command !== undefined) forgedNotice(this.#crema, command, event);
        break;
      }
    }
  }

  #technician({ does, ms, product }: Extract<Event, { kind: 'technician' }>): void {
    const { technician } = this.#machine;
    switch (does) {
      case 'openDoor':
        technician.openDoor(ms);
        break;
      case 'clearErrors':
        technician.clearErrors();
        break;
      case 'refill':
        technician.refill({ '10009': 200 });
        break;
      case 'rinse':
        technician.rinse();
        break;
      case 'price':
        technician.setPrice(product, priceByHand(ms));
        break;
      case 'powerCycle':
        technician.powerCycle(ms);
        break;
      case 'menu':
        technician.enterMenu();
        this.#clock.after(ms, () => technician.leaveMenu());
        break;
      case 'brew':
        technician.brew(product);
        break;
    }
  }

  #give(name: Command['name'], input: JsonObject): void {
    if (this.#ends !== null) {
      this.#reasons += 1;
      this.#ends.give(name, input, this.#reasons % 2 === 1 ? setAside : []);
      return;
    }
    let given = this.#crema.give(vmcNo, name, input);
    // Beside the machine, a technician accepts every second reason that can be set aside.
    if ('code' in given && isReason(given)) {
      this.#reasons += 1;
      if (this.#reasons % 2 === 1) given = this.#crema.give(vmcNo, name, input, setAside);
    }
    if ('code' in given) {
      this.#say(`-- ${name} refused: ${given.code}`);
      this.#outcomes.push({ name, verdict: 'refused', reason: given.code });
    }
  }

  #changed(command: Command): void {
    const before = this.#claims.get(command.id);
    const isNew = command.state === 'confirmed' && before?.command.state !== 'confirmed';
    this.#claims.set(command.id, { command, isTrue: isNew ? null : (before?.isTrue ?? null) });
    // Deeds of the machine in the same millisecond count.
    if (isNew) this.#clock.after(1, () => this.#holdAgainst(command.id));
    if (this.#trace === undefined) return;
    const { id, name, state, steps } = command;
    this.#say(`-- ${id} ${name} ${state}: ${steps.map(({ what }) => what).join(', ')}`);
  }

  #holdAgainst(id: number): void {
    const claimed = this.#claims.get(id);
    if (claimed === undefined || claimed.isTrue !== null) return;
    const isTrue = this.#hasHappened(claimed.command);
    this.#claims.set(id, { ...claimed, isTrue });
    this.#say(`-- ${id} ${claimed.command.name} is ${isTrue ? 'true' : 'FALSE'}`);
  }

  /** Whether the requested effect has happened since the command was sent, by any cause. */
  #hasHappened(command: Command): boolean {
    const { deed: isEffect, stands, parts, untold } = truthOf(command.name);
    const sentAt = command.sentAt ?? command.createdAt;
    const undone = this.#deeds.findLast((deed) => deed.at < sentAt && untold?.undone(deed) === true);
    const before = untold?.before[this.#scenario.traits.platform] ?? 0;
    const since = Math.max(sentAt - before, Math.min(sentAt, undone?.at ?? 0));
    const isDeed = (part: Command): boolean =>
      this.#deeds.some((deed) => deed.at >= since && isEffect(deed, part));
    return (parts?.(command) ?? [command]).every(
      (part) => isDeed(part) || stands?.(part, this.#standing) === true,
    );
  }

  /** Whether a frame of this command caused it. */
  #wasCaused(command: Command): boolean {
    const { sentAt } = command;
    if (sentAt === null) return false;
    const { deed: isEffect, parts } = truthOf(command.name);
    const mine = rowOf(command.name).messages[this.#scenario.traits.platform];
    const later = [...this.#claims.values()].flatMap(({ command: other }) =>
      other.name === command.name && other.id > command.id && other.sentAt !== null ? [other.sentAt] : [],
    );
    const until = Math.min(...later, Infinity);
    /** The operator's server may have asked for the same since, without a session of ours. */
    const isOfServer = ({ at, cmd, operation }: Extract<Deed['cause'], { by: 'frame' }>): boolean =>
      this.#scenario.events.some(
        (event) =>
          event.kind === 'server' &&
          start + event.at > sentAt &&
          start + event.at <= at &&
          (event.wish === cmd || event.wish === operation),
      );
    return (parts?.(command) ?? [command]).every((part) =>
      this.#deeds.some(
        (deed) =>
          deed.cause.by === 'frame' &&
          mine.includes(messageId(deed.cause)) &&
          (deed.cause.session === null || deed.cause.session === command.sessionId) &&
          deed.cause.at >= sentAt &&
          deed.cause.at < until &&
          (deed.cause.session !== null || !isOfServer(deed.cause)) &&
          isEffect(deed, part),
      ),
    );
  }

  /** The desk's verdicts against the machine. */
  across(): Omit<AcrossPlayed, 'frames'> {
    const ends = this.#ends;
    if (ends === null) throw new Error('not across');
    const outcomes = [...ends.wishes.values()].map((wish) => {
      const there = [...this.#claims.values()].filter(
        ({ command }) => command.from?.request === wish.request,
      );
      return acrossOutcome(wish, there[0]?.command ?? null, {
        isTwice: there.length > 1 || there.some(({ command }) => this.#isRepeated(command)),
        wasCaused: (command) => this.#wasCaused(command),
        verdictOf: (command) =>
          this.#verdictOf(
            command,
            command.state === 'confirmed' ? (there[0]?.isTrue ?? this.#hasHappened(command)) : null,
          ),
      });
    });
    ends.end();
    return { outcomes, messages: ends.broker.messages };
  }

  /** The machine got a frame of this command more often than the command has it. */
  #isRepeated(command: Command): boolean {
    const { name, input, sessionId, steps } = command;
    const to = {
      vmcNo,
      platform: this.#scenario.traits.platform,
      sessionId,
      upgradeDir: '',
      upgradeType: null,
    };
    const frames = rowOf(name).wire(input, to).length;
    const acted = new Set(
      this.#deeds.flatMap(({ cause }) =>
        cause.by === 'frame' && (cause.session === sessionId || cause.orderNo === sessionId)
          ? [cause.at]
          : [],
      ),
    );
    return acted.size > frames || steps.filter(({ what }) => what === 'sent').length > frames;
  }

  readonly #standing: Standing = {
    price: (productId) => {
      const product = menu.find(({ id }) => id === productId);
      return product === undefined ? null : this.#machine.cabinet.listPriceOf(product);
    },
    percent: (productId) => {
      const product = menu.find(({ id }) => id === productId);
      return product === undefined ? null : this.#machine.cabinet.percentOf(product);
    },
    isLocked: (productId) => {
      const product = menu.find(({ id }) => id === productId);
      return product !== undefined && this.#machine.cabinet.isLocked(product);
    },
    version: () => this.#machine.cabinet.versions.program,
  };

  #outcomeOf({ command, isTrue }: Claimed): Outcome {
    const { name, state, steps } = command;
    const reason = steps.at(-1)?.what ?? '';
    return {
      name,
      verdict: this.#verdictOf(command, isTrue),
      reason: state === 'queued' ? 'queued' : reason,
    };
  }

  #verdictOf(command: Command, isTrue: boolean | null): Verdict {
    switch (command.state) {
      case 'confirmed':
        return isTrue === true ? 'confirmed' : 'falselyConfirmed';
      case 'failed':
        return this.#wasCaused(command) ? 'falselyFailed' : 'failed';
      case 'unconfirmable':
        return hasStep(command, 'provedUnverified') ? 'unverified' : 'unconfirmable';
      case 'expired':
      case 'sent':
      case 'queued':
        return this.#wasCaused(command) ? 'unproved' : 'notDone';
      case 'cancelled':
        return 'refused';
    }
  }

  #say(line: string): void {
    const ms = this.#clock.now() - start;
    this.#trace?.(`${(ms / 1_000).toFixed(3).padStart(10)} ${line}`);
  }
}
