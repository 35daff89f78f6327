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
  unlocked: 'unlocked',
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
    clearwarning: { name: 'warning ended', over: 'ended: {{error}} ({{code}})' },
    qrcode: {
      name: 'QR code request',
      price: 'QR code for {{amount}}',
      priceOfOrder: 'order {{order}}: QR code for {{amount}}',
    },
    qrcode_r: {
      name: 'QR code',
      payType: 'QR code, {{payment}}',
      payTypeOfOrder: 'order {{order}}: QR code, {{payment}}',
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
    checkorder: { name: 'order query', order: 'query of order {{order}}' },
    checkorder_r: { name: 'order state', ...payment },
    rinsingrecord: { name: 'rinsed', rinsed: 'rinsed', failed: 'rinsing failed' },
    rinsingrecord_r: { name: 'rinse acknowledged' },
    pay_done: { name: 'payment result', ...payment },
    paydone_r: { name: 'payment result answered', order: 'order {{order}}: answer to the payment result' },
    pay_done_r: { name: 'payment result answered' },
    products_r: { name: 'drink command answered', order: 'order {{order}}: answer to the drink command' },
    products: {
      name: 'make a drink',
      drink: 'make {{product}}',
      drinkTaste: 'make {{product}}, {{fastcode}}',
    },
    reboot: { name: 'restart', part: 'restart a part: {{part}}' },
    opendoor: { name: 'open door' },
    'door open': { name: 'open door' },
    rinsing: { name: 'rinse' },
    statusquery: { name: 'status query' },
    statusquery_r: { name: 'state', ...status },
    querysupplies: { name: 'supplies query' },
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
    facepay: { name: 'face payment' },
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
    list: '{{a}}, {{b}}',
    amountOf: '{{what}} {{amount}}',
    opened: 'from {{from}} to port {{port}}',
    relayMark: {
      ours: 'by Crema: {{what}}',
      edited: 'changed: {{what}}',
      released: 'forwarded late: {{what}}',
      held: 'held: {{what}}',
      dropped: 'dropped: {{what}}',
      answered: 'answered by Crema: {{what}}',
      notPassed: 'not forwarded: {{what}}',
    },
    relay: {
      relayed: 'from {{from}} to port {{port}}, forwarded to {{to}}',
      meanwhile: 'from {{from}} to port {{port}}, answered by Crema: {{to}} is unreachable',
      cutOff: 'from {{from}} to port {{port}}; {{to}} is unreachable',
    },
    dialled: 'Crema connected to {{from}}, from port {{port}}',
  },
  field: {
    cmd: { means: 'command' },
    vmcNo: { means: 'machine number' },
    padding: { means: 'filler without meaning' },
    loginDate: { means: 'date on the machine, part of the sign' },
    sign: { means: 'sign made with the verification code' },
    version: { means: 'version of the machine program' },
    driverVersion: { means: 'version of the driver' },
    ioVersion: { means: 'version of the I/O board' },
    model: { means: 'machine model' },
    loginCount: { means: 'login attempts so far' },
    compId: { means: 'company id' },
    boardVersion: { means: 'version of a board' },
    serverTime: { means: 'server time; a Linux machine sets its clock by it' },
    ret: {
      means: 'result of the login',
      value: {
        '0': 'accepted',
        '1': 'wrong sign',
        '2': 'machine not allowed',
        '3': 'link reserved for another machine',
      },
    },
    carrierCode: { means: 'customer number stored in the machine' },
    serverList: { means: 'server list stored in the machine' },
    status: {
      means: 'event',
      value: {
        clearerror: 'errors cleared',
        cupblock: 'drink not collected',
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
    errorDescription: { means: 'the machine’s description' },
    isSet: {
      means: 'error',
      value: { true: 'set', false: 'cleared' },
    },
    isFatal: {
      means: 'critical for the whole machine',
      value: { true: 'yes, no drinks possible', false: 'no' },
    },
    isPersistent: {
      means: 'kept after restart',
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
    nameKey: { means: 'key of the product name in the machine' },
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
    resendTimes: { means: 'number of repetitions' },
    orderUploaded: {
      means: 'delivered, by the machine’s count',
      value: { true: 'yes', false: 'no' },
    },
    failReason: { means: 'failure reason' },
    isStored: {
      means: 'stored by the machine and sent later',
      value: { true: 'yes', false: 'no' },
    },
    recipe: { means: 'recipe' },
    cupsAndCanisters: { means: 'cups and canisters' },
    consumed: { means: 'materials used by the order' },
    consumedAmount: { means: 'used' },
    feedOperation: { means: 'refill action' },
    recordTaken: {
      means: 'record received',
      value: { true: 'yes', false: 'no' },
    },
    orderTaken: {
      means: 'order received',
      value: { true: 'yes', false: 'no' },
    },
    isPaid: {
      means: 'payment',
      value: { true: 'paid', false: 'not paid' },
    },
    fastcode: { means: 'taste' },
    recordId: { means: 'record number, returned unchanged' },
    isRinsed: {
      means: 'result',
      value: { true: 'rinsed', false: 'failed' },
    },
    rinsingCode: { means: 'rinsed part' },
    outcome: { means: 'result reported by the machine; 1: accepted' },
    rinsingDetails: { means: 'more about the rinse, as counted by the machine' },
    rinsingWay: {
      means: 'started by',
      value: { auto: 'the machine itself', remote: 'the server', hand: 'a person at the machine' },
    },
    recordTime: { means: 'time of the record on the machine' },
    operation: {
      means: 'action',
      value: {
        reboot: 'restart',
        opendoor: 'open door',
        rinsing: 'rinse',
        products: 'make a drink',
        supplys: 'change the stock',
        sync: 'reconnect and log in',
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
      means: 'part to restart',
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
      means: 'requested file',
      value: {
        log: 'log of a day',
        recipe: 'recipes',
        product: 'product list',
        eva: 'EVA data',
        config: 'configuration',
      },
    },
    fileTo: { means: 'target address of the file' },
    logDay: { means: 'day of the log' },
    logFolder: { means: 'folder of the logs' },
    supplyChange: { means: 'stock change' },
    supplyChangeBy: { means: 'added; negative: removed' },
    productList: { means: 'product ids, separated by commas' },
    sessionId: { means: 'request number, returned by the machine when it is done' },
    priceList: { means: 'product, price and price type, one row each' },
    priceRow: { means: 'product, price, price type' },
    priceType: { means: 'price type, 0 to 3' },
    discount: { means: 'share of the price to pay' },
    upgradeDir: { means: 'download address of the upgrade' },
    upgradeType: {
      means: 'package content',
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
    none: 'without a unit',
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
        says: 'The sign is missing or does not match the stored code; the setting ignores this',
        title: 'Sign ignored',
      },
    },
    order: {
      repeated: {
        says: 'Order {{orderNo}} was reported {{times}} times; it counts once',
        title: 'Repeated orders',
      },
    },
    error: {
      repeated: { says: 'Error {{code}} was reported again; it counts once', title: 'Repeated errors' },
    },
    clock: {
      wrong: {
        says: 'The dates differ: machine {{machine}}, this computer {{here}}',
        title: 'Clocks differ by more than a day',
      },
    },
  } satisfies ByFindingCode<RaisedFindingCode>,
} as const;
