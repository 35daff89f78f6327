/**
 * The addresses of our HTTP host. Every machine gets its own, `/u/<machine number>/<offer>/…`, so that transfers of machines behind
 * one router, which share an IP address, can be told apart.
 */
import type { Platform } from '#shared/model/machine';
import type { PackagePathStyle } from '#shared/model/upgrade';

/** A package offered to one machine; `id` is that of the upgrade command. */
export interface Offer {
  readonly id: number;
  readonly vmcNo: number;
  readonly packageId: string;
}

export const updateXmlName = 'update.xml';

/** Without a zone (`%eth0`), which is the name of an adapter here. */
export function originOf(host: string, port: number): string {
  const plain = host.replace(/%.*$/, '');
  return `http://${plain.includes(':') ? `[${plain}]` : plain}:${port}`;
}

function folderOf({ vmcNo, id }: Offer): string {
  return `/u/${vmcNo}/${id}`;
}

/** The `dir` of the upgrade command: linux appends /update.xml itself [doc 3.9], android takes the ZIP's own address. */
export function addressOf(
  offer: Offer,
  fileName: string,
  host: string,
  port: number,
  platform: Platform,
): string {
  const folder = `${originOf(host, port)}${folderOf(offer)}`;
  return platform === 'linux' ? folder : `${folder}/${encodeURIComponent(fileName)}`;
}

/** The package's name in update.xml. It is percent-encoded because a machine puts it into its request unchanged. */
export function packagePath(style: PackagePathStyle, origin: string, offer: Offer, fileName: string): string {
  const name = encodeURIComponent(fileName);
  switch (style) {
    case 'absolute':
      return `${origin}${folderOf(offer)}/${name}`;
    case 'rooted':
      return `${folderOf(offer)}/${name}`;
    case 'bare':
      return name;
  }
}

export interface Target {
  /** Decoded, without empty ones and without spaces around them. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  /** A segment had spaces around it, as `dir` has in the document's example [doc 3.9]. */
  readonly straySpaces: boolean;
}

/** The target of a request; `null`: it is malformed. Nothing of it is ever used as a path on disk. */
export function readTarget(url: string): Target | null {
  const path = url.replace(/^https?:\/\/[^/?]*/i, '');
  if (!path.startsWith('/')) return null;
  const [encoded = '', ...query] = path.split('?');
  const segments: string[] = [];
  let straySpaces = false;
  for (const part of encoded.split('/')) {
    let segment: string;
    try {
      segment = decodeURIComponent(part.replaceAll('+', ' '));
    } catch {
      return null;
    }
    const trimmed = segment.trim();
    if (trimmed !== segment) straySpaces = true;
    if (trimmed !== '') segments.push(trimmed);
  }
  return { segments, query: new URLSearchParams(query.join('?')), straySpaces };
}

/** `asked`: of a target. A `+` in it may have meant itself, or a space. */
export function isSameName(asked: string, fileName: string): boolean {
  return withSpaces(asked) === withSpaces(fileName);
}
const withSpaces = (name: string): string => name.replaceAll('+', ' ').trim();
