// Heartbeats of many machines at a set rate, each timed until its answer: node test/peers/beats.mjs PORT MACHINES PER_SECOND SECONDS
// Prints {"p50":…,"p99":…,"answered":…,"sent":…} in µs. Plain Node, for low cost beside the measured server.
import { connect } from 'node:net';

const [port, machines, perSecond, seconds] = process.argv.slice(2).map(Number);
const head = (text) => String(text.length + 12).padStart(4, '0') + '00000000' + text;
const times = [];
let sent = 0;

const open = (vmcNo) =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const machine = { socket, beat: Buffer.from(head(`{"cmd":"hb","vmc_no":${vmcNo}}`)), since: 0 };
    socket.once('error', reject).once('connect', () => {
      const login = { cmd: 'login', vmc_no: vmcNo, timestamp: 20150624, sign: 'x', version: '1.2.8.8' };
      socket.write(head(JSON.stringify(login)));
      resolve(machine);
    });
    socket.on('data', (bytes) => {
      if (machine.since === 0 || !bytes.includes('"hb"')) return;
      times.push(performance.now() - machine.since);
      machine.since = 0;
    });
  });

const all = [];
for (let i = 0; i < machines; i += 1) all.push(await open(40_000 + i));
await new Promise((done) => setTimeout(done, 1_500));
const begun = performance.now();
const timer = setInterval(() => {
  const due = ((performance.now() - begun) / 1_000) * perSecond;
  for (; sent < due; sent += 1) {
    const machine = all[sent % machines];
    machine.since = performance.now();
    machine.socket.write(machine.beat);
  }
}, 1);
setTimeout(() => {
  clearInterval(timer);
  setTimeout(() => {
    times.sort((a, b) => a - b);
    const at = (share) => Math.round((times[Math.floor(times.length * share)] ?? NaN) * 1_000);
    process.stdout.write(
      `${JSON.stringify({ p50: at(0.5), p99: at(0.99), answered: times.length, sent })}\n`,
    );
    process.exit(0);
  }, 500);
}, seconds * 1_000);
