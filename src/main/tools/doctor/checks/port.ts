/** Checks whether Crema could listen at its address (`null`: none is set). Only a short trial listen gives a certain result. */
import { readdir, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { finding } from '#shared/doctor';
import { isLoopback, type ListenAt } from '#shared/model/listener';
import { listenError as tryListen, portHolder as whoHolds, type PortHolder } from '../../../lib/net/ports';
import type { Check, Computer } from '../computer';

export type PortCheck = 'machinePort' | 'updatePort' | 'noticePort';

interface System {
  readonly listenError: typeof tryListen;
  readonly portHolder: typeof whoHolds;
}

export function port(
  check: PortCheck,
  where: (computer: Computer) => ListenAt | null,
  { listenError, portHolder }: System = { listenError: tryListen, portHolder: whoHolds },
): Check {
  return async (computer) => {
    const wanted = where(computer);
    if (wanted === null) return [finding('noticePort', 'off', {})];
    const { host, port: number } = wanted;
    const at = { host, port: number };
    const code = await listenError(host, number);
    if (number === 0 && code === null) return [finding(check, 'anyFree', { host })];
    switch (code) {
      case null:
        return [finding(check, isLoopback(host) ? 'freeHere' : 'free', at)];
      case 'EADDRINUSE':
        break;
      case 'EADDRNOTAVAIL':
        return [finding(check, 'noAddress', { host })];
      case 'EACCES':
        return [finding(check, 'denied', { port: number })];
      default:
        return [finding(check, 'refused', { ...at, detail: code })];
    }
    const holder = await portHolder(number);
    if (computer.isOpen && (await isCrema(holder, computer)))
      return [finding(check, isLoopback(host) ? 'oursHere' : 'ours', at)];
    return [holder === null ? finding(check, 'held', at) : finding(check, 'heldBy', { ...at, ...holder })];
  };
}

/** Whether the port's holder is the Crema of this folder. If the system can't name the lock's holder, assume so. */
async function isCrema(holder: PortHolder | null, { folder, isItself }: Computer): Promise<boolean> {
  if (holder?.pid === process.pid) return true;
  // The running Crema reports its own listening state (desktop/services/doctor.ts).
  if (isItself) return false;
  if (holder === null || process.platform !== 'linux') return true;
  const lock = await realpath(join(folder, 'crema.lock'));
  const handles = `/proc/${holder.pid}/fd`;
  const files = (await readdir(handles)).map((name) => readlink(join(handles, name)).catch(() => ''));
  return (await Promise.all(files)).includes(lock);
}
