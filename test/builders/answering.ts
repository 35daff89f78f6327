/**
 * Gives a command, on each platform that has it, to a virtual machine that answers in every possible way, and checks the outcome.
 * Each command's own test checks the details.
 */
import { afterEach, describe, expect, test } from 'vitest';
import type { CommandName } from '#shared/commands/index';
import { rowOf } from '#shared/commands/kit/rows';
import type { JsonObject } from '#shared/model/json';
import type { Platform } from '#shared/model/machine';
import { answerings, type Answering } from '#shared/model/simulator';
import type { Machine } from '../../src/main/tools/simulator/machine';
import { menu } from '../../src/main/tools/simulator/stock';
import { Commanded } from './commanded';

/** The product that customers buy. */
export const [sold] = menu;
const sells = (machine: Machine, productId: number, patience: number): void =>
  void machine.customer.buy({ productId, payment: 'wx_pub', brewing: 100, patience });
/** ms */
const patience = { before: 600_000, both: 60_000, first: 5_000 } as const;

interface Case {
  /** Left out: the row's first example. */
  readonly input?: JsonObject;
  /** A customer requests a payment before the command; with `both` also after it, so that the amount shows. */
  readonly customers?: 'before' | 'both';
  /** A customer first requests this product each time, and leaves. */
  readonly first?: number;
}

/** Sending or acceptance alone is not proof. */
export const unproved = 'expired: sent, noProof';
export const acceptedOnly = 'expired: sent, accepted, noProof';
export const refused = 'failed: sent, machineSaidFailed Z0016';
/** No report can prove the command. */
export const never = 'unconfirmable: sent, cannotProve';
/** The machine's own reply is the only proof. */
export const itsWord = 'confirmed: sent, doneReported';

/** In its menu and while it makes a drink, a machine refuses with another code. `dropped`: the connection breaks after sending. */
type Way = Exclude<Answering, 'inMenu' | 'makesDrink'> | 'dropped';
type Stories = Readonly<Partial<Record<Platform, Readonly<Record<Way, string>>>>>;

/** Steps that need no action of a machine. */
const nothingSeen: ReadonlySet<string> = new Set(['sent', 'noProof', 'cannotProve']);
const ways = [...answerings, 'dropped'] as const;

/** One command in a world of its own. */
class Asked {
  readonly book: Commanded;
  readonly #name: CommandName;
  readonly #case: Case;

  constructor(platform: Platform, name: CommandName, asked: Case) {
    this.book = new Commanded(platform);
    this.#name = name;
    this.#case = asked;
  }

  /** The input to type, after everything that must precede it. */
  async input(machine: Machine): Promise<JsonObject> {
    const row = rowOf(this.#name);
    const { input = row.examples[0], customers } = this.#case;
    if (customers !== undefined) await this.#buys(machine, patience[customers]);
    await this.book.passes(2_000);
    const orderNo = this.book.world.fleet.machine(machine.number)?.orders.at(-1)?.orderNo ?? '';
    return row.offered === 'order' ? { ...input, orderNo } : input;
  }

  async #buys(machine: Machine, wait: number): Promise<void> {
    const { first } = this.#case;
    if (first !== undefined) {
      sells(machine, first, patience.first);
      await this.book.passes(2 * patience.first);
    }
    sells(machine, sold.id, wait);
  }

  async tell(machine: Machine): Promise<number> {
    return this.book.gives(machine.number, this.#name, await this.input(machine));
  }

  /** Passes the time until all waits are over. `late`: an expired command may still be proved. */
  async passes(id: number, machine: Machine, late = false): Promise<void> {
    const { book } = this;
    const wait = Math.min(book.waitOf(this.#name), 3_600_000);
    if (this.#case.customers === 'both') {
      // The earlier customer leaves without paying, and a dropped machine reconnects.
      await book.passes(150_000);
      await this.#buys(machine, patience.both);
      await book.passes(10_000);
    } else if (late) await book.passes(wait + 100_000);
    else await book.passesUntilEnd(id, wait + 2_000);
  }
}

/** `stories`: the outcome of each way, on each platform that has the command. */
export function answers(name: CommandName, stories: Stories, given: Case = {}): void {
  let open: Commanded[] = [];
  const asked = (platform: Platform): Asked => {
    const one = new Asked(platform, name, given);
    open.push(one.book);
    return one;
  };
  afterEach(() => {
    for (const one of open) one.ends();
    open = [];
  });

  test('every platform with the command has its expected outcomes', () => {
    const { has } = rowOf(name);
    expect(Object.keys(stories)).toEqual((['linux', 'android'] as const).filter((platform) => has[platform]));
  });

  describe.each(Object.entries(stories) as [Platform, Readonly<Record<Way, string>>][])(
    'a virtual %s machine that answers',
    (platform, wanted) => {
      test.each(ways)('%s', async (way) => {
        const one = asked(platform);
        const { book } = one;
        const machine = await book.machine(7, way === 'dropped' ? 'truly' : way);
        const id = await one.tell(machine);
        if (way === 'dropped') book.drops(7);
        await one.passes(id, machine, way === 'late');
        const code = way === 'inMenu' ? 'Z0023' : 'Z0024';
        expect(book.story(id)).toBe(
          way === 'inMenu' || way === 'makesDrink' ? wanted.refuses.replace('Z0016', code) : wanted[way],
        );
      });

      test('gets it once: a repeat waits, or replaces it', async () => {
        const one = asked(platform);
        const { book } = one;
        const machine = await book.machine(7, 'never');
        const input = await one.input(machine);
        const id = book.gives(7, name, input);
        if (book.command(id).endedAt !== null) return;
        const again = book.refusal(7, name, input);
        const isReplaced = rowOf(name).replaces(book.command(id), input);
        expect(again?.code ?? null).toBe(isReplaced ? null : 'commandRunning');
        // After sending.
        if (isReplaced) await book.passes(16_000);
        expect(book.story(id)).toBe(isReplaced ? 'expired: sent, replaced' : 'sent: sent');
      });

      test('that is offline gets it once after the login, and never again', async () => {
        const one = asked(platform);
        const { book } = one;
        const machine = await book.machine(7, 'never');
        const input = await one.input(machine);
        machine.stop();
        await book.passes(2_000);
        const id = book.gives(7, name, input);
        expect([book.story(id), book.written.length]).toEqual(['queued: queued', 0]);
        // A query may precede the command.
        const { sessionId } = book.command(id);
        const to = { vmcNo: 7, platform, sessionId, upgradeDir: '', upgradeType: null };
        const frames = rowOf(name).wire(input, to).length;
        for (const begin of [1, 2]) {
          machine.start();
          await book.passes(20_000);
          expect([begin, book.written.length]).toEqual([begin, frames]);
          machine.stop();
          await book.passes(2_000);
        }
        expect(book.command(id).steps.filter(({ what }) => what === 'sent')).toHaveLength(frames);
      });

      test('truly: a repeat of its proof changes nothing', async () => {
        const one = asked(platform);
        const { book } = one;
        const machine = await book.machine(7, 'truly');
        book.forgets();
        const id = await one.tell(machine);
        await one.passes(id, machine);
        const before = book.story(id);
        expect(before).toBe(wanted.truly);
        book.saysAgain(7);
        await book.passes(5_000);
        book.saysAgain(7);
        expect(book.story(id)).toBe(before);
      });

      test('never: another machine’s proof does not count', async () => {
        const one = asked(platform);
        const { book } = one;
        const [deaf, other] = [await book.machine(7, 'never'), await book.machine(8, 'truly')];
        const id = await one.tell(deaf);
        const its = await one.tell(other);
        if (given.customers === 'both') await one.passes(its, other);
        else await book.passesUntilEnd(its, 90_000);
        expect(book.story(its)).toBe(wanted.truly);
        const { steps } = book.command(id);
        expect(steps.map(({ what }) => what).filter((what) => !nothingSeen.has(what))).toEqual([]);
      });
    },
  );
}
