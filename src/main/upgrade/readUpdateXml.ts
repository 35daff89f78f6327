/** An update.xml as somebody else wrote it: the version it brings and the package it names. */
import { DOMParser } from '@xmldom/xmldom';
import type { PackagePathStyle } from '#shared/model/upgrade';
import { Refused } from './refused';

export interface GivenUpdate {
  readonly version: string;
  readonly pathStyle: PackagePathStyle;
  /** The package's name without its folders. */
  readonly fileName: string;
}

/** @throws Refused */
export function readUpdateXml(bytes: Uint8Array): GivenUpdate {
  const problems: string[] = [];
  const note = (problem: string): void => void problems.push(problem.split('\n')[0] ?? '');
  const parser = new DOMParser({
    errorHandler: { warning: note, error: note, fatalError: note },
  });
  // Nothing is told of a text without a root, and `undefined` is returned against its type.
  const found = parser.parseFromString(textOf(bytes), 'text/xml') as Document | undefined;
  const root = found?.documentElement;
  const [problem] = problems;
  if (problem !== undefined || root == null)
    throw new Refused('updateXmlOdd', { detail: problem?.replace(/^\[xmldom \w+\]\s*/, '') ?? 'no XML' });
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

/** As a person may type it; and no login says what can't be seen. */
const isVersion = (text: string): boolean => /^\P{C}{1,60}$/u.test(text);

function styleOf(path: string): PackagePathStyle {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) return 'absolute';
  return path.startsWith('/') ? 'rooted' : 'bare';
}

/** Encoded in addresses, as it is in names: whichever it was, a file of either name is looked for. */
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

/** UTF-8 unless it says GBK, as editors of Chinese systems write it. */
function textOf(bytes: Uint8Array): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const isChinese = /encoding\s*=\s*["'](gbk|gb2312|gb18030)["']/i.test(head);
  return new TextDecoder(isChinese ? 'gb18030' : 'utf-8').decode(bytes);
}
