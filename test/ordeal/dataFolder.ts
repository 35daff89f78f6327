/** A data folder with content in every file that Crema keeps: the input of the bit flips. */
import { rmSync, writeFileSync } from 'node:fs';
import { frame, trafficMix } from '../builders/frames';
import { zipOf } from '../builders/zips';
import { AndroidMachine, formOf } from './android';
import { startPlain } from './crema';
import { CountingMachine } from './machines';
import type { World } from './world';

const linux = [33_232, 33_233, 33_234, 33_235] as const;
const android = 72_001;
/** Frames of one machine. */
const frames = 40;

/** The markers of a JPEG of that size, with some bytes of picture data. */
function jpegOf(width: number, height: number): Uint8Array<ArrayBuffer> {
  const app0 = [0xff, 0xe0, 0, 4, 1, 2];
  const size = [0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0];
  const picture = Array.from({ length: 2_000 }, (_, n) => (n * 7) % 250);
  return new Uint8Array([0xff, 0xd8, ...app0, ...size, 0xff, 0xda, 0, 2, ...picture, 0xff, 0xd9]);
}

async function talk(port: number): Promise<void> {
  for (const vmcNo of linux) {
    const machine = await CountingMachine.open(port, vmcNo);
    for (const body of trafficMix(frames)) machine.socket.write(frame({ ...body, vmc_no: vmcNo }));
    machine.send();
    // Answers arrive in order: with the last one, all earlier frames were read.
    await machine.until(trafficMix(frames).filter(({ cmd }) => cmd === 'hb').length + 1);
    machine.socket.destroy();
  }
}

/** Two packages, names, photos, workshop lists, files from a machine, a run, and machine messages. */
export async function makeDataFolder(world: World, folder: string): Promise<void> {
  const crema = await startPlain(world, folder);
  const { ask } = crema;
  await talk(crema.port);
  await ask('setSettings', {
    language: 'en',
    theme: 'dark',
    ownErrors: { 'ERROR:9999': { name: 'Boiler' } },
  });
  for (const [n, vmcNo] of linux.entries()) {
    await ask('setMachine', {
      vmcNo,
      patch: { name: `Lobby ${n}`, place: 'Hall', notes: 'Key at the desk' },
    });
    await ask('setMachinePhoto', { vmcNo, picture: jpegOf(40 + n, 30) });
  }
  for (const version of ['3.2.1', '3.2.2', '3.2.3']) {
    const file = `${folder}-${version}.zip`;
    writeFileSync(
      file,
      await zipOf({ 'linux/main': version.repeat(2_000), 'linux/version': version }, false),
    );
    const added = await ask('choosePackage', { expected: '' }, file);
    rmSync(file);
    if (added === null) throw new Error('the package was not added');
    await ask('changePackage', {
      id: added.id,
      patch: { version, platform: 'linux', label: `For ${version}` },
    });
  }
  for (const name of ['Morning', 'Evening'])
    await ask('keepSequence', {
      before: null,
      sequence: { name, note: 'Twice a day', steps: [{ do: 'wait', seconds: 9 }] },
    });
  const machine = await AndroidMachine.open(crema.port, android);
  for (const type of ['recipe', 'product', 'config'] as const) {
    await ask('command', { vmcNo: android, name: 'fetchFile', input: { type, day: '' } });
    const address = await machine.address();
    const rows = JSON.stringify([{ id: 1, name: `${type} of a drink`, price: 1_000 }]);
    const answer = await fetch(address, {
      method: 'POST',
      body: formOf(android, `${type}.json`, Buffer.from(rows)),
    });
    if (!answer.ok) throw new Error(`the file was answered ${answer.status}`);
  }
  machine.close();
  for (let run = 0; run < 4; run += 1)
    await ask('startRun', {
      title: `Run ${run}`,
      steps: [{ do: 'command', name: 'queryStatus', input: {} }],
      machines: [...linux],
      leftOut: [],
      waves: { first: null, atOnce: null, pause: 0, stopAfter: null, stopShare: null, hours: null },
    });
  await ask('setMark', { entry: 3, marked: true, note: 'Look here' });
  const code = await crema.end();
  if (code !== 0) throw new Error(`the data folder was not made: exit code ${code}`);
}
