/**
 * Every command on both platforms, told to a virtual machine that answers in each of the ways there are: what comes of it, and nothing more.
 * What is special of one command stands in its own test.
 */
import { afterEach, describe, expect, test } from 'vitest';
import { commandNames, type CommandName } from '#shared/commands/index';
import { rowOf } from '#shared/commands/kit/rows';
import type { JsonObject } from '#shared/model/json';
import type { Platform } from '#shared/model/machine';
import { answerings, type Answering } from '#shared/model/simulator';
import type { Machine } from '../../../../src/main/simulator/machine';
import { menu } from '../../../../src/main/simulator/stock';
import { Commanded } from '../../../builders/commanded';

const [product] = menu;
const sells = (machine: Machine): void =>
  machine.sales.sell({ product, payment: 'wx_pub', works: true, brewing: 100, patience: 600_000 }, () => {});

interface Case {
  readonly input?: JsonObject;
  /** A customer asks for a payment before; and after, so that the amount shows. */
  readonly customers?: 'before' | 'both';
}
const cases: Readonly<Partial<Record<CommandName, Case>>> = {
  setPrices: { input: { prices: [{ productId: product.id, price: 700, type: 0 }] }, customers: 'both' },
  setDiscount: { input: { percent: 50 }, customers: 'both' },
  payResult: { input: { amount: product.price, paid: true, payType: 'wx_pub' }, customers: 'before' },
  answerQr: { input: { qrType: 'wx_pub', qrCode: 'CREMA' }, customers: 'before' },
  refill: { input: { changes: { '10009': 200, '10016': -50 } } },
};

/** That it was sent proves nothing, nor does that it was accepted. */
const unproved = 'expired: sent, noProof';
const acceptedOnly = 'expired: sent, accepted, noProof';
const refused = 'failed: sent, machineSaidFailed Z0016';
/** Nothing could ever prove it. */
const never = 'unconfirmable: sent, cannotProve';
/** Nothing else tells of it. */
const itsWord = 'confirmed: sent, machineSaidDone';

/** In management and while making a drink it refuses with another code. `dropped`: the connection breaks when it was sent. */
type Way = Exclude<Answering, 'inMenu' | 'makesDrink'> | 'dropped';
const stories: Readonly<
  Record<Platform, Readonly<Partial<Record<CommandName, Readonly<Record<Way, string>>>>>>
> = {
  linux: {
    openDoor: {
      truly: 'confirmed: sent, doorOpened',
      refuses: unproved,
      fails: unproved,
      late: 'confirmed: sent, noProof, late, doorOpened',
      never: unproved,
      restarts: unproved,
      dropped: unproved,
    },
    makeDrink: {
      truly: 'confirmed: sent, drinkMade',
      refuses: unproved,
      fails: 'failed: sent, drinkFailed',
      late: 'confirmed: sent, noProof, late, drinkMade',
      never: unproved,
      restarts: unproved,
      dropped: 'confirmed: sent, drinkMade',
    },
    rinse: {
      truly: never,
      refuses: never,
      fails: never,
      late: never,
      never: never,
      restarts: never,
      dropped: never,
    },
    reboot: {
      truly: 'confirmed: sent, connectionClosed, loggedIn',
      refuses: unproved,
      fails: unproved,
      late: 'confirmed: sent, connectionClosed, noProof, late, loggedIn',
      never: unproved,
      restarts: 'confirmed: sent, connectionClosed, loggedIn',
      dropped: 'confirmed: sent, connectionClosed, loggedIn',
    },
    upgrade: {
      truly:
        'confirmed: sent, updateXmlFetched, downloadBegan, downloadEnded, connectionClosed, versionConfirmed',
      refuses: unproved,
      fails: unproved,
      late: 'confirmed: sent, noProof, updateXmlFetched, downloadBegan, downloadEnded, connectionClosed, late, versionConfirmed',
      never: unproved,
      restarts: 'expired: sent, connectionClosed, loggedIn, versionDiffers, noProof',
      dropped:
        'confirmed: sent, connectionClosed, updateXmlFetched, downloadBegan, downloadEnded, versionConfirmed',
    },
    setPrices: {
      truly: 'confirmed: sent, connectionClosed, loggedIn, amountSeen',
      refuses: 'sent: sent, amountDiffers',
      fails: 'sent: sent, amountDiffers',
      late: 'sent: sent, connectionClosed',
      never: 'sent: sent, amountDiffers',
      restarts: 'sent: sent, connectionClosed, loggedIn, amountDiffers',
      dropped: 'confirmed: sent, connectionClosed, loggedIn, amountSeen',
    },
    setDiscount: {
      truly: 'confirmed: sent, connectionClosed, loggedIn, amountSeen',
      refuses: 'sent: sent, amountDiffers',
      fails: 'sent: sent, amountDiffers',
      late: 'sent: sent, connectionClosed',
      never: 'sent: sent, amountDiffers',
      restarts: 'sent: sent, connectionClosed, loggedIn, amountDiffers',
      dropped: 'confirmed: sent, connectionClosed, loggedIn, amountSeen',
    },
    queryStatus: {
      truly: 'confirmed: sent, statusReported',
      refuses: unproved,
      fails: unproved,
      late: unproved,
      never: unproved,
      restarts: unproved,
      dropped: 'confirmed: sent, statusReported',
    },
    querySupplies: {
      truly: 'confirmed: sent, suppliesReported',
      refuses: unproved,
      fails: unproved,
      late: 'confirmed: sent, noProof, late, suppliesReported',
      never: unproved,
      restarts: unproved,
      dropped: 'confirmed: sent, suppliesReported',
    },
    answerQr: {
      truly: never,
      refuses: never,
      fails: never,
      late: never,
      never: never,
      restarts: never,
      dropped: never,
    },
    payResult: {
      truly: 'confirmed: sent, acknowledged',
      refuses: 'failed: sent, refusedPayment',
      fails: 'confirmed: sent, acknowledged',
      late: 'confirmed: sent, acknowledged',
      never: unproved,
      restarts: 'confirmed: sent, acknowledged',
      dropped: 'confirmed: sent, drinkMade',
    },
  },
  android: {
    openDoor: {
      truly: 'confirmed: sent, accepted, doorOpened',
      refuses: refused,
      fails: acceptedOnly,
      late: 'confirmed: sent, accepted, noProof, late, doorOpened',
      never: unproved,
      restarts: acceptedOnly,
      dropped: acceptedOnly,
    },
    makeDrink: {
      truly: 'confirmed: sent, accepted, drinkMade',
      refuses: 'failed: sent, drinkRefused',
      fails: 'failed: sent, accepted, drinkFailed',
      late: 'confirmed: sent, accepted, noProof, late, drinkMade',
      never: unproved,
      restarts: acceptedOnly,
      dropped: 'confirmed: sent, drinkMade',
    },
    rinse: {
      truly: 'confirmed: sent, accepted, rinsed',
      refuses: refused,
      fails: 'failed: sent, accepted, rinseFailed',
      late: 'confirmed: sent, accepted, noProof, late, rinsed',
      never: unproved,
      restarts: acceptedOnly,
      dropped: 'confirmed: sent, accepted, rinsed',
    },
    reboot: {
      truly: 'confirmed: sent, accepted, connectionClosed, loggedIn',
      refuses: refused,
      fails: acceptedOnly,
      late: 'confirmed: sent, accepted, connectionClosed, noProof, late, loggedIn',
      never: unproved,
      restarts: 'confirmed: sent, accepted, connectionClosed, loggedIn',
      dropped: 'confirmed: sent, connectionClosed, accepted, loggedIn',
    },
    upgrade: {
      truly:
        'confirmed: sent, accepted, downloadBegan, downloadEnded, connectionClosed, loggedIn, versionConfirmed',
      refuses: refused,
      fails: 'failed: sent, accepted, machineSaidFailed download failed',
      late: 'confirmed: sent, accepted, noProof, downloadBegan, downloadEnded, connectionClosed, late, versionConfirmed',
      never: unproved,
      restarts: 'expired: sent, accepted, connectionClosed, loggedIn, versionDiffers, noProof',
      dropped:
        'confirmed: sent, connectionClosed, accepted, downloadBegan, downloadEnded, loggedIn, versionConfirmed',
    },
    setPrices: {
      truly: 'confirmed: sent, amountSeen',
      refuses: 'sent: sent, amountDiffers',
      fails: 'sent: sent, amountDiffers',
      late: 'sent: sent, amountDiffers',
      never: 'sent: sent, amountDiffers',
      restarts: 'sent: sent, amountDiffers',
      dropped: 'confirmed: sent, amountSeen',
    },
    setDiscount: {
      truly: 'confirmed: sent, amountSeen',
      refuses: 'sent: sent, amountDiffers',
      fails: 'sent: sent, amountDiffers',
      late: 'sent: sent, amountDiffers',
      never: 'sent: sent, amountDiffers',
      restarts: 'sent: sent, amountDiffers',
      dropped: 'confirmed: sent, amountSeen',
    },
    lockProducts: {
      truly: itsWord,
      refuses: refused,
      fails: itsWord,
      late: itsWord,
      never: unproved,
      restarts: itsWord,
      dropped: itsWord,
    },
    unlockProducts: {
      truly: itsWord,
      refuses: refused,
      fails: itsWord,
      late: itsWord,
      never: unproved,
      restarts: itsWord,
      dropped: itsWord,
    },
    refill: {
      truly: 'confirmed: sent, accepted, refillRecorded, sumReported',
      refuses: refused,
      fails: acceptedOnly,
      late: 'confirmed: sent, accepted, noProof, refillRecorded, late, sumReported',
      never: unproved,
      restarts: acceptedOnly,
      dropped: 'confirmed: sent, accepted, sumReported, refillRecorded',
    },
    sync: {
      truly: 'confirmed: sent, accepted, connectionClosed, allReported',
      refuses: refused,
      fails: acceptedOnly,
      late: 'confirmed: sent, accepted, connectionClosed, noProof, late, allReported',
      never: unproved,
      restarts: 'confirmed: sent, accepted, connectionClosed, allReported',
      dropped: 'confirmed: sent, connectionClosed, accepted, allReported',
    },
    fetchFile: {
      truly: 'confirmed: sent, accepted, fileArrived',
      refuses: refused,
      fails: 'failed: sent, accepted, machineSaidFailed upload failed',
      late: 'confirmed: sent, accepted, noProof, late, fileArrived',
      never: unproved,
      restarts: acceptedOnly,
      dropped: 'confirmed: sent, accepted, fileArrived',
    },
    restartPart: {
      truly: itsWord,
      refuses: refused,
      fails: itsWord,
      late: itsWord,
      never: unproved,
      restarts: itsWord,
      dropped: 'confirmed: sent, connectionClosed, machineSaidDone',
    },
    answerQr: {
      truly: never,
      refuses: never,
      fails: never,
      late: never,
      never: never,
      restarts: never,
      dropped: never,
    },
    payResult: {
      truly: 'confirmed: sent, acknowledged',
      refuses: 'failed: sent, refusedPayment',
      fails: 'confirmed: sent, acknowledged',
      late: 'confirmed: sent, acknowledged',
      never: 'confirmed: sent, drinkMade',
      restarts: 'confirmed: sent, acknowledged',
      dropped: 'confirmed: sent, drinkMade',
    },
  },
};

/** Steps for which no machine did anything. */
const nothingSeen: ReadonlySet<string> = new Set(['sent', 'noProof', 'cannotProve']);

let open: Commanded[] = [];
afterEach(() => {
  for (const one of open) one.ends();
  open = [];
});

function opened(platform: Platform): Commanded {
  const book = new Commanded(platform);
  open.push(book);
  return book;
}

/** Tells it the command, after whatever else that needs. */
async function tell(book: Commanded, machine: Machine, name: CommandName) {
  const { input: plain = rowOf(name).examples[0] ?? {}, customers } = cases[name] ?? {};
  if (customers !== undefined) sells(machine);
  await book.passes(2_000);
  const orderNo = book.world.fleet.machine(machine.number)?.orders.at(-1)?.orderNo ?? '';
  const input = name === 'payResult' || name === 'answerQr' ? { ...plain, orderNo } : plain;
  return { input, id: book.gives(machine.number, name, input) };
}

async function told(platform: Platform, name: CommandName, answering: Answering) {
  const book = opened(platform);
  const machine = await book.machine(7, answering);
  return { book, machine, ...(await tell(book, machine, name)) };
}

/** A customer asks, so that the amount shows. */
async function customerAsks(book: Commanded, machine: Machine): Promise<void> {
  await book.passes(90_000);
  // The one of before goes away unpaid.
  machine.sales.powerOff();
  sells(machine);
  await book.passes(10_000);
}

/** What comes of it, until all that is waited for is over. */
async function storyOf(platform: Platform, name: CommandName, way: (typeof ways)[number]): Promise<string> {
  const { book, machine, id } = await told(platform, name, way === 'dropped' ? 'truly' : way);
  if (way === 'dropped') book.drops(7);
  const wait = Math.min(book.waitOf(name), 3_600_000);
  if (cases[name]?.customers === 'both') {
    await customerAsks(book, machine);
    return book.story(id);
  }
  // What was given up may still be proved.
  if (way === 'late') await book.passes(wait + 100_000);
  else await book.passesUntilEnd(id, wait + 2_000);
  return book.story(id);
}

const ways = [...answerings, 'dropped'] as const;

const rows = (['linux', 'android'] as const).flatMap((platform) =>
  commandNames.flatMap((name) => (rowOf(name).has[platform] ? [[platform, name] as const] : [])),
);

describe.each(rows)('%s %s', (platform, name) => {
  const wanted = stories[platform][name];

  test.each(ways)('%s', async (way) => {
    const story = await storyOf(platform, name, way);
    const code = way === 'inMenu' ? 'Z0023' : 'Z0024';
    expect(story).toBe(
      way === 'inMenu' || way === 'makesDrink' ? wanted?.refuses.replace('Z0016', code) : wanted?.[way],
    );
  });

  test('is told once: the same again waits, or takes its place', async () => {
    const { book, input, id } = await told(platform, name, 'never');
    if (book.command(id).endedAt !== null) return;
    const again = book.refusal(7, name, input);
    const isReplaced = rowOf(name).replaces(book.command(id), input);
    expect(again?.code ?? null).toBe(isReplaced ? null : 'commandRunning');
    expect(book.story(id)).toBe(isReplaced ? 'expired: sent, replaced' : 'sent: sent');
  });

  test('given while it is away, it is sent once when it comes, and never again', async () => {
    const book = opened(platform);
    const machine = await book.machine(7, 'never');
    const { input: plain = rowOf(name).examples[0] ?? {}, customers } = cases[name] ?? {};
    if (customers !== undefined) sells(machine);
    await book.passes(2_000);
    const orderNo = book.world.fleet.machine(7)?.orders.at(-1)?.orderNo ?? '';
    const input = rowOf(name).offered === 'order' ? { ...plain, orderNo } : plain;
    machine.stop();
    await book.passes(2_000);
    const id = book.gives(7, name, input);
    expect([book.story(id), book.written.length]).toEqual(['queued: queued', 0]);
    for (const begin of [1, 2]) {
      machine.start();
      await book.passes(20_000);
      expect([begin, book.written.length]).toEqual([begin, 1]);
      machine.stop();
      await book.passes(2_000);
    }
    expect(book.command(id).steps.filter(({ what }) => what === 'sent')).toHaveLength(1);
  });

  test('its proof told once more changes nothing', async () => {
    const book = opened(platform);
    const machine = await book.machine(7, 'truly');
    book.forgets();
    const { id } = await tell(book, machine, name);
    if (cases[name]?.customers === 'both') await customerAsks(book, machine);
    else await book.passesUntilEnd(id, Math.min(book.waitOf(name), 3_600_000) + 2_000);
    const before = book.story(id);
    expect(before).toBe(wanted?.truly);
    book.saysAgain(7);
    await book.passes(5_000);
    book.saysAgain(7);
    expect(book.story(id)).toBe(before);
  });

  test('another machine’s proof is none', async () => {
    const book = opened(platform);
    const [deaf, other] = [await book.machine(7, 'never'), await book.machine(8, 'truly')];
    const { id } = await tell(book, deaf, name);
    const { id: its } = await tell(book, other, name);
    if (cases[name]?.customers === 'both') await customerAsks(book, other);
    else await book.passesUntilEnd(its, 90_000);
    expect(book.story(its)).toBe(wanted?.truly);
    const { steps } = book.command(id);
    expect(steps.map(({ what }) => what).filter((what) => !nothingSeen.has(what))).toEqual([]);
  });
});

test('every command has its stories', () => {
  for (const platform of ['linux', 'android'] as const)
    expect(Object.keys(stories[platform]).toSorted()).toEqual(
      rows.flatMap(([on, name]) => (on === platform ? [name] : [])).toSorted(),
    );
});
