/** The HTTP host machines fetch upgrade packages from. Until a package is staged there is nothing to fetch, and it says so. */
import { createServer, type Server } from 'node:http';

export function createUpdateServer(): Server {
  return createServer((_request, response) => {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('Crema: no upgrade package is staged here.\n');
  });
}
