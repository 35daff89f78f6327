import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import { formatRoute, helpTopics, type HelpTopic } from '../../store/route';
import { matching } from '../../text/matching';
import { useWords } from '../../text/useWords';
import { CommandShape } from '../../ui/CommandShape';
import { EmptyNote } from '../../ui/EmptyNote';
import { KeyTable } from '../../ui/KeyTable';
import { SearchField } from '../../ui/SearchField';
import { StateShape } from '../../ui/StateShape';
import { articlesOf, type Article } from './articles';
import { groupsOf, type Group } from './groups';
import { Manual } from './Manual';
import { useManual, type ManualTexts } from './useManual';
import classes from './Help.module.css';

/** The help: a topic, or the results of a search in all topics. It works offline, and every entry has a link. */
export function HelpScreen() {
  const words = useWords();
  const { t } = words;
  const route = useCrema((s) => s.route);
  const [typed, setTyped] = useState('');
  const searched = useDeferredValue(typed.trim());
  const own = useCrema((s) => s.settings.ownErrors);
  const manual = useManual();
  const articles = useMemo(
    () => [...(manual?.articles ?? []), ...articlesOf(words, Object.keys(own))],
    [manual, words, own],
  );
  const found = useMemo(() => find(articles, searched), [articles, searched]);
  const content = useRef<HTMLDivElement>(null);
  if (route.screen !== 'help') return null;
  const { topic, item } = route;
  return (
    <div className={classes['screen']}>
      <nav className={classes['topics']} aria-label={t('help.topics')}>
        <h1>{t('help.title')}</h1>
        <SearchField
          label={t('help.searchLabel')}
          placeholder={t('help.search')}
          clearLabel={t('help.clear')}
          value={typed}
          onChange={setTyped}
          onLeave={() => content.current?.focus()}
        />
        <ul>
          {helpTopics.map((name) => (
            <li key={name}>
              <a
                href={formatRoute({ screen: 'help', topic: name, item: null })}
                aria-current={searched === '' && name === topic ? 'page' : undefined}
                onClick={() => setTyped('')}
              >
                {t(`help.topic.${name}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div ref={content} className={classes['content']} tabIndex={-1}>
        {searched === '' ? (
          <Topic topic={topic} item={item} articles={articles} manual={manual} />
        ) : (
          <Found typed={searched} found={found} onChosen={() => setTyped('')} />
        )}
      </div>
    </div>
  );
}

/** Best match first. */
function find(articles: readonly Article[], typed: string): readonly Group[] {
  if (typed === '') return [];
  const found = articles
    .map((article) => ({
      article,
      score:
        2 * matching(`${article.title} ${article.code ?? ''}`, typed) +
        matching([article.title, article.code, ...article.text, ...(article.more ?? [])].join(' '), typed),
    }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ article }) => article);
  return groupsOf(found);
}

interface TopicProps {
  readonly topic: HelpTopic;
  readonly item: string | null;
  readonly articles: readonly Article[];
  /** `null`: still loading. */
  readonly manual: ManualTexts | null;
}
function Topic({ topic, item, articles, manual }: TopicProps) {
  const { t } = useWords();
  const own = useMemo(
    () => groupsOf(articles.filter((article) => article.topic === topic)),
    [articles, topic],
  );
  if (topic === 'manual') return manual === null ? null : <Manual page={item} texts={manual} />;
  return (
    <section aria-labelledby="help-topic">
      <h2 id="help-topic">{t(`help.topic.${topic}`)}</h2>
      <p className="dim">{t(`help.lead.${topic}`)}</p>
      {topic === 'keys' ? (
        <KeyTable />
      ) : (
        <ol className={classes['articles']}>
          {own.map((group) => (
            <Entry
              key={group.items[0]}
              group={group}
              isWanted={item !== null && group.items.includes(item)}
            />
          ))}
        </ol>
      )}
    </section>
  );
}

function Entry({ group, isWanted }: { readonly group: Group; readonly isWanted: boolean }) {
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!isWanted) return;
    place.current?.scrollIntoView({ block: 'center' });
    place.current?.focus({ preventScroll: true });
  }, [isWanted]);
  return (
    <li ref={place} className={classes['article']} data-wanted={isWanted || undefined} tabIndex={-1}>
      <Text group={group} />
    </li>
  );
}

/** More codes are shown as the first and the last. */
const mostCodes = 8;

function Text({ group: { title, text, shape, codes } }: { readonly group: Group }) {
  const { t } = useWords();
  const [first = '', last = ''] = [codes[0], codes.at(-1)];
  return (
    <>
      <h3>
        {shape !== null &&
          ('status' in shape ? (
            <StateShape status={shape.status} decorative />
          ) : (
            <CommandShape state={shape.command} />
          ))}
        <span>{title}</span>
        {codes.length > 0 && (
          <code className={classes['code']} title={codes.join(' ')}>
            {codes.length > mostCodes
              ? t('help.codes', { first, last, count: codes.length })
              : codes.join(' ')}
          </code>
        )}
      </h3>
      {text.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </>
  );
}

interface FoundProps {
  readonly typed: string;
  readonly found: readonly Group[];
  readonly onChosen: () => void;
}
function Found({ typed, found, onChosen }: FoundProps) {
  const { t } = useWords();
  if (found.length === 0)
    return <EmptyNote title={t('help.found', { count: 0, typed })} text={t('help.nothing')} />;
  return (
    <section aria-labelledby="help-found">
      <h2 id="help-found" aria-live="polite">
        {t('help.found', { count: found.length, typed })}
      </h2>
      <ol className={classes['articles']}>
        {found.map((group) => {
          const { topic, items } = group;
          const place = { screen: 'help', topic, item: items[0] ?? null } as const;
          return (
            <li key={`${topic} ${items[0]}`} className={classes['article']}>
              <a
                className={classes['where']}
                href={formatRoute(place)}
                onClick={(event) => {
                  event.preventDefault();
                  onChosen();
                  navigate(place);
                }}
              >
                {t(`help.topic.${topic}`)}
              </a>
              <Text group={group} />
            </li>
          );
        })}
      </ol>
    </section>
  );
}
