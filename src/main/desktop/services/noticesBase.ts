/** The address to which virtual machines send android's notices. A notice counts only if it comes from the address of the machine's connection. */
import { listensAt, type ListenerState } from '#shared/model/listener';
import { originOf } from '../../packages/api';

/** `machinesAt`: the address to which the machines connect. Their notices come from the same source address. */
export function noticesBase(notices: ListenerState, machinesAt: string): string | null {
  if (notices.status !== 'listening') return null;
  return originOf(listensAt(notices, machinesAt) ? machinesAt : reachable(notices.host), notices.port);
}

/** An address that this computer can reach. */
export function reachable(host: string): string {
  return host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
}
