// A minimal server of this protocol: splits heads and JSON and answers heartbeats. Prints its port.
import { createServer } from 'node:net';

const head = (text) => String(text.length + 12).padStart(4, '0') + '00000000' + text;
const server = createServer({ noDelay: true }, (socket) => {
  let rest = Buffer.alloc(0);
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    while (at + 12 <= bytes.length) {
      const end = at + Number(bytes.toString('latin1', at, at + 4));
      if (end > bytes.length) break;
      const body = JSON.parse(bytes.toString('utf8', at + 12, end));
      if (body.cmd === 'hb') socket.write(head(`{"cmd":"hb","vmc_no":${body.vmc_no}}`));
      at = end;
    }
    rest = bytes.subarray(at);
  });
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () =>
  process.stdout.write(`${server.address().port}\n`),
);
