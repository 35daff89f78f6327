/** The site of the five-second test: a machine of its own for each state, over TCP, and two hours of earlier records. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { CommandName } from '#shared/commands/index';
import type { Args } from '#shared/contract/requests/index';
import { dayOf } from '#shared/messages/times';
import { noRelay } from '#shared/model/relay';
import { systemClock, Timers } from '../../src/main/tools/simulator/clock';
import type { Deed } from '../../src/main/tools/simulator/deeds';
import { Machine } from '../../src/main/tools/simulator/machine';
import { Random } from '../../src/main/tools/simulator/random';
import { tcpDial } from '../../src/main/tools/simulator/transport';
import { fetchPlain, postFile } from '../../src/main/tools/simulator/web';
import { newDataFolder, startApp, type TestApp } from '../builders/app';
import { machine as logsIn, says } from '../builders/controlledPage';
import { ownPort } from '../builders/ports';
import { askIn, type Ask } from '../builders/requests';
import { decimalFrame, RawClient } from '../builders/server';
import { Speaker } from '../builders/speaker';
import { writeZerosZip, zipOf } from '../builders/zips';
import type { GlanceState } from './states';

/** The tools of a state's script. */
export interface Scene extends GlanceState {
  readonly app: TestApp;
  readonly vmcNo: number;
  /** It is switched on at the beginning, unless the state says otherwise. */
  readonly machine: Machine;
  readonly deeds: readonly Deed[];
  readonly ask: Ask;
  readonly gives: (name: CommandName, input?: Args<'command'>['input']) => Promise<unknown>;
  /** Runs this many seconds after the beginning. */
  readonly at: (second: number, run: () => unknown) => void;
  /** A machine that only says what the script says, and heartbeats. `version` null: it does not log in. `from`: its address. */
  readonly scripted: (version?: string | null, from?: string) => Promise<Speaker>;
  /** Two upgrade packages: one takes minutes to download. */
  readonly packages: Readonly<Record<'large' | 'small', string>>;
  /** Relays the machine to a server that refuses its login, or to an unreachable server. */
  readonly relaysTo: (which: 'refusing' | 'gone') => Promise<unknown>;
}

export interface Site {
  readonly app: TestApp;
  readonly ask: Ask;
  /** In the order of the states. */
  readonly scenes: readonly Scene[];
  /** Until that second after the beginning. */
  readonly reaches: (second: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

const numberOf = (place: number): number => 33_201 + place;
const twoHours = 7_200_000;
const beat = 25_000;

export async function openSite(
  states: readonly GlanceState[],
  size: { readonly width: number; readonly height: number },
): Promise<Site> {
  const dataDirectory = await newDataFolder();
  await recordsEarlier(dataDirectory, states);
  const app = await startApp({ dataDirectory, language: null, size });
  const ask = askIn(app);
  await ask('setSettings', { ratePerMachine: '1' });
  await ask('listen', { which: 'notices', host: '127.0.0.1', port: 0 });
  const { notices } = (await ask('snapshot', undefined)).listeners;
  if (notices.status !== 'listening') throw new Error('nobody listens for notices');
  const packages = await addPackages(dataDirectory, ask);
  const refusing = await startRefusing();
  const relay = { refusing: refusing.port, gone: await ownPort() };
  const relayed: { vmcNo: number; host: string; port: number }[] = [];
  const timers = new Timers(systemClock);
  const begun = Date.now();
  const counters = { sent: 0, received: 0, lost: 0 };
  const clients: RawClient[] = [];

  const sceneOf = ({ truth, script }: GlanceState, place: number): Scene => {
    const { program } = truth;
    const { clockOffset } = script;
    const vmcNo = numberOf(place);
    const deeds: Deed[] = [];
    const machine = new Machine({
      number: vmcNo,
      platform: program,
      head: null,
      code: '00000000',
      random: new Random(vmcNo),
      pace: 1,
      clock: systemClock,
      ...(clockOffset !== undefined && { clockOffset }),
      dial: tcpDial('127.0.0.1', app.machinePort),
      counters,
      notifyBase: `http://127.0.0.1:${notices.port}`,
      rareSpelling: false,
      answering: 'truly',
      fetch: fetchPlain,
      post: postFile,
      lives: false,
      onPort: () => undefined,
      onDeed: (deed) => deeds.push(deed),
    });
    return {
      truth,
      script,
      app,
      vmcNo,
      machine,
      deeds,
      ask,
      gives: (name, input = {}) => ask('command', { vmcNo, name, input }),
      at: (second, run) => void timers.after(begun + second * 1_000 - Date.now(), run),
      scripted: async (version = machine.cabinet.versions.program, from) => {
        const client = await RawClient.open(app.machinePort, from);
        clients.push(client);
        const speaker = new Speaker(client, vmcNo, program === 'linux' ? 'decimal' : 'le48');
        const versions = { ...machine.cabinet.versions, program: version ?? '' };
        const first = { attempt: 1, day: dayOf(Date.now()), sign: 'x', versions };
        if (version !== null) {
          const [login = {}] = machine.cabinet.bodiesOf('login', first);
          speaker.says('login', login);
          await client.until(() => client.received.includes('"login_r"'));
          speaker.says('machinestatus', { status: 'doorclose' });
        }
        const beats = (): void => {
          speaker.says('hb', {});
          timers.after(beat, beats);
        };
        beats();
        return speaker;
      },
      packages,
      relaysTo: (which) => {
        relayed.push({ vmcNo, host: '127.0.0.1', port: relay[which] });
        return ask('setRelay', { relay: { ...noRelay, isOn: true, ofMachines: relayed, rules: [] } });
      },
    };
  };
  const scenes = states.map(sceneOf);
  for (const { script, machine, at } of scenes) {
    if ((script.comes ?? 'first') !== 'first') continue;
    machine.start();
    at(5, () => machine.customer.buy({ productId: 806, payment: 'cash', patience: 0, brewing: 18_000 }));
  }
  return {
    app,
    ask,
    scenes,
    reaches: (second) => app.page.waitForTimeout(Math.max(0, begun + second * 1_000 - Date.now())),
    close: async () => {
      timers.cancelAll();
      for (const { machine } of scenes) machine.stop();
      for (const client of clients) client.socket.destroy();
      refusing.close();
      await app.close();
    },
  };
}

/** A server whose clock is two hours behind serves the machines of earlier states, and ends. */
async function recordsEarlier(folder: string, states: readonly GlanceState[]): Promise<void> {
  const clock = `data:text/javascript,const{now}=Date;Date.now=()=>now()-${twoHours}`;
  const switches = ['--machine-listen=127.0.0.1:0', '--update-listen=127.0.0.1:0', `--data-dir=${folder}`];
  const server = spawn(process.execPath, ['--import', clock, join('out', 'main', 'serve.js'), ...switches]);
  let text = '';
  while (!/machines: listening on \S+:\d+/.test(text)) {
    const [chunk] = (await once(server.stdout, 'data')) as [Buffer];
    text += chunk.toString();
  }
  const machinePort = Number(/machines: listening on \S+:(\d+)/.exec(text)?.[1]);
  for (const [place, { truth, script }] of states.entries()) {
    if (script.earlier === undefined) continue;
    const vmc_no = numberOf(place);
    const [error_code, error_description, is_fatal_error] = script.earlier;
    const error = { cmd: 'error', vmc_no, error_code, error_description, isSet: true, is_fatal_error };
    const client = await logsIn({ machinePort }, vmc_no, truth.program);
    says(client, JSON.stringify(error));
    await client.until(() => client.received.includes('"error_r"'));
    client.socket.destroy();
  }
  server.kill('SIGTERM');
  await once(server, 'exit');
}

async function addPackages(folder: string, ask: Ask): Promise<Scene['packages']> {
  const files = { large: join(folder, 'android_2.12.0.zip'), small: join(folder, 'android_2.11.0.zip') };
  await writeZerosZip(files.large, 200_000_000);
  await writeFile(files.small, await zipOf({ 'app.apk': 'x' }));
  const take = async (path: string): Promise<string> => (await ask('takePackage', { path, expected: '' })).id;
  return { large: await take(files.large), small: await take(files.small) };
}

/** The operator's server, which does not know the machine. */
async function startRefusing(): Promise<{ readonly port: number; readonly close: () => unknown }> {
  const server = createServer((socket) => {
    socket
      .on('error', () => undefined)
      .on('data', (bytes) => {
        const vmcNo = /"login","vmc_no":(\d+)/.exec(bytes.toString())?.[1];
        if (vmcNo === undefined) return;
        socket.write(decimalFrame(`{"cmd":"login_r","vmc_no":${vmcNo},"date_time":"","ret":2}`));
      });
  });
  const port = await ownPort();
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return { port, close: () => server.close() };
}
