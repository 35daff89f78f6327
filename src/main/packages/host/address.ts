/**
 * Addresses of the HTTP host. Each machine has its own, `/u/<machine
 * number>/<offer>/…`, because machines behind one router share an IP address.
 */
import type { Platform } from '#shared/model/machine';
import type { PackagePathStyle } from '#shared/model/upgrade';

/** A package offered to one machine. `id`: the id of the upgrade command. */
export interface Offer {
  readonly id: number;
  readonly vmcNo: number;
  readonly packageId: string;
}

export const updateXmlName = 'update.xml';

/** Drops a zone (`%eth0`), which only names a local adapter. */
export function originOf(host: string, port: number): string {
  const plain = host.replace(/%.*$/, '');
  return `http://${plain.includes(':') ? `[${plain}]` : plain}:${port}`;
}

function folderOf({ vmcNo, id }: Offer): string {
  return `/u/${vmcNo}/${id}`;
}

/**
 * The `dir` of the upgrade command: linux appends /update.xml itself [doc 3.9], android takes the address of the ZIP.
 */
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

/** The package's name in update.xml. It is percent-encoded because machines put it into the request unchanged. */
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
  /** Decoded and trimmed, without empty segments. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  /** A segment had spaces around it, like `dir` in the document's example [doc 3.9]. */
  readonly straySpaces: boolean;
}

/** Parses a request target; `null`: malformed. No part of it ever becomes a path on disk. */
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

/** `asked`: a name in a target. A `+` in it may mean a plus sign or a space. */
export function isSameName(asked: string, fileName: string): boolean {
  return withSpaces(asked) === withSpaces(fileName);
}
const withSpaces = (name: string): string => name.replaceAll('+', ' ').trim();
