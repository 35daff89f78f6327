/** Reads an update.xml written by others: the version and the package name. */
import { DOMParser } from '@xmldom/xmldom';
import type { PackagePathStyle } from '#shared/model/upgrade';
import { Refused } from '../host/refused';

export interface GivenUpdate {
  readonly version: string;
  readonly pathStyle: PackagePathStyle;
  /** The package's name without its folders. */
  readonly fileName: string;
}

/** @throws Refused */
export function readUpdateXml(bytes: Uint8Array): GivenUpdate {
  const root = rootOf(textOf(bytes));
  const only = (name: string): string => {
    const elements = root.getElementsByTagName(name);
    const text = elements.length === 1 ? (elements[0]?.textContent ?? '').trim() : '';
    if (root.tagName !== 'Jetinno' || text === '')
      throw new Refused('updateXmlOdd', { detail: `Jetinno.${name}` });
    return text;
  };
  const version = only('vendui_version');
  if (!isVersion(version)) throw new Refused('updateXmlOdd', { detail: 'Jetinno.vendui_version' });
  const path = only('package_path');
  return { version, pathStyle: styleOf(path), fileName: nameIn(path) };
}

/** Stops at the first problem: a text with a problem after each tag would take minutes. */
function rootOf(text: string): Element {
  let problem: string | null = null;
  const refuse = (message: string): never => {
    problem ??= message.split('\n')[0]?.replace(/^\[xmldom \w+\]\s*/, '') ?? '';
    throw new Error(problem);
  };
  const parser = new DOMParser({ errorHandler: { warning: refuse, error: refuse, fatalError: refuse } });
  let found: Document | undefined;
  try {
    // For a text without a root, the parser reports nothing and returns `undefined`, against its type.
    found = parser.parseFromString(text, 'text/xml') as Document | undefined;
  } catch (error) {
    problem ??= error instanceof Error ? error.message : String(error);
  }
  const root = found?.documentElement;
  if (problem !== null || root == null) throw new Refused('updateXmlOdd', { detail: problem ?? 'no XML' });
  return root;
}

/** The same rule as for typed versions. A login cannot contain invisible characters. */
const isVersion = (text: string): boolean => /^\P{C}{1,60}$/u.test(text);

function styleOf(path: string): PackagePathStyle {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) return 'absolute';
  return path.startsWith('/') ? 'rooted' : 'bare';
}

/** A name in an address may be percent-encoded. Files of both names are searched. */
function nameIn(path: string): string {
  const name =
    path
      .replace(/[?#].*$/, '')
      .split('/')
      .at(-1)
      ?.trim() ?? '';
  try {
    return decodeURIComponent(name).trim();
  } catch {
    return name;
  }
}

/** @throws Refused. Characters that the encoding lacks would corrupt the version or the name. */
function textOf(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Refused('updateXmlOdd', { detail: `encoding ${encoding}` });
  }
}

/** The byte order mark counts first, then the declaration. Without a mark the text cannot be UTF-16. */
function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const named = /<\?xml\b[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/i.exec(head)?.[1]?.toLowerCase() ?? 'utf-8';
  if (/^(?:gbk|gb2312)$/.test(named)) return 'gb18030';
  return named.startsWith('utf-16') ? 'utf-8' : named;
}
