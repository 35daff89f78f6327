/**
 * What a person can tell a machine to do: one row each. Buttons, confirmation, validation, the wire form of both platforms and
 * the judgement of what came of it all follow from the row (docs/protocol.md, "Server to machine").
 */
import { z } from 'zod';
import type { Platform } from '../model/machine';
import type { WireMessage } from '../model/message';
import { priceMessages } from './prices';

/** What happens to the machine or to money; anything but `none` is asked once before it is sent. */
export type Risk =
  | 'none'
  | 'opens' // the door
  | 'dispenses' // hot water or a drink: mind hands and cups
  | 'restarts' // a minute or more without sales
  | 'pays'; // the machine believes that an order was paid

/** What a frame must say to prove it. `none`: this platform sends nothing that would. */
export type Proof =
  | 'restart' // the connection closes, then a login
  | 'doorOpen' // machinestatus dooropen
  | 'productDone' // productdone of that product
  | 'rinsingRecord'
  | 'amounts' // a later qrcode of each product with the new Amount
  | 'discount' // a later qrcode with the discounted Amount
  | 'payment' // paydone_r, or productdone of that order
  | 'status' // machinestatus
  | 'supplies' // machinestatus with supplies
  | 'version' // a login with the staged version
  | 'notice' // the machine's own word over HTTP
  | 'none';

/** What a message is made for. */
export interface WireContext {
  readonly vmcNo: number;
  /** `null`: not known yet; the document's form is sent. */
  readonly platform: Platform | null;
  readonly sessionId: string;
  /** Where the machine fetches the package: linux a base, android the ZIP itself. */
  readonly upgradeDir: string;
  readonly upgradeType: string | null;
}

interface CommandRow<Schema extends z.ZodType> {
  readonly input: Schema;
  readonly risk: Risk;
  readonly proof: Readonly<Record<Platform, Proof>>;
  /** ms it may wait for the machine to connect; short where it would surprise whoever stands there later. */
  readonly queueFor: number;
  /** ms in which its proof must come. */
  readonly proveFor: number;
  readonly wire: (input: z.infer<Schema>, context: WireContext) => readonly WireMessage[];
}

const minute = 60_000;
const nothing = z.strictObject({});
const taste = z.int().min(0).max(5);
const orderNo = z.string().trim().min(1).max(128);
/** fen */
const amount = z.int().min(0).max(10_000_000);

/** [doc 3.8]: hundreds strength, tens milk, ones sugar. */
const fastcodeOf = (strength: number, milk: number, sugar: number): number =>
  strength * 100 + milk * 10 + sugar;

/** android wraps what linux takes bare [field]. */
function remote(operation: string, { vmcNo, sessionId }: WireContext): WireMessage {
  return { cmd: 'remote', vmc_no: vmcNo, operation, session_id: sessionId };
}

const row = <Schema extends z.ZodType>(one: CommandRow<Schema>): CommandRow<Schema> => one;

export const commands = {
  openDoor: row({
    /** linux programs differ in how they spell it [doc 3.9 is of two minds, field]. */
    input: z.strictObject({ spelling: z.enum(['opendoor', 'door open']) }),
    risk: 'opens',
    proof: { linux: 'doorOpen', android: 'doorOpen' },
    queueFor: minute,
    proveFor: minute,
    wire: ({ spelling }, context) => [
      context.platform === 'android' ? remote('opendoor', context) : { cmd: spelling, vmc_no: context.vmcNo },
    ],
  }),
  makeDrink: row({
    input: z.strictObject({
      productId: z.int().min(1).max(999_999),
      strength: taste,
      milk: taste,
      sugar: taste,
    }),
    risk: 'dispenses',
    proof: { linux: 'productDone', android: 'productDone' },
    queueFor: minute,
    proveFor: 5 * minute,
    wire: ({ productId, strength, milk, sugar }, context) => {
      const drink = {
        product_id: productId,
        fastcode: fastcodeOf(strength, milk, sugar),
        paydone: true,
        paytype: 'fastcode',
      } as const;
      return context.platform === 'android'
        ? [{ ...remote('products', context), ...drink }]
        : [{ cmd: 'products', vmc_no: context.vmcNo, ...drink }];
    },
  }),
  rinse: row({
    input: nothing,
    risk: 'dispenses',
    proof: { linux: 'none', android: 'rinsingRecord' },
    queueFor: minute,
    proveFor: 5 * minute,
    wire: (_input, context) => [
      context.platform === 'android' ? remote('rinsing', context) : { cmd: 'rinsing', vmc_no: context.vmcNo },
    ],
  }),
  reboot: row({
    input: nothing,
    risk: 'restarts',
    proof: { linux: 'restart', android: 'restart' },
    queueFor: 10 * minute,
    proveFor: 5 * minute,
    wire: (_input, context) => [
      context.platform === 'android' ? remote('reboot', context) : { cmd: 'reboot', vmc_no: context.vmcNo },
    ],
  }),
  setPrices: row({
    /** [doc 3.9]: product_id from 100, price in fen, type 0-3. */
    input: z.strictObject({
      prices: z
        .array(
          z.strictObject({
            productId: z.int().min(100).max(999_999),
            price: amount,
            type: z.int().min(0).max(3),
          }),
        )
        .min(1)
        .max(500),
    }),
    risk: 'restarts',
    proof: { linux: 'amounts', android: 'amounts' },
    queueFor: 10 * minute,
    proveFor: 24 * 60 * minute,
    wire: ({ prices }, { vmcNo }) => priceMessages(vmcNo, prices),
  }),
  setDiscount: row({
    input: z.strictObject({ percent: z.int().min(1).max(100) }),
    risk: 'restarts',
    proof: { linux: 'discount', android: 'discount' },
    queueFor: 10 * minute,
    proveFor: 24 * 60 * minute,
    wire: ({ percent }, { vmcNo }) => [{ cmd: 'discount', vmc_no: vmcNo, discount: percent }],
  }),
  answerQr: row({
    input: z.strictObject({
      orderNo,
      qrType: z.string().trim().min(1).max(32),
      qrCode: z.string().min(1).max(800),
    }),
    risk: 'none',
    proof: { linux: 'none', android: 'none' },
    queueFor: 10_000,
    proveFor: 10_000,
    wire: (input, { vmcNo }) => [
      {
        cmd: 'qrcode_r',
        vmc_no: vmcNo,
        qr_type: input.qrType,
        qrcode: input.qrCode,
        order_no: input.orderNo,
      },
    ],
  }),
  payResult: row({
    input: z.strictObject({ orderNo, amount, paid: z.boolean(), payType: z.string().trim().min(1).max(32) }),
    risk: 'pays',
    proof: { linux: 'payment', android: 'payment' },
    queueFor: minute,
    proveFor: 5 * minute,
    wire: (input, { vmcNo }) => [
      {
        cmd: 'pay_done',
        vmc_no: vmcNo,
        product_amount: input.amount,
        order_no: input.orderNo,
        paydone: input.paid,
        paytype: input.payType,
      },
    ],
  }),
  queryStatus: row({
    input: nothing,
    risk: 'none',
    proof: { linux: 'status', android: 'status' },
    queueFor: minute,
    proveFor: 30_000,
    wire: (_input, context) => [
      context.platform === 'android'
        ? remote('sync', context)
        : { cmd: 'statusquery', vmc_no: context.vmcNo },
    ],
  }),
  querySupplies: row({
    input: nothing,
    risk: 'none',
    proof: { linux: 'supplies', android: 'supplies' },
    queueFor: minute,
    proveFor: 30_000,
    wire: (_input, context) => [
      context.platform === 'android'
        ? remote('supplys', context)
        : { cmd: 'querysupplies', vmc_no: context.vmcNo },
    ],
  }),
  upgrade: row({
    input: z.strictObject({ packageId: z.string().regex(/^[0-9a-f]{64}$/) }),
    risk: 'restarts',
    proof: { linux: 'version', android: 'version' },
    queueFor: 10 * minute,
    proveFor: 60 * minute,
    wire: (_input, { vmcNo, platform, upgradeDir, upgradeType, sessionId }) => [
      platform === 'android'
        ? {
            cmd: 'upgrade',
            vmc_no: vmcNo,
            ...(upgradeType === null ? {} : { type: upgradeType }),
            dir: upgradeDir,
            session_id: sessionId,
          }
        : { cmd: 'upgrade', vmc_no: vmcNo, dir: upgradeDir },
    ],
  }),
} as const;

export type CommandName = keyof typeof commands;
export type CommandInput<Name extends CommandName> = z.infer<(typeof commands)[Name]['input']>;

export const commandNames = Object.keys(commands) as readonly CommandName[];

/** With no `dooropen` after this many ms the other spelling is offered on linux [ours]. */
export const otherSpellingAfter = 15_000;
