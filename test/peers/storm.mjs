// node test/peers/storm.mjs PORT MACHINES: machines connect at once and log in or send a heartbeat.
// Prints {"ms":…,"answered":…}: ms until the last machine has its first answer. Plain Node, for low cost.
import { connect } from 'node:net';

const [port, machines] = process.argv.slice(2).map(Number);
const head = (text) => String(text.length + 12).padStart(4, '0') + '00000000' + text;
let answered = 0;
const begun = performance.now();
const done = () => {
  process.stdout.write(`${JSON.stringify({ ms: performance.now() - begun, answered })}\n`);
  process.exit(0);
};
setTimeout(done, 60_000);
for (let i = 0; i < machines; i += 1) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.once('connect', () => socket.write(head(`{"cmd":"hb","vmc_no":${100_000 + i}}`)));
  socket.once('data', () => {
    answered += 1;
    if (answered === machines) done();
  });
}
