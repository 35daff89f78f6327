/** Many machines that send at a fixed rate, for benchmarks: bare sockets in this process, so that the load itself costs little. */
import { connect, type Socket } from 'node:net';
import { frame, trafficMix } from './frames';

export interface Load {
  /** Frames sent so far. */
  readonly sent: () => number;
  readonly stop: () => void;
}

/** ms between two batches. */
const beat = 10;

/** @param perSecond Frames of all machines together; Crema's answers come on top. */
export async function startLoad(port: number, machines: number, perSecond: number): Promise<Load> {
  const sockets: Socket[] = [];
  for (let i = 0; i < machines; i += 1) sockets.push(await open(port, 33_232 + i));
  const messages = trafficMix(20 * machines).map((body, i) =>
    frame({ ...body, vmc_no: 33_232 + (i % machines) }),
  );
  const start = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = ((performance.now() - start) / 1000) * perSecond;
    for (; sent < due; sent += 1) {
      const message = messages[sent % messages.length];
      if (message !== undefined) sockets[sent % machines]?.write(message);
    }
  }, beat);
  return {
    sent: () => sent,
    stop: () => {
      clearInterval(timer);
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function open(port: number, vmcNo: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  socket.on('error', () => undefined);
  // Answers are read and discarded.
  socket.resume();
  socket.write(frame({ cmd: 'login', vmc_no: vmcNo, timestamp: 20150624, sign: 'x', version: '1.2.8.8' }));
  return socket;
}
