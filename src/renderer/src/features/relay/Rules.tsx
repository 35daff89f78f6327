import { ActionIcon, Button, Group, Switch } from '@mantine/core';
import { IconArrowUp, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { everyFrame, frameTest } from '#shared/filter/frames';
import { mostRelayRules, type RelayRule } from '#shared/model/relay';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { filterError } from '../../text/filterWords';
import type { Words } from '../../text/words';
import { useWords } from '../../text/useWords';
import { AskOnce } from '../../ui/AskOnce';
import { Boundary } from '../../ui/Boundary';
import { ErrorNote } from '../../ui/ErrorNote';
import { Panel } from '../../ui/Panel';
import { keepFocus } from '../../ui/keepFocus';
import { RuleDialog } from './RuleDialog';
import classes from './Relay.module.css';

const empty: Omit<RelayRule, 'id'> = {
  name: '',
  filter: '',
  when: 'always',
  does: 'drop',
  answer: '',
  isOn: true,
};

/** Ready-made rules for the most common cases. */
const ready = {
  upgrade: { ...empty, filter: 'cmd:upgrade' },
  hb: { ...empty, filter: 'cmd:hb', does: 'answer', when: 'gone' },
} as const satisfies Readonly<Record<string, Omit<RelayRule, 'id'>>>;
const readyNames = Object.keys(ready) as (keyof typeof ready)[];

/** The rules for relayed frames, one row each; the first match applies. */
export function Rules() {
  const { t } = useWords();
  const settings = useCrema((s) => s.settings.relay);
  const { hits, waived, delayed } = useCrema((s) => s.relay);
  const set = useRequest('setRelay');
  const [edited, setEdited] = useState<RelayRule | null>(null);
  const { rules } = settings;
  const next = Math.max(0, ...rules.map(({ id }) => id), ...Object.keys(hits).map(Number)) + 1;
  const keep = (changed: readonly RelayRule[]): Promise<boolean> =>
    set.run({ relay: { ...settings, rules: [...changed] } });
  const put = (rule: RelayRule): Promise<boolean> =>
    keep(
      rules.some(({ id }) => id === rule.id)
        ? rules.map((one) => (one.id === rule.id ? rule : one))
        : [...rules, rule],
    );
  const isFull = rules.length >= mostRelayRules;
  return (
    <Panel
      title={t('relay.rules')}
      aside={
        <Button
          variant="default"
          size="compact-sm"
          disabled={isFull}
          title={isFull ? t('relay.rulesFull', { max: mostRelayRules }) : undefined}
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => setEdited({ id: next, ...empty })}
        >
          {t('relay.newRule')}
        </Button>
      }
    >
      <div ref={keepFocus} className={classes['body']} tabIndex={-1}>
        <p className="dim">{t('relay.rulesText')}</p>
        {rules.length === 0 ? (
          <p>{t('relay.rulesNone')}</p>
        ) : (
          <ul className={classes['rules']} aria-label={t('relay.rules')}>
            {rules.map((rule, index) => (
              <Boundary key={rule.id} as="item" where="rule of the relay" of={rule}>
                <RuleLine
                  rule={rule}
                  hits={hits[rule.id] ?? 0}
                  waived={waived[rule.id] ?? 0}
                  delayed={delayed[rule.id] ?? 0}
                  busy={set.busy}
                  onSwitch={(isOn) => void put({ ...rule, isOn })}
                  onEdit={() => setEdited(rule)}
                  onUp={index === 0 ? null : () => void keep(raised(rules, index))}
                  onDelete={() => void keep(rules.filter((one) => one !== rule))}
                />
              </Boundary>
            ))}
          </ul>
        )}
        {!isFull && (
          <Group gap="sm">
            {readyNames
              .filter(
                (name) =>
                  !rules.some(
                    ({ filter, does }) => filter === ready[name].filter && does === ready[name].does,
                  ),
              )
              .map((name) => (
                <Button
                  key={name}
                  variant="default"
                  size="compact-sm"
                  leftSection={<IconPlus size={14} aria-hidden />}
                  onClick={() => void put({ ...ready[name], id: next, name: t(`relay.ready.${name}`) })}
                >
                  {t('relay.addReady', { name: t(`relay.ready.${name}`) })}
                </Button>
              ))}
          </Group>
        )}
        <ErrorNote error={edited === null ? set.error : null} />
        {edited !== null && (
          <RuleDialog
            rule={edited}
            isNew={!rules.some(({ id }) => id === edited.id)}
            busy={set.busy}
            error={set.error}
            onClose={() => {
              setEdited(null);
              set.clear();
            }}
            onKeep={put}
          />
        )}
      </div>
    </Panel>
  );
}

function raised(rules: readonly RelayRule[], index: number): readonly RelayRule[] {
  const [rule] = rules.slice(index, index + 1);
  return rule === undefined ? rules : rules.toSpliced(index, 1).toSpliced(index - 1, 0, rule);
}

const whatOf = ({ t }: Words, { does, change, ms }: RelayRule): string => {
  if (does === 'rewrite')
    return t('relay.what.rewrite', { member: change?.member ?? '', value: change?.value ?? '' });
  return does === 'delay' ? t('relay.what.delay', { count: ms ?? 0 }) : t(`relay.what.${does}`);
};

/** Frames that the rule does not change, or that it also affects. */
function limitOf({ t }: Words, { does, answer }: RelayRule): string | null {
  if (does === 'answer') return answer === '' ? t('relay.passesOn') : null;
  if (does === 'rewrite') return t('relay.passesOnMissing');
  return does === 'delay' ? t('relay.waitsBehind') : null;
}

interface RuleLineProps {
  readonly rule: RelayRule;
  readonly hits: number;
  /** Matching frames that were forwarded unchanged all the same. */
  readonly waived: number;
  /** Frames that wait now. */
  readonly delayed: number;
  readonly busy: boolean;
  readonly onSwitch: (isOn: boolean) => void;
  readonly onEdit: () => void;
  /** `null`: it is the first. */
  readonly onUp: (() => void) | null;
  readonly onDelete: () => void;
}
function RuleLine({ rule, hits, waived, delayed, busy, onSwitch, onEdit, onUp, onDelete }: RuleLineProps) {
  const words = useWords();
  const { t } = words;
  const { id, name, filter, when, isOn } = rule;
  const more = limitOf(words, rule);
  // Edited by hand or stored by another version: this version's dialog would refuse it.
  const test = frameTest({ ...everyFrame, text: filter }, 0);
  return (
    <li data-rule={id} data-on={isOn || undefined}>
      <Switch
        size="xs"
        aria-label={t('relay.isOn', { id })}
        checked={isOn}
        onChange={(event) => onSwitch(event.currentTarget.checked)}
      />
      <div className={classes['rule']}>
        <p>
          <span className={classes['number']}>{id}</span> <strong>{name}</strong>
        </p>
        <p>
          <code>{filter === '' ? t('relay.every') : filter}</code> → {whatOf(words, rule)}
          {when === 'gone' && `, ${t('relay.when.gone')}`}
        </p>
        {(more !== null || waived > 0 || delayed > 0) && (
          <p className="dim">
            {more} {waived > 0 && <span data-waived={waived}>{t('relay.waived', { count: waived })}</span>}{' '}
            {delayed > 0 && <strong data-delayed={delayed}>{t('relay.delayed', { count: delayed })}</strong>}
          </p>
        )}
        {!test.ok && (
          <p className={classes['unread']}>{t('relay.unread', { why: filterError(words, test.error) })}</p>
        )}
      </div>
      <span className={classes['hits']} title={t('relay.hitsTitle')} data-hits={hits}>
        {t('relay.hits', { count: hits })}
      </span>
      <Group gap="xs" wrap="nowrap">
        {onUp !== null && (
          <ActionIcon variant="default" aria-label={t('relay.up', { id })} onClick={onUp}>
            <IconArrowUp size={14} aria-hidden />
          </ActionIcon>
        )}
        <Button variant="default" size="compact-xs" aria-label={t('relay.editOf', { id })} onClick={onEdit}>
          {t('relay.edit')}
        </Button>
        <AskOnce
          label={t('relay.delete')}
          name={t('relay.deleteOf', { id })}
          size="compact-xs"
          question={t('relay.deleteAsk', { id })}
          busy={busy}
          onYes={onDelete}
        />
      </Group>
    </li>
  );
}
