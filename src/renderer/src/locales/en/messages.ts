/** Texts of messages: one entry per wire command with its name and its text in a list line. Then the fields with their values. */
import type { RaisedFindingCode } from '#shared/findings';
import type { FieldUnit } from '#shared/messages/field';
import type { messages as rows } from '#shared/messages/index';
import type { MeaningName } from '#shared/messages/lookup';
import type { Sentence } from '#shared/messages/says';
import type { ByFindingCode } from './findings';

type Row = (typeof rows)[number];
type KeyOf<R> = R extends { readonly says: infer S }
  ? S extends (...given: never) => infer Line
    ? NonNullable<Line> extends Sentence<infer Key>
      ? Key
      : never
    : never
  : never;
/** With a sentence for every text that its row can need. */
type MessageTexts = {
  readonly [Cmd in Row['cmd']]: { readonly name: string } & Readonly<
    Record<KeyOf<Extract<Row, { readonly cmd: Cmd }>>, string>
  >;
};
interface FieldTexts {
  readonly means: string;
  /** By value, in lower case. */
  readonly value?: Readonly<Record<string, string>>;
}

/** A report of the machine's state, in any message. */
const status = {
  is: '{{status}}',
  locked: 'locked',
  unlocked: 'lock opened',
  supplies: 'supplies: {{materials}}',
};
const payment = {
  paid: 'order {{order}}, {{amount}} paid',
  notPaid: 'order {{order}}, {{amount}} not paid',
  payment: 'order {{order}}, {{amount}}',
};

export const messages = {
  message: {
    hb: { name: 'heartbeat', answered: 'heartbeat answered' },
    login: { name: 'login', version: 'login, version {{version}}' },
    login_r: {
      name: 'login answered',
      accepted: 'login accepted',
      refused: 'login refused (ret {{ret}})',
    },
    machinestatus: { name: 'state', ...status },
    error: {
      name: 'error',
      set: '{{error}} ({{code}})',
      about: 'about {{error}} ({{code}})',
      cleared: 'cleared: {{error}} ({{code}})',
    },
    error_r: { name: 'error acknowledged' },
    clearwarning: { name: 'warning over', over: 'over: {{error}} ({{code}})' },
    qrcode: {
      name: 'asks for a QR code',
      price: 'QR code for {{amount}}',
      priceOfOrder: 'QR code for {{amount}}, order {{order}}',
    },
    qrcode_r: {
      name: 'QR code',
      payType: 'QR code, {{payment}}',
      payTypeOfOrder: 'QR code, {{payment}}, order {{order}}',
    },
    productdone: {
      name: 'drink',
      made: '{{product}} made',
      madeFor: '{{product}} made, {{amount}}',
      drink: 'drink: {{product}}',
      failed: '{{product}} failed',
      failedWhy: '{{product}} failed ({{error}})',
    },
    productdone_r: { name: 'order acknowledged', order: 'order {{order}} acknowledged' },
    checkorder: { name: 'asks about an order', order: 'asks about order {{order}}' },
    checkorder_r: { name: 'order state', ...payment },
    rinsingrecord: { name: 'rinsed', rinsed: 'rinsed', failed: 'rinsing failed' },
    rinsingrecord_r: { name: 'rinse acknowledged' },
    pay_done: { name: 'payment result', ...payment },
    paydone_r: { name: 'payment result answered', order: 'order {{order}}: answers the payment result' },
    pay_done_r: { name: 'payment result answered' },
    products_r: { name: 'drink command answered', order: 'order {{order}}: answers the drink command' },
    products: {
      name: 'make a drink',
      drink: 'make {{product}}',
      drinkTaste: 'make {{product}}, {{fastcode}}',
    },
    reboot: { name: 'reboot', part: 'restart a part: {{part}}' },
    opendoor: { name: 'open door' },
    'door open': { name: 'open door' },
    rinsing: { name: 'rinse' },
    statusquery: { name: 'asks for the state' },
    statusquery_r: { name: 'state', ...status },
    querysupplies: { name: 'asks for supplies' },
    querysupplies_r: { name: 'supplies', ...status },
    priceset: {
      name: 'set prices',
      price: 'price of 1 product',
      prices: 'prices of {{count, number}} products',
      pricesMore: 'prices of more than {{n}} products',
    },
    discount: { name: 'set discount', percent: 'discount: {{percent}}% of the price' },
    upgrade: { name: 'upgrade', from: 'upgrade from {{where}}' },
    remote: {
      name: 'remote operation',
      operation: 'remote: {{operation}}',
      drink: 'remote: make {{product}}',
      drinkTaste: 'remote: make {{product}}, {{fastcode}}',
    },
    feedrecord: { name: 'refill record' },
    feedrecord_r: { name: 'record acknowledged' },
    upordrecipe: { name: 'recipe record' },
    upordrecipe_r: { name: 'record acknowledged' },
    barcode: { name: 'barcode' },
    facepay: { name: 'payment by face' },
    url_r: { name: 'address answered' },
    openminidoor: { name: 'open small door' },
    bottommenu: { name: 'bottom menu' },
    screensaver: { name: 'screen saver' },
    clearscreensaver: { name: 'clear screen saver' },
    passwords: { name: 'passwords' },
    shutdown: { name: 'shut down' },
  } satisfies MessageTexts &
    Readonly<Record<string, { readonly name: string; readonly [key: string]: string }>>,
  /** Shared by the sentences above. */
  phrase: {
    and: '{{a}}, {{b}}',
    amountOf: '{{what}} {{amount}}',
    opened: 'from {{from}} to port {{port}}',
    relayMark: {
      ours: 'by Crema: {{what}}',
      edited: 'changed: {{what}}',
      released: 'passed on late: {{what}}',
      held: 'held back: {{what}}',
      dropped: 'dropped: {{what}}',
      answered: 'answered by Crema: {{what}}',
      notPassed: 'not passed on: {{what}}',
    },
    relay: {
      relayed: 'from {{from}} to port {{port}}, passed on to {{to}}',
      meanwhile: 'from {{from}} to port {{port}}, served by Crema: {{to}} can’t be reached',
      cutOff: 'from {{from}} to port {{port}}; {{to}} can’t be reached',
    },
    dialled: 'Crema called {{from}}, from port {{port}}',
  },
  field: {
    cmd: { means: 'command' },
    vmcNo: { means: 'machine number' },
    padding: { means: 'filler, means nothing' },
    loginDate: { means: 'date on the machine, part of the sign' },
    sign: { means: 'sign made with the verification code' },
    version: { means: 'version of the machine program' },
    driverVersion: { means: 'version of the driver' },
    ioVersion: { means: 'version of the I/O board' },
    model: { means: 'machine model' },
    loginCount: { means: 'login attempts so far' },
    compId: { means: 'company id' },
    boardVersion: { means: 'version of a board' },
    serverTime: { means: 'time here; a linux machine sets its clock by it' },
    ret: {
      means: 'result of the login',
      value: {
        '0': 'accepted',
        '1': 'the sign does not match',
        '2': 'this machine is not allowed',
        '3': 'the link is kept for another machine',
      },
    },
    carrierCode: { means: 'customer number the machine stores' },
    serverList: { means: 'servers the machine stores' },
    status: {
      means: 'what happened',
      value: {
        clearerror: 'errors cleared',
        cupblock: 'cup not taken',
        dooropen: 'door opened',
        doorclose: 'door closed',
        supply: 'supplies reported',
        machinelock: 'locked or unlocked',
      },
    },
    supply: { means: 'supplies left' },
    supplyAmount: { means: 'left' },
    isLocked: {
      means: 'lock',
      value: { true: 'locked', false: 'not locked' },
    },
    statusTime: { means: 'time on the machine' },
    errorCode: { means: 'error code' },
    errorDescription: { means: 'the machine’s own words' },
    isSet: {
      means: 'error',
      value: { true: 'set', false: 'cleared' },
    },
    isFatal: {
      means: 'whole machine in fault',
      value: { true: 'yes, nothing can be made', false: 'no' },
    },
    isPersistent: {
      means: 'survives a restart',
      value: { true: 'yes', false: 'no' },
    },
    errorTime: { means: 'date on the machine' },
    qrType: {
      means: 'kind of payment',
      value: { all: 'any kind', wx_pub: 'WeChat Pay', alipay: 'Alipay' },
    },
    qrCode: { means: 'text shown as the QR code' },
    productId: { means: 'product number' },
    productName: { means: 'product' },
    nameKey: { means: 'name of the product in the machine’s texts' },
    price: { means: 'price' },
    orderNo: { means: 'order number' },
    payType: {
      means: 'kind of payment',
      value: { wx_pub: 'WeChat Pay', alipay: 'Alipay', fastcode: 'ordered by the server' },
    },
    isMade: {
      means: 'result',
      value: { true: 'drink made', false: 'not made' },
    },
    orderTime: { means: 'time of the order on the machine' },
    resendTimes: { means: 'how often the order was sent again' },
    orderUploaded: {
      means: 'counted as delivered by the machine',
      value: { true: 'yes', false: 'no' },
    },
    failReason: { means: 'why it failed' },
    isStored: {
      means: 'stored by the machine and sent later',
      value: { true: 'yes', false: 'no' },
    },
    recipe: { means: 'recipe' },
    cupsAndCanisters: { means: 'about cups and canisters' },
    consumed: { means: 'what the order consumed' },
    consumedAmount: { means: 'consumed' },
    feedOperation: { means: 'what was done' },
    recordTaken: {
      means: 'record taken in',
      value: { true: 'yes', false: 'no' },
    },
    orderTaken: {
      means: 'order taken in',
      value: { true: 'yes', false: 'no' },
    },
    isPaid: {
      means: 'payment',
      value: { true: 'paid', false: 'not paid' },
    },
    fastcode: { means: 'taste' },
    recordId: { means: 'number of the record, sent back as it came' },
    isRinsed: {
      means: 'result',
      value: { true: 'rinsed', false: 'failed' },
    },
    rinsingCode: { means: 'what was rinsed' },
    outcome: { means: 'what the machine says of it; 1: taken' },
    rinsingDetails: { means: 'more about the rinse, as the machine counts it' },
    rinsingWay: {
      means: 'who began it',
      value: { auto: 'the machine by itself', remote: 'the server', hand: 'somebody at the machine' },
    },
    recordTime: { means: 'time of the record on the machine' },
    operation: {
      means: 'what to do',
      value: {
        reboot: 'reboot',
        opendoor: 'open door',
        rinsing: 'rinse',
        products: 'make a drink',
        supplys: 'add to the stock, or take from it',
        sync: 'connect and log in again',
        productlock: 'take products off the menu',
        productunlock: 'put products on the menu',
        upload: 'send a file',
        machinelock: 'lock the machine',
        machineunlock: 'unlock the machine',
        opensmalldoor: 'open small door',
        launch: 'launch',
      },
    },
    part: {
      means: 'what is restarted',
      value: {
        cup: 'cup unit',
        io: 'I/O board',
        ice: 'ice maker',
        app: 'program',
        stum: 'stum',
        all: 'all',
      },
    },
    fileType: {
      means: 'which file is asked for',
      value: {
        log: 'log of a day',
        recipe: 'recipes',
        product: 'product list',
        eva: 'EVA data',
        config: 'configuration',
      },
    },
    fileTo: { means: 'where the machine sends the file' },
    logDay: { means: 'the day whose log is asked for' },
    logFolder: { means: 'the folder of logs' },
    supplyChange: { means: 'by how much the stock changes' },
    supplyChangeBy: { means: 'added, or with a minus taken away' },
    productList: { means: 'product ids, with commas between them' },
    sessionId: { means: 'number of this request; the machine names it when it is done' },
    priceList: { means: 'product, price and price type, one row each' },
    priceRow: { means: 'product, price, price type' },
    priceType: { means: 'price type, 0 to 3' },
    discount: { means: 'share of the price that is asked for' },
    upgradeDir: { means: 'where the machine fetches the upgrade' },
    upgradeType: {
      means: 'what the package holds',
      value: {
        app: 'machine program',
        menu: 'menu',
        recipe: 'recipes',
        io: 'I/O board program',
        ice: 'ice maker program',
      },
    },
  } satisfies Readonly<Record<MeaningName, FieldTexts>>,
  fieldUnit: {
    fen: 'in fen',
    percent: 'in percent',
    yyyyMMdd: 'as yyyyMMdd',
    yyyyMMddHHmmss: 'as yyyyMMddHHmmss',
    dateTime: 'as yyyy-MM-dd HH:mm:ss',
    md5: 'MD5 in hex',
    url: 'an address',
    digits: 'digits: strength, milk, sugar, 0 to 5 each',
    none: 'no unit on the wire',
    materialId: 'by material id',
  } satisfies Readonly<Record<FieldUnit, string>>,
  fieldNote: {
    quoted: '{{meaning}}: {{text}}',
    inUnit: '{{meaning}}, {{unit}}',
    taste: 'strength {{strength}}, milk {{milk}}, sugar {{sugar}}',
    notMeasured: 'not measured',
    source: { doc: 'From the vendor’s document', field: 'Seen on real machines; not in the document' },
  },
  /** Findings of one message only; findings of frames, links and captures are in findings.ts. */
  finding: {
    sign: {
      matched: { says: 'The sign matches the stored code', title: 'Sign matched' },
      mismatch: { says: 'The sign does not match the stored code', title: 'Sign did not match' },
      absent: { says: 'A code is stored, but the login has no sign', title: 'Login without a sign' },
      ignored: {
        says: 'The sign is missing or does not match the stored code, which is ignored by setting',
        title: 'Sign ignored',
      },
    },
    order: {
      repeated: {
        says: 'Order {{orderNo}} came {{times}} times; it counts once',
        title: 'Orders repeated',
      },
    },
    error: {
      repeated: { says: 'Error {{code}} was said again; it counts once', title: 'Errors repeated' },
    },
    clock: {
      wrong: {
        says: 'The dates differ: machine {{machine}}, this computer {{here}}',
        title: 'Clocks differ by more than a day',
      },
    },
  } satisfies ByFindingCode<RaisedFindingCode>,
} as const;
