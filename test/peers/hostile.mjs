// Hostile clients: node test/peers/hostile.mjs PORT KIND COUNT. They run until killed.
// unread: floods and never reads; flood: floods and reads; garbage: frames with wrong lengths; idle: sends nothing.
import { connect } from 'node:net';

const [port, kind, count] = [Number(process.argv[2]), process.argv[3], Number(process.argv[4])];
const head = (text) => String(text.length + 12).padStart(4, '0') + '00000000' + text;
const lies = Buffer.from('999900000000{"cmd":"hb"}'.repeat(2_000));

function open(n) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const block =
    kind === 'garbage' ? lies : Buffer.from(head(`{"cmd":"hb","vmc_no":${70_000 + n}}`).repeat(2_000));
  const pump = () => {
    while (!socket.destroyed && socket.write(block));
  };
  socket.on('error', () => undefined);
  // A client that is dropped connects again.
  socket.on('close', () => setTimeout(() => open(n), 10));
  if (kind === 'unread') socket.pause();
  else socket.resume();
  if (kind === 'idle') return;
  socket.on('connect', pump).on('drain', pump);
}

for (let n = 0; n < count; n += 1) open(n);
