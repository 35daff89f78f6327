/** Seeds of mutated inputs, for each entry point. */
import { messages } from '#shared/messages/index';
import type { JsonObject } from '#shared/model/json';
import { sample, type FuzzInput } from '../../builders/fuzz';
import { frame, trafficMix } from '../../builders/frames';
import { pcap, pcapng, TcpScript } from '../../builders/packets';
import { zipOf } from '../../builders/zips';
import type { Random } from '../../../src/main/tools/simulator/random';
import type { Corpus } from './mutated';

/** Inputs drawn by their grammar, which is slow. */
const drawn = (to: FuzzInput['to'], count: number, random: Random, turn: number): readonly FuzzInput[] =>
  sample(to, count, random.fork(turn).int(1, 0x7fff_ffff));

/** Every message in both frames, the most frequent messages of machines, and streams with grammatical damage. */
export const tcpCorpus = (random: Random): Corpus => {
  const bodies = [
    ...messages.map(({ cmd, example }): JsonObject => Object.assign({ cmd }, example)),
    ...trafficMix(40),
  ];
  const frames = bodies.flatMap((body) => [frame(body), frame(body, 'le48')]);
  return (turn) => [
    ...frames,
    ...drawn('tcp', 60, random, turn).map((input) =>
      Buffer.from(input.to === 'tcp' ? input.chunks.join('') : '', 'hex'),
    ),
  ];
};

export const httpCorpus =
  (random: Random): Corpus =>
  (turn) =>
    drawn('http', 500, random, turn).map((input) =>
      input.to === 'http' ? Buffer.from(input.bytes, 'hex') : Buffer.alloc(0),
    );

/** A request's verb and arguments as JSON. */
export const requestCorpus =
  (random: Random): Corpus =>
  (turn) =>
    drawn('ipc', 1_000, random, turn).map((input) =>
      Buffer.from(input.to === 'ipc' ? JSON.stringify([input.verb, input.args, input.capture]) : ''),
    );

const script = (): TcpScript => {
  const talk = new TcpScript().opens();
  for (const body of trafficMix(20)) talk.says(frame(body));
  return talk.closes();
};

export const captureCorpus = (random: Random): Corpus => {
  const { packets } = script();
  const whole = [
    pcap(packets),
    pcap(packets, { little: false, nano: true, link: 'raw' }),
    pcap(packets, { link: 'cooked2' }),
    pcapng(packets),
    pcapng(packets, { little: false, link: 'qinq' }),
    pcapng(packets, { link: 'null' }),
  ];
  return (turn) => [
    ...whole,
    ...drawn('capture', 60, random, turn).map((input) =>
      input.to === 'capture' ? Buffer.from(input.bytes, 'hex') : Buffer.alloc(0),
    ),
  ];
};

const updateXml =
  '<?xml version="1.0" encoding="utf-8"?><update><version>3.2.1</version><package_path>x.zip</package_path><md5>0</md5></update>';

/** ZIPs in the form of packages. */
export async function packageCorpus(): Promise<Corpus> {
  const zips = [
    await zipOf({ 'linux/main': 'x'.repeat(2_000), 'linux/version': '3.2.1', 'a/b/': '' }),
    await zipOf({ 'update.xml': updateXml, 'app.apk': 'y'.repeat(3_000) }, false),
    await zipOf(
      Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`folder ${n}/file ${n}`, `${n}`.repeat(50)])),
    ),
  ];
  return () => zips;
}

const product = (id: number): string =>
  JSON.stringify({
    id,
    product_id: id,
    name: `微信 ${id}`,
    price: id * 100,
    recipe: { water: 120, milk: 30 },
  });
const table = `[${Array.from({ length: 30 }, (_, n) => product(n)).join(',')}]`;

/** Files from machines: text, tables as JSON, and ZIPs of both. */
export async function uploadCorpus(): Promise<Corpus> {
  const log = Array.from({ length: 80 }, (_, n) => `2026-12-01 10:00:${n} door open ${n}`).join('\n');
  const files = [
    Buffer.from(log),
    Buffer.from(table),
    await zipOf({ 'a.product': table, 'b.recipe': table, 'log.txt': log }),
    await zipOf({ 'deep/deeper/log.txt': log, 'x.json': `{"list":${table}}` }, false),
  ];
  return () => files;
}

/** CSV with machines or other tables, and the JSON lists that a workshop may import. */
export const listCorpus: Corpus = () =>
  [
    'Number,Name,Place,Model,Notes\r\n33232,Lobby,Hall,JL36,"Key, at the desk"\r\n60001,"Two\r\nlines",,,\r\n',
    '编号;名称;位置\n33232;大堂;一楼\n60002;食堂;二楼\n',
    'number\tname\n1\t"a ""quoted"" name"\n',
    `${'a,'.repeat(60)}\n${'1,'.repeat(60)}\n`,
    `{"crema":"error catalogue","version":1,"entries":[{"code":"ERROR:9999","name":"Boiler"},{"code":"5300","name":{"en":"Cup","zh":"杯"}}]}`,
    `{"crema":"sequences","version":1,"sequences":[{"name":"Morning","note":"","steps":[{"do":"wait","seconds":9}]}]}`,
    `{"crema":"products","version":1,"products":[{"id":1,"name":"Latte","price":1200}]}`,
  ].map((text) => Buffer.from(text));
