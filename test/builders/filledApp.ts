/** Machines of both programs in every state, with orders, commands and a package, so that no list of the window is empty. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestApp } from './app';
import { drinkDone, hears, machine, says } from './controlledPage';
import { askIn } from './requests';
import type { RawClient } from './server';
import { zipOf } from './zips';

/** A machine with errors, a name and a place that are long, and a command that runs. */
export const troubled = 33_232;

const fault = (vmcNo: number, code: string, description: string, isFatal: boolean): string =>
  JSON.stringify({
    cmd: 'error',
    vmc_no: vmcNo,
    error_code: code,
    error_description: description,
    isSet: true,
    is_fatal_error: isFatal,
    is_persistence_error: false,
  });

/** The connections, which stay open. */
export async function fill(app: TestApp): Promise<readonly RawClient[]> {
  const ask = askIn(app);
  const [linux, android, gone, open, sold] = await Promise.all([
    machine(app, troubled),
    machine(app, 33_233, 'android', '1.0.5.0'),
    machine(app, 33_234),
    machine(app, 33_235, 'android', '1.0.5.0'),
    machine(app, 33_236, 'linux', '1.2.8.9'),
  ]);
  says(gone, fault(33_234, 'ERROR:5700', '没有咖啡豆', true));
  says(open, '{"cmd":"machinestatus","vmc_no":33235,"status":"dooropen"}');
  for (const [client, vmcNo] of [
    [linux, troubled],
    [sold, 33_236],
  ] as const)
    for (let order = 0; order < 12; order += 1)
      says(client, drinkDone(vmcNo, 701 + order, order % 3 > 0, `A20261126000${vmcNo}${order + 10}`));
  says(linux, fault(troubled, 'ERROR:5300', '没有杯子', true));
  says(linux, fault(troubled, 'WARNING:10016', '糖不足', false));
  says(linux, fault(troubled, 'ERROR:8899', 'steam arm heater over temp', false));
  for (let beat = 0; beat < 20; beat += 1) {
    says(android, '{"cmd":"machinestatus","vmc_no":33233,"status":"dooropen"}');
    says(android, '{"cmd":"machinestatus","vmc_no":33233,"status":"doorclose"}');
  }
  says(sold, '{"cmd":"hb","vmc_no":33236}');
  await hears(sold, '"hb"');
  const name = 'Central Station, north hall beside the lifts, platform 12';
  await ask('setMachine', {
    vmcNo: troubled,
    patch: { name, place: 'Central Station, level -1, behind the information desk' },
  });
  await ask('setMachine', { vmcNo: 33_233, patch: { name: '火车站北大厅电梯旁12号站台候车区' } });
  await ask('command', { vmcNo: troubled, name: 'openDoor', input: { spelling: 'opendoor' } });
  const file = join(app.dataDirectory, 'vendui_1.2.9.0.zip');
  await writeFile(file, await zipOf({ 'linux/version.txt': '1.2.9.0' }));
  await ask('takePackage', { path: file, expected: '' });
  gone.socket.destroy();
  return [linux, android, open, sold];
}
