// A minimal relay: pipes both ways without reading. node test/peers/bareRelay.mjs PORT-OF-THE-SERVER. Prints its own port.
import { connect, createServer } from 'node:net';

const target = Number(process.argv[2]);
const server = createServer({ noDelay: true, allowHalfOpen: true }, (machine) => {
  const upstream = connect({ port: target, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
  for (const socket of [machine, upstream]) socket.on('error', () => undefined);
  machine.pipe(upstream).pipe(machine);
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () =>
  process.stdout.write(`${server.address().port}\n`),
);
