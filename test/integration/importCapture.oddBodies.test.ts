/** No body makes a file unreadable. A body without a type is kept raw with its finding, and later frames are read as usual. */
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Entry } from '#shared/model/frame';
import { importFile } from '../../src/main/tools/captures/importJob';
import { exportJsonl } from '../../src/main/core/captures/out/exportJsonl';
import { readStored } from '../../src/main/core/state/readStored';
import { frame } from '../builders/frames';
import { openStore } from '../builders/journal';
import { pcap, TcpScript } from '../builders/packets';
import { decimalFrame } from '../builders/server';
import { useFolder } from '../builders/useFolder';

const directory = useFolder('all');
let files = 0;

async function imported(name: string, bytes: Uint8Array): Promise<readonly Entry[]> {
  files += 1;
  const file = directory(`${files}-${name}`);
  writeFileSync(file, bytes);
  const journal = directory(`${files}.sqlite`);
  await importFile({ file, journal }, new AbortController().signal, { onProgress: () => undefined });
  const store = openStore(journal);
  const entries = store.entriesAfter(0, 1_000).map(readStored);
  store.close();
  return entries;
}

const hb = frame({ cmd: 'hb', vmc_no: 33_240 });
const deep = (open: string, close: string): string => open.repeat(2_000) + close.repeat(2_000);
/** A body, and its finding; `null`: it is read unchanged. */
const bodies: readonly (readonly [name: string, body: string, finding: string | null])[] = [
  ['an array', '[1,2,"hb"]', 'json.invalid'],
  ['an empty array', '[]', 'json.invalid'],
  ['a number', '42', 'json.invalid'],
  ['null', 'null', 'json.invalid'],
  ['a text', '"hb"', 'json.invalid'],
  ['nested arrays, 2,000 deep', deep('[', ']'), 'json.invalid'],
  ['an object that is nested, 2,000 deep', `{"cmd":"x","vmc_no":33240,"a":${deep('[', ']')}}`, null],
  ['lone surrogates', String.raw`{"cmd":"x\ud800","vmc_no":33240,"a\udc00":"\ud83d"}`, null],
  [
    'names of every object',
    '{"cmd":"toString","vmc_no":33240,"__proto__":{"a":1},"constructor":2,"hasOwnProperty":3}',
    null,
  ],
  [
    'numbers for texts',
    '{"cmd":"error","vmc_no":33240,"error_code":5300,"error_description":7,"isSet":1}',
    null,
  ],
  ['a number for its command', '{"cmd":7,"vmc_no":33240}', 'cmd.unknown'],
  [
    'objects and lists for texts',
    '{"cmd":"productdone","vmc_no":33240,"order_no":{"a":1},"ProductName":[1],"isok":"x"}',
    null,
  ],
  ['a list of materials', '{"cmd":"machinestatus","vmc_no":33240,"status":["supply"],"supply":[1,2]}', null],
  ['null for everything', '{"cmd":"login","vmc_no":null,"timestamp":null,"sign":null,"version":null}', null],
];

describe.each(bodies)('%s', (name, body, finding) => {
  it('is kept byte for byte, and what follows is read', async () => {
    const odd = decimalFrame(body);
    const script = new TcpScript().opens().says(hb).says(Buffer.from(odd)).after(1_000).says(hb).closes();
    const entries = await imported('odd.pcap', pcap(script.packets));
    expect(entries.map(({ kind }) => kind).filter((kind) => kind !== 'finding')).toEqual([
      'opened',
      'frame',
      'frame',
      'frame',
      'closed',
    ]);
    const [, shown, after] = entries.filter((entry) => entry.kind === 'frame');
    expect(Buffer.from(shown?.bytes ?? []).toString()).toBe(odd);
    expect(shown?.text).toBe(body);
    const codes = shown?.findings.map(({ code }) => code) ?? [];
    expect(
      codes.filter((code) => code === finding),
      name,
    ).toEqual(finding === null ? [] : [finding]);
    expect(after?.message.body).toMatchObject({ cmd: 'hb', vmcNo: 33_240 });

    // The same through the other import format.
    const written: Uint8Array[] = [];
    await exportJsonl(
      (async function* () {
        yield await Promise.resolve(entries);
      })(),
      (chunk) => Promise.resolve(void written.push(chunk)),
    );
    const again = await imported('odd.jsonl', Buffer.concat(written));
    const raw = (all: readonly Entry[]): readonly string[] =>
      all.flatMap((entry) => ('bytes' in entry ? [Buffer.from(entry.bytes).toString('hex')] : []));
    expect(raw(again)).toEqual(raw(entries));
  });
});

it('all of them in one file', async () => {
  const script = new TcpScript().opens().says(hb);
  for (const [, body] of bodies) script.after(1_000).says(Buffer.from(decimalFrame(body)));
  const entries = await imported('all.pcap', pcap(script.after(1_000).says(hb).closes().packets));
  const frames = entries.filter((entry) => entry.kind === 'frame');
  expect(frames.map(({ text }) => text).slice(1, -1)).toEqual(bodies.map(([, body]) => body));
});

it('of an array with an object in it nothing is lost', async () => {
  const odd = decimalFrame('[1,2,{"cmd":"hb","vmc_no":33240}]');
  const script = new TcpScript().opens().says(hb).says(Buffer.from(odd)).after(1_000).says(hb).closes();
  const entries = await imported('inner.pcap', pcap(script.packets));
  const bytes = entries.flatMap((entry) => ('bytes' in entry ? [Buffer.from(entry.bytes)] : []));
  expect(Buffer.concat(bytes).toString()).toBe(
    `${Buffer.from(hb).toString()}${odd}${Buffer.from(hb).toString()}`,
  );
});
