/** Both ends of commands across sites, in virtual time: the real desk, the real door, and people at the site. */
import type { CommandName } from '#shared/commands/index';
import type { AcceptableReason } from '#shared/commands/kit/possible';
import type { Command } from '#shared/model/command';
import type { JsonObject } from '#shared/model/json';
import { SupportDoor } from '../../../src/main/desktop/services/supportDoor';
import { answerCommands } from '../../../src/main/sites/commands/answering';
import { Desk } from '../../../src/main/sites/commands/desk';
import type { Random } from '../../../src/main/tools/simulator/random';
import type { Clock } from '../../../src/main/tools/simulator/clock';
import type { Crema } from '../crema';
import { lineNames, ModelBroker, quiet } from './broker';
import type { AcrossEvent, AcrossScenario } from './scenario';

/** Deliberate faults, which the run must find. */
export const faults = ['givesTwice', 'refusesUnknown', 'confirmsSent'] as const;
export type Fault = (typeof faults)[number];

/** A command that a person at the desk wanted. */
export interface Wish {
  readonly request: string;
  readonly name: CommandName;
  /** given, or the code of the refusal; `null`: the desk has not answered. */
  result: string | null;
  /** As the desk knows it. */
  shown: Command | null;
}

export interface EndsParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly crema: Crema;
  readonly scenario: AcrossScenario;
  readonly vmcNo: number;
  /** The site's commands as they are on disk, oldest first. */
  readonly journal: () => readonly Command[];
  /** The site's Crema is away for `ms`: its connections to machines end. */
  readonly hangUp: (ms: number) => void;
  readonly fault: Fault | null;
  /** For a trace. */
  readonly say: (line: string) => void;
}

const journalName = '0f0e0d0c-0000-4000-8000-000000000000';
/** As in siteSupport.ts. */
const newest = 100;

const forever = <T>(): Promise<T> => new Promise(() => undefined);

export class Ends {
  readonly #parts: EndsParts;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly wishes = new Map<string, Wish>();
  readonly broker: ModelBroker;
  /** `null`: it ends. */
  #desk: Desk | null;
  #door: SupportDoor;
  /** Increases when the site's Crema is killed. */
  #launch = 0;
  #isSiteUp = true;
  #isAllowed: boolean;
  #isWindowOpen = true;
  /** Something has run whose promises are not settled yet. */
  isBusy = true;

  constructor(parts: EndsParts) {
    this.#parts = parts;
    this.#random = parts.random;
    this.#isAllowed = parts.scenario.across.isAllowed;
    const { clock, scenario } = parts;
    this.#clock = {
      now: () => clock.now(),
      after: (ms, run) =>
        clock.after(ms, () => {
          this.isBusy = true;
          run();
        }),
    };
    this.broker = new ModelBroker(this.#clock, this.#random.fork('broker'), scenario.across.noise, () =>
      this.#answer(),
    );
    this.#desk = this.#newDesk();
    this.#door = this.#newDoor();
    this.#answer();
    for (const event of scenario.across.events) this.#clock.after(event.at, () => this.#happens(event));
    const beat = (): void => {
      this.#door.tick();
      clock.after(1_000, beat);
    };
    clock.after(1_000, beat);
  }

  give(name: CommandName, input: JsonObject, accepted: readonly AcceptableReason[]): void {
    const hex = this.#random.hex(32);
    const request = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
    const wish: Wish = { request, name, result: null, shown: null };
    this.wishes.set(request, wish);
    this.isBusy = true;
    const { vmcNo, fault } = this.#parts;
    if (this.#desk === null) {
      wish.result = 'unknownSite';
      return;
    }
    const desk = this.#desk;
    const ask = async (): Promise<void> => {
      const given = await desk.give({
        request,
        vmcNo,
        name,
        input: input as never,
        accepted: [...accepted],
        person: 'Anna',
        computer: 'DESK',
      });
      if ('id' in given) wish.result = 'given';
      else
        wish.result = fault === 'refusesUnknown' && given.code === 'siteUnknown' ? 'siteSilent' : given.code;
      this.#parts.say(`== desk: ${request} ${name} ${wish.result}`);
    };
    void ask();
  }

  /** From now on everything arrives. */
  heal(): void {
    this.broker.noise = quiet;
    for (const name of lineNames) {
      this.broker.wake(name);
      this.broker.connect(name);
    }
  }

  /** The desk has not answered every wish. */
  get isWaiting(): boolean {
    return [...this.wishes.values()].some(({ result }) => result === null);
  }

  end(): void {
    void this.#desk?.end();
  }

  #later = (ms: number): Promise<void> => new Promise((resolve) => void this.#clock.after(ms, resolve));

  /** ms that another thread takes. */
  #took(): Promise<void> {
    return this.#later(this.#random.chance(0.03) ? this.#random.int(500, 9_000) : this.#random.int(1, 15));
  }

  #newDesk(): Desk {
    return new Desk({
      connection: this.broker.desk,
      keep: ({ command }) => {
        const wish = this.wishes.get(command.from?.request ?? '');
        if (wish === undefined) return;
        this.#parts.say(`== desk: ${command.id} ${command.name} ${command.state}`);
        wish.shown =
          this.#parts.fault === 'confirmsSent' && command.state === 'sent'
            ? { ...command, state: 'confirmed' }
            : command;
      },
      steady: () => this.#clock.now(),
      pause: (ms, signal) =>
        new Promise((resolve) => {
          if (signal.aborted) return resolve();
          const end = (): void => {
            cancel();
            signal.removeEventListener('abort', end);
            resolve();
          };
          const cancel = this.#clock.after(ms, end);
          signal.addEventListener('abort', end, { once: true });
        }),
    });
  }

  #newDoor(): SupportDoor {
    const { crema, vmcNo, journal, fault } = this.#parts;
    const launch = this.#launch;
    /** A thread that was killed does nothing more. */
    const took = async (): Promise<void> => {
      await this.#took();
      if (launch !== this.#launch) await forever();
    };
    const asked = new Set<string>();
    return new SupportDoor({
      now: () => this.#clock.now(),
      steady: () => this.#clock.now(),
      isAllowed: () => this.#isAllowed,
      canAsk: () => this.#isWindowOpen,
      refusal: async ({ name, input, accepted }) => {
        await took();
        return crema.queue.refusal(vmcNo, name, input, accepted);
      },
      give: async ({ name, input, accepted }, from) => {
        await took();
        const given = crema.give(vmcNo, name, input, accepted, from);
        if (fault === 'givesTwice') crema.give(vmcNo, name, input, accepted, from);
        await took();
        // The machines thread ended meanwhile.
        if (this.#random.chance(0.01)) throw new Error('thread ended');
        return given;
      },
      find: async (_vmcNo, request) => {
        await took();
        if (this.#random.chance(0.01)) throw new Error('no journal');
        return (
          journal()
            .slice(-newest)
            .find(({ from }) => from?.request === request) ?? null
        );
      },
      note: () => undefined,
      changed: () => {
        for (const { request } of this.#door.asks) {
          if (asked.has(request)) continue;
          asked.add(request);
          this.#decides(request, launch);
        }
      },
    });
  }

  #decides(request: string, launch: number): void {
    const wait = this.#random.int(1, 70) * 1_000;
    const roll = this.#random.next();
    if (roll > 0.9) return;
    this.#clock.after(wait, () => {
      if (launch === this.#launch) this.#door.answer(request, roll < 0.75 ? 'once' : 'refuse');
    });
  }

  #answer(): void {
    const launch = this.#launch;
    answerCommands(this.broker.site, async (asked) => {
      const decision = await this.#door.decide(asked);
      if (launch !== this.#launch) return null;
      return decision.state === 'given' ? { ...decision, journal: journalName } : decision;
    });
  }

  #happens(event: AcrossEvent): void {
    this.#parts.say(`## ${JSON.stringify(event)}`);
    switch (event.kind) {
      case 'cut':
        this.broker.cut(event.line);
        this.#clock.after(event.ms, () => this.#connects(event.line));
        break;
      case 'silence':
        this.broker.silence(event.line);
        // The ends notice it after half a minute and connect again.
        if (event.ms > 30_000) this.#clock.after(30_000, () => this.broker.cut(event.line));
        this.#clock.after(event.ms, () => {
          this.broker.wake(event.line);
          this.#connects(event.line);
        });
        break;
      case 'killSite':
        this.#killSite(event.ms);
        break;
      case 'restartDesk':
        void this.#restartDesk();
        break;
      case 'withdraw':
        this.#desk?.withdraw([...this.wishes.keys()].at(-1) ?? '');
        break;
      case 'allow':
        ({ isAllowed: this.#isAllowed } = event);
        if (event.isAllowed) this.#door.allowAll();
        break;
      case 'window':
        ({ isOpen: this.#isWindowOpen } = event);
        break;
    }
  }

  async #restartDesk(): Promise<void> {
    if (this.#desk === null) return;
    const ending = this.#desk;
    this.#desk = null;
    await ending.end();
    const desk = this.#newDesk();
    for (const { shown } of this.wishes.values()) if (shown !== null) desk.follow(shown);
    this.#desk = desk;
  }

  #connects(line: 'desk' | 'site'): void {
    if (line === 'desk' || this.#isSiteUp) this.broker.connect(line);
  }

  #killSite(ms: number): void {
    if (!this.#isSiteUp) return;
    this.#isSiteUp = false;
    this.#launch += 1;
    this.broker.cut('site');
    this.#parts.hangUp(ms);
    this.#parts.crema.restart([]);
    this.#door = this.#newDoor();
    this.#clock.after(ms, () => {
      this.#isSiteUp = true;
      this.#parts.crema.restart(this.#parts.journal());
      this.broker.connect('site');
    });
  }
}
