// One good machine: a heartbeat every 20 ms, the next one after the answer. A process of its own, so other clients do not delay it.
// Its parent sends { port } to begin and { port: null } to end; then this process sends the answer times, in ms.
import { connect } from 'node:net';

const [vmcNo, pause] = [918_273_645, 20];
const head = (text) => String(text.length + 12).padStart(4, '0') + '00000000' + text;
const login = { cmd: 'login', vmc_no: vmcNo, version: '1.2.8.8', linuxDriverVersion: '1.3' };

let socket = null;
let times = [];
let sent = 0;
let since = null;
let isLost = false;
let timer;

function begin(port) {
  times = [];
  sent = 0;
  since = null;
  isLost = false;
  // A connection that was begun and not ended is gone with its Crema.
  socket?.destroy();
  clearTimeout(timer);
  const own = connect({ port, host: '127.0.0.1', noDelay: true });
  socket = own;
  const send = () => {
    since = performance.now();
    sent += 1;
    own.write(head(`{"cmd":"hb","vmc_no":${vmcNo},"n":${sent}}`));
  };
  own.on('error', () => undefined);
  own.on('close', () => {
    if (socket !== own) return;
    isLost = true;
    if (!isIn) process.send({ begun: false });
  });
  own.on('connect', () => own.write(head(JSON.stringify(login))));
  let isIn = false;
  own.on('data', (bytes) => {
    if (!isIn && bytes.includes('login_r')) {
      isIn = true;
      process.send({ begun: true });
      send();
      return;
    }
    if (since === null || !bytes.includes('"hb"')) return;
    times.push(performance.now() - since);
    since = null;
    timer = setTimeout(send, pause);
  });
}

function end() {
  clearTimeout(timer);
  // A heartbeat without an answer has waited at least this long.
  if (since !== null) times.push(performance.now() - since);
  socket?.destroy();
  socket = null;
  times.sort((a, b) => a - b);
  const [p99 = null, longest = null] = [times[Math.floor(times.length * 0.99)], times.at(-1)];
  process.send({ answered: times.length - (since === null ? 0 : 1), p99, longest, isLost });
}

process.on('message', ({ port }) => (port === null ? end() : begin(port)));
process.on('disconnect', () => process.exit(0));
