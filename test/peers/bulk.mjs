// Many frames of one machine at full speed, to a server that only counts them: node test/peers/bulk.mjs MB. Prints the server's port,
// reads from stdin to which port the machine connects, and prints {"mbPerSecond":…,"whole":…}.
import { connect, createServer } from 'node:net';
import { once } from 'node:events';

const wanted = Number(process.argv[2]) * 1024 * 1024;
const head = (text) => String(text.length + 12).padStart(4, '0') + '00000000' + text;
const frame = head(
  JSON.stringify({ cmd: 'productdone', vmc_no: 33232, order_no: '1', recipe: 'x'.repeat(400) }),
);
const piece = Buffer.from(frame.repeat(128));
let got = 0;
let begun = 0;
const server = createServer((socket) => {
  socket.on('error', () => undefined);
  socket.on('data', (bytes) => {
    got += bytes.length;
    if (got < sent || !isDone) return;
    const seconds = (performance.now() - begun) / 1_000;
    const mbPerSecond = Math.round(got / 1024 / 1024 / seconds);
    process.stdout.write(`${JSON.stringify({ mbPerSecond, whole: got === sent })}\n`);
    process.exit(0);
  });
});
let sent = 0;
let isDone = false;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.stdin.once('data', async (line) => {
  const machine = connect({ port: Number(line.toString()), host: '127.0.0.1', noDelay: true });
  await once(machine, 'connect');
  begun = performance.now();
  while (sent < wanted) {
    sent += piece.length;
    isDone = sent >= wanted;
    if (!machine.write(piece)) await once(machine, 'drain');
  }
});
