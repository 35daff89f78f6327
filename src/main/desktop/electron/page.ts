/** Serves our page from our own scheme with a strict policy; windows can load no other content. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';
import { photoName } from '#shared/model/machineSettings';
import { readPhoto } from '../registry/photos';
import { developmentPage } from './development';

const scheme = 'crema';
const origin = `${scheme}://app`;

/** The app's own page, without a place. */
export const ownPage = (): string => new URL(developmentPage() ?? `${origin}/`).href;

export const isOwnPage = (url: string): boolean => url === ownPage() || url.startsWith(`${ownPage()}#`);

/** Whether an address belongs to our page. In development, Vite's server also uses web sockets. */
export function mayLoad(url: string): boolean {
  if (url.startsWith(`${scheme}:`) || url.startsWith('data:')) return true;
  const page = developmentPage();
  return page !== null && URL.canParse(url) && new URL(url).host === new URL(page).host;
}

const types: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.jpg', 'image/jpeg'],
  ['.woff2', 'font/woff2'],
]);

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    // Mantine sets sizes through style attributes.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "frame-src 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** Call before `ready`. The scheme gets its own origin. */
export function registerScheme(): void {
  // `codeCache` keeps the window's compiled code for the next launch.
  const privileges = { standard: true, secure: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme, privileges }]);
}

/** Serves the built window from `directory`, and machine photos below `photos/`. */
export function servePage(directory: string, photos: string): void {
  protocol.handle(scheme, async (request) => {
    const { hostname, pathname } = new URL(request.url);
    const name = pathname === '/' ? 'index.html' : decoded(pathname.slice(1));
    if (name === null) return plain('Bad request', 400);
    const photo = name.startsWith('photos/') ? name.slice('photos/'.length) : null;
    if (photo !== null && !photoName.test(photo)) return plain('Not found', 404);
    const root = photo === null ? directory : photos;
    const file = normalize(join(root, photo ?? name));
    const type = types.get(extname(file));
    if (hostname !== 'app' || type === undefined || !file.startsWith(root + sep))
      return plain('Not found', 404);
    try {
      const content = photo === null ? await readFile(file) : readPhoto(root, photo);
      if (content === null) return plain('Not found', 404);
      const headers = new Headers({ 'content-type': type, 'x-content-type-options': 'nosniff' });
      if (extname(file) !== '.html') return new Response(new Uint8Array(content), { headers });
      const nonce = randomBytes(16).toString('base64');
      headers.set('content-security-policy', policy(nonce));
      return new Response(content.toString('utf8').replaceAll('__CSP_NONCE__', nonce), { headers });
    } catch {
      return plain('Not found', 404);
    }
  });
}

/** `null`: the escapes are invalid. */
function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

function plain(text: string, status: number): Response {
  return new Response(text, { status, headers: { 'content-type': 'text/plain' } });
}
