import { ActionIcon, Popover } from '@mantine/core';
import { IconHelp } from '@tabler/icons-react';
import { useState } from 'react';
import { filterOperators } from '#shared/filter/language/completion';
import { fieldSpecs } from '#shared/filter/language/fields';
import { operatorWord } from '../../../text/filterWords';
import { useWords } from '../../../text/useWords';
import classes from './FilterHelp.module.css';

/** As in docs/filter.md. */
const examples = [
  ['cmd:error vmc:33232', 'errors'],
  ['finding:* time>=-2h', 'findings'],
  ['-fold:hb dir:in size>200', 'noHeartbeats'],
  ['order:5940*', 'order'],
  ['"cup blocked" OR cmd:machinestatus', 'either'],
  ['body.Amount>=1000', 'member'],
  ['ERROR:5300', 'code'],
  ['mark:* OR note:vendor', 'mark'],
] as const;

interface FilterHelpProps {
  readonly onTry: (example: string) => void;
}

/** The filter language on one page. */
export function FilterHelp({ onTry }: FilterHelpProps) {
  const words = useWords();
  const { t, language } = words;
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={640}
      trapFocus
      returnFocus
      shadow="md"
      withinPortal
    >
      <Popover.Target>
        <ActionIcon
          aria-label={t('frames.help.open')}
          title={t('frames.help.open')}
          onClick={() => setOpened(!opened)}
        >
          <IconHelp size={14} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes['help']} aria-label={t('frames.help.title')}>
        {opened && (
          <div className={classes['page']}>
            <h4>{t('frames.help.examples')}</h4>
            <p className="dim">{t('frames.help.lead')}</p>
            <dl>
              {examples.map(([example, name]) => (
                <div key={example}>
                  <dt>
                    <button
                      type="button"
                      className={classes['example']}
                      onClick={() => {
                        setOpened(false);
                        onTry(example);
                      }}
                    >
                      {example}
                    </button>
                  </dt>
                  <dd>{t(`frames.help.example.${name}`)}</dd>
                </div>
              ))}
            </dl>
            <h4>{t('frames.help.together')}</h4>
            <dl>
              {(['and', 'or', 'not', 'group', 'quote'] as const).map((name) => (
                <div key={name}>
                  <dt className="mono">{joins[name]}</dt>
                  <dd>{t(`frames.help.join.${name}`)}</dd>
                </div>
              ))}
              {filterOperators.map((op) => (
                <div key={op}>
                  <dt className="mono">{op}</dt>
                  <dd>{operatorWord(words, op)}</dd>
                </div>
              ))}
              {(['any', 'star', 'list', 'range'] as const).map((name) => (
                <div key={name}>
                  <dt className="mono">{values[name]}</dt>
                  <dd>{t(`frames.help.value.${name}`)}</dd>
                </div>
              ))}
            </dl>
            <h4>{t('frames.help.fields')}</h4>
            <dl>
              {fieldSpecs.map(({ name, aliases }) => (
                <div key={name}>
                  <dt className="mono">
                    {name}
                    {language === 'zh-CN' && ` ${aliases.find((one) => /\p{Script=Han}/u.test(one)) ?? ''}`}
                  </dt>
                  <dd>{t(`filter.field.${name}`)}</dd>
                </div>
              ))}
            </dl>
          </div>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

const joins = { and: 'a b', or: 'a OR b', not: '-a', group: '(a OR b) c', quote: '"door open"' } as const;
const values = {
  any: 'order:*',
  star: 'cmd:query*',
  list: 'vmc:33232,44401',
  range: 'size:100..200',
} as const;
