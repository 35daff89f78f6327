/**
 * A day of one machine, by a program that shares nothing with Crema: only sockets and HTTP.
 * First it sends login, heartbeats, errors, orders and a door. Then it obeys commands until a line on its standard input ends it.
 * It prints every frame that it wrote or read to its standard output, one JSON line each, in its own order.
 *
 *   node test/peers/day.mjs linux|android PORT NUMBER
 */
import { get } from 'node:http';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const [platform, port, number] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const isLinux = platform === 'linux';
const tell = (what, value) => process.stdout.write(`${JSON.stringify({ [what]: value })}\n`);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

let version = isLinux ? '1.2.8.8' : '2.1.0';
let logins = 0;
let sequence = 68;
let socket = null;
let waiting = [];
const prices = { 101: 1000, 102: 1200 };
let discount = 100;

/** linux: four digits and eight zeros [document, 2.1]; android: the little-endian head with a sequence number. */
function head(total) {
  if (isLinux) return Buffer.from(`${String(total).padStart(4, '0')}00000000`);
  const v = total + 48;
  const bytes = [v & 255, ((v >> 8) & 255) + 48, 48, 48];
  const count = Buffer.alloc(8);
  count.writeBigUInt64LE(BigInt(sequence));
  sequence += 1;
  return Buffer.from([...bytes, ...[...count].map((byte) => (byte + 48) & 255)]);
}

function say(body) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const json = Buffer.from(text);
  socket.write(Buffer.concat([head(json.length + 12), json]));
  tell('said', text);
}

/** Resolves with the next message that fits. */
function heard(fits) {
  return new Promise((resolve) => waiting.push({ fits, resolve }));
}

let held = Buffer.alloc(0);
function onData(chunk) {
  held = Buffer.concat([held, chunk]);
  while (held.length >= 12) {
    const total = isLinux ? Number(held.toString('latin1', 0, 4)) : (held[1] - 48) * 256 + held[0] - 48;
    if (held.length < total) return;
    const text = held.toString('utf8', 12, total);
    held = held.subarray(total);
    tell('heard', text);
    const message = JSON.parse(text);
    obey(message);
    const now = waiting.filter(({ fits }) => fits(message));
    waiting = waiting.filter((one) => !now.includes(one));
    for (const { resolve } of now) resolve(message);
  }
}

async function powerOn() {
  held = Buffer.alloc(0);
  socket = connect(port, '127.0.0.1');
  socket.on('data', onData);
  socket.on('error', (error) => tell('socketError', error.message));
  await new Promise((resolve) => socket.once('connect', resolve));
  logins += 2;
  const answer = heard(({ cmd }) => cmd === 'login_r');
  say({
    cmd: 'login',
    vmc_no: number,
    timestamp: '20150624',
    sign: '0b2b0e7a5d2f6a2f6c7b1c6d2e1f3a4b',
    version,
    ...(isLinux ? { linuxDriverVersion: '1.3' } : { io_version: '9.1', login_count: logins, comp_id: 5 }),
  });
  await answer;
}

async function reboot(before = () => undefined) {
  // Power off: the counters start again.
  logins = 0;
  sequence = 0;
  await reconnect(before);
}

async function reconnect(before = () => undefined) {
  socket.end();
  await new Promise((resolve) => socket.once('close', resolve));
  before();
  await powerOn();
}

const price = (product) => Math.round((prices[product] * discount) / 100);
const orders = { next: 8740 };

async function order(product, payment) {
  orders.next += 1;
  const orderNo = `${number}-${orders.next}`;
  const answer = heard((m) => m.cmd === 'qrcode_r' && m.order_no === orderNo);
  say({
    cmd: 'qrcode',
    vmc_no: number,
    qr_type: 'wx_pub',
    product_id: product,
    Amount: price(product),
    order_no: orderNo,
  });
  await answer;
  if (payment === 'none') return;
  tell('wantsPayment', orderNo);
  const { paydone } = await heard((m) => m.cmd === 'pay_done' && m.order_no === orderNo);
  say({ cmd: 'paydone_r', vmc_no: number, order_no: orderNo, ...(isLinux ? {} : { status: 1 }) });
  if (!paydone) return;
  await pause(50);
  say(done(product, orderNo, payment === 'fails' ? 'ERROR:5300' : null, 'wx_pub'));
}

function done(product, orderNo, failreason, payType) {
  const body = {
    cmd: 'productdone',
    vmc_no: number,
    ProductName: product === 101 ? '拿铁' : 'Espresso',
    ProductId: product,
    ProductAmount: price(product),
    PayType: payType,
    isok: failreason === null,
    order_no: orderNo,
    ...(failreason === null ? {} : { failreason }),
  };
  return isLinux ? body : { ...body, timestamp: '20150624120000', nameKey: 'latte', padding: 'padding' };
}

/** yyyyMMddHHmmss, local time. */
const second = () => {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000)
    .toISOString()
    .replace(/\D/g, '')
    .slice(0, 14);
};

const door = (status) => say({ cmd: 'machinestatus', vmc_no: number, status });
const supplies = () =>
  say({
    cmd: 'machinestatus',
    vmc_no: number,
    status: 'supply',
    supply: { 1: '320', 2: '9999' },
    time: second(),
  });
const rinsed = () =>
  say({
    cmd: 'rinsingrecord',
    vmc_no: number,
    c_uid: `C${second()}700`,
    isok: true,
    rinsing_code: 'all',
    timestamp: '20150624',
  });

function drink({ product_id: product, order_no: orderNo }) {
  // android makes it under its own order number.
  if (isLinux) say(done(product, orderNo, null, 'fastcode'));
  else say(done(product, `${second()}${number}10001`, null, 'remote_production'));
}

function fetch(url) {
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode, body: Buffer.concat(chunks) }));
    }).on('error', reject);
  });
}

async function upgrade({ dir }) {
  let next = /\d+(?:\.\d+)+/.exec(dir.split('/').pop() ?? '')?.[0];
  let url = dir;
  if (isLinux) {
    const { body } = await fetch(`${dir}/update.xml`);
    next = /<vendui_version>([^<]*)</.exec(body.toString())?.[1];
    url = /<package_path>([^<]*)</.exec(body.toString())?.[1];
  }
  const { status, body } = await fetch(url);
  // A machine unpacks and restarts; it is not back within a millisecond.
  await pause(500);
  tell('fetched', { status, bytes: body.length });
  await reboot(() => (version = next));
}

function obey(message) {
  const { cmd } = message;
  const what = cmd === 'remote' ? message.operation : cmd;
  if (cmd === 'remote' && isLinux) return; // linux does not know it
  switch (what) {
    case 'reboot':
      return void reboot();
    case 'opendoor':
      // A door needs time: an earlier report was in transit before the command.
      return void setTimeout(() => door('dooropen'), 300);
    case 'rinsing':
      // Longer than the tolerance for the machine's clock.
      if (!isLinux) setTimeout(rinsed, 4_000);
      return;
    case 'products':
      return drink(message);
    case 'priceset':
      for (const [product, fen] of message.price) prices[product] = fen;
      return void reboot();
    case 'discount':
      discount = message.discount;
      return void reboot();
    case 'statusquery':
      // A person has closed it since it was opened, which the machine reports by itself; then it answers.
      door('doorclose');
      return void say({ cmd: 'machinestatus', vmc_no: number, status: 'normal' });
    case 'sync':
      return void reconnect().then(() => {
        door('doorclose');
        supplies();
      });
    case 'querysupplies':
    case 'supplys':
      return supplies();
    case 'upgrade':
      return void upgrade(message);
  }
}

async function beat(times) {
  for (let n = 0; n < times; n += 1) {
    const answer = heard(({ cmd }) => cmd === 'hb');
    say({ cmd: 'hb', vmc_no: number });
    await answer;
  }
}

const error = (code, isSet, fatal) =>
  say({
    cmd: 'error',
    vmc_no: number,
    datetime: '20150624',
    error_code: code,
    error_description: `x ${code}`,
    isSet,
    is_fatal_error: fatal,
    is_persistence_error: true,
  });

await powerOn();
await beat(20);
supplies();
error('ERROR:5300', true, true);
await heard(({ cmd }) => cmd === 'error_r');
error('WARNING:10009', true, false);
await heard(({ cmd }) => cmd === 'error_r');
await beat(5);
// The document's own example is not strict JSON: a machine that follows it to the letter sends a trailing comma.
if (isLinux) say(`{"cmd":"machinestatus","vmc_no":${number},"status":"cupblock",}`);
else say({ cmd: 'machinestatus', vmc_no: number, status: 'cupblock' });
if (isLinux) error('ERROR:5300', false, true);
say({ cmd: 'machinestatus', vmc_no: number, status: 'clearerror' });
door('dooropen');
await beat(2);
door('doorclose');
await order(101, 'works');
await order(102, 'fails');
await beat(20);
tell('ready', version);

for await (const line of createInterface({ input: process.stdin })) {
  const [word, product] = line.split(' ');
  if (word === 'order') await order(Number(product), 'none');
  else if (word === 'error') error('ERROR:5300', true, true);
  else if (word === 'end') break;
  tell('did', line);
}
socket.once('close', () => process.exit(0));
socket.end();
