/** Markdown as elements. HTML in the text is drawn as text, so a page contains only the elements listed here. */
/* oxlint-disable react/no-array-index-key -- the parts of a text never move */
import { Fragment, type ReactNode } from 'react';
import { lexer, type Token, type Tokens } from 'marked';

export interface MarkdownParts {
  /** `target` as in the text. `null`: drawn as text. */
  readonly link: (target: string) => { readonly href: string; readonly go: () => void } | null;
  /** The picture's address; `null`: only its description is drawn. */
  readonly picture: (target: string) => string | null;
}

interface MarkdownProps extends MarkdownParts {
  readonly text: string;
  /** The level of `#`. */
  readonly top: 2 | 3;
}

export function Markdown({ text, top, ...parts }: MarkdownProps) {
  return <Blocks tokens={lexer(text)} draw={{ ...parts, top }} />;
}

type Draw = MarkdownParts & { readonly top: 2 | 3 };
interface Drawn {
  readonly tokens: readonly Token[];
  readonly draw: Draw;
}

function Blocks({ tokens, draw }: Drawn): ReactNode {
  return tokens.map((token, at) => <Block key={at} token={token} draw={draw} />);
}

function Block({ token, draw }: { readonly token: Token; readonly draw: Draw }): ReactNode {
  switch (token.type) {
    case 'heading': {
      const { depth, tokens } = token as Tokens.Heading;
      const level = Math.min(6, depth + draw.top - 1) as 2 | 3 | 4 | 5 | 6;
      const Heading = `h${level}` as const;
      return (
        <Heading>
          <Spans tokens={tokens} draw={draw} />
        </Heading>
      );
    }
    case 'paragraph':
      return (
        <p>
          <Spans tokens={(token as Tokens.Paragraph).tokens} draw={draw} />
        </p>
      );
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      return tokens === undefined ? text : <Spans tokens={tokens} draw={draw} />;
    }
    case 'list': {
      const { ordered, start, items } = token as Tokens.List;
      const lines = items.map((item, at) => (
        <li key={at}>
          <Blocks tokens={item.tokens} draw={draw} />
        </li>
      ));
      // Steps may continue below another heading.
      return ordered ? (
        <ol start={start === '' || start === 1 ? undefined : start}>{lines}</ol>
      ) : (
        <ul>{lines}</ul>
      );
    }
    case 'code':
      return <pre>{(token as Tokens.Code).text}</pre>;
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      return (
        <table>
          <thead>
            <tr>
              {header.map((cell, at) => (
                <th key={at} scope="col">
                  <Spans tokens={cell.tokens} draw={draw} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at}>
                {row.map((cell, place) => (
                  <td key={place}>
                    <Spans tokens={cell.tokens} draw={draw} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    }
    case 'space':
      return null;
    default:
      return <p>{token.raw}</p>;
  }
}

function Spans({ tokens, draw }: Drawn): ReactNode {
  return tokens.map((token, at) => <Span key={at} token={token} draw={draw} />);
}

function Span({ token, draw }: { readonly token: Token; readonly draw: Draw }): ReactNode {
  switch (token.type) {
    case 'strong':
      return (
        <strong>
          <Spans tokens={(token as Tokens.Strong).tokens} draw={draw} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <Spans tokens={(token as Tokens.Em).tokens} draw={draw} />
        </em>
      );
    case 'codespan':
      return <code>{(token as Tokens.Codespan).text}</code>;
    case 'br':
      return <br />;
    case 'link': {
      const { href: target, tokens } = token as Tokens.Link;
      const inside = <Spans tokens={tokens} draw={draw} />;
      const link = draw.link(target);
      if (link === null) return inside;
      return (
        <a
          href={link.href}
          onClick={(event) => {
            event.preventDefault();
            link.go();
          }}
        >
          {inside}
        </a>
      );
    }
    case 'image': {
      const { href: target, text } = token as Tokens.Image;
      const source = draw.picture(target);
      return source === null ? <span className="dim">{text}</span> : <img src={source} alt={text} />;
    }
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      return tokens === undefined ? <Fragment>{text}</Fragment> : <Spans tokens={tokens} draw={draw} />;
    }
    case 'escape':
      return (token as Tokens.Escape).text;
    default:
      return token.raw;
  }
}
