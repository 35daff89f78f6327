/** A static page of text and links, for when the app's own page can't be shown. */
import { visible } from '#shared/visible';

export type Language = 'en' | 'zh-CN';

export interface PlainPage {
  readonly language: Language;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** The original text of the system or the program. */
  readonly detail?: string;
  readonly links?: readonly { readonly href: string; readonly text: string }[];
}

const style = `
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
  body { max-width: 40rem; margin: 15vh auto; padding: 0 2rem; }
  h1 { font-size: 1.3rem; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; opacity: 0.8; }
  a { display: inline-block; margin: 0.5rem 1rem 0 0; padding: 0.4rem 1rem; border: 1px solid; border-radius: 4px; color: inherit; }`;

/** The page as a complete address. */
export function plainPage({ language, title, paragraphs, detail = '', links = [] }: PlainPage): string {
  const html = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Crema</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${paragraphs.map((text) => `<p>${escaped(text)}</p>`).join('\n')}
${detail === '' ? '' : `<pre>${escaped(detail)}</pre>`}
${links.map(({ href, text }) => `<a href="${escaped(href)}">${escaped(text)}</a>`).join('\n')}
</main>
</body>
</html>`;
  return `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;
}

function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);
}
