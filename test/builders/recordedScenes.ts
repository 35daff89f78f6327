/** Scenes that make diagnosis rules true, as one capture of many machines that ends at the same moment for all of them. */
import { Buffer } from 'node:buffer';
import type { Entry } from '#shared/model/frame';
import { closeReasons } from '#shared/model/closeReasons';
import { World } from './connection';
import { playedIn, type Scene } from './diagnosing';
import { frame } from './frames';
import { flags, pcap, serverV4, TcpScript, type IpPacket } from './packets';

/** The machine number in every scene. */
const played = '33232';

/** `at`: end of all scenes, ms. Numbers have five digits, like the number that they replace. */
export function recordedScenes(scenes: ReadonlyMap<number, Scene>, at: number): Buffer {
  const packets = [...scenes].flatMap(([vmcNo, scene], index) => {
    const world = new World();
    playedIn(world, scene);
    const later = at - world.now;
    return [...byConnection(world.entries).values()].flatMap((entries) =>
      packetsOf(entries, { vmcNo, net: index, later }),
    );
  });
  // Another machine sends last, so that the capture also covers the silence before it.
  const end = new TcpScript({ machine: { address: [192, 0, 3, 1], port: 40_000 }, time: at * 1_000 });
  end.opens().says(frame({ cmd: 'hb', vmc_no: 33_299 }));
  return pcap([...packets, ...end.packets].toSorted((a, b) => a.time - b.time));
}

function byConnection(entries: readonly Entry[]): ReadonlyMap<number, readonly Entry[]> {
  const found = new Map<number, readonly Entry[]>();
  for (const entry of entries) found.set(entry.conn, [...(found.get(entry.conn) ?? []), entry]);
  return found;
}

interface Changes {
  readonly vmcNo: number;
  readonly net: number;
  readonly later: number;
}

function packetsOf(entries: readonly Entry[], { vmcNo, net, later }: Changes): readonly IpPacket[] {
  const renamed = (bytes: Uint8Array): Buffer =>
    Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll(played, String(vmcNo)), 'latin1');
  let script: TcpScript | null = null;
  for (const entry of entries) {
    if (entry.kind === 'opened') {
      const host = entry.peer.remoteAddress.split('.').map(Number);
      const machine = { address: [10, net, host[2] ?? 0, host[3] ?? 0], port: entry.peer.remotePort };
      script = new TcpScript({ machine, server: serverV4, time: (entry.at + later) * 1_000 }).opens();
      continue;
    }
    if (script === null) throw new Error('a connection that did not begin');
    script.time = Math.max(script.time, (entry.at + later) * 1_000);
    if (entry.kind === 'junk') script.says(renamed(entry.bytes));
    if (entry.kind === 'frame') script.says(renamed(entry.bytes), entry.dir === 'in' ? 'machine' : 'server');
    if (entry.kind === 'closed') {
      const { by, inOrder } = closeReasons[entry.reason];
      if (inOrder) script.closes(by);
      else script.packet(by, flags.rst | flags.ack);
    }
  }
  return script?.packets ?? [];
}
