import { Group, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  longestDelay,
  longestMember,
  longestValue,
  type RelayChange,
  type RelayRule,
} from '#shared/model/relay';
import { jsonOf, kindOf, readPath, valueKinds, type ValueKind } from '#shared/relayChange';
import { useWords } from '../../text/useWords';
import classes from './Relay.module.css';

const firstChange: RelayChange = { member: '', value: '' };
const firstDelay = 1_000;

/** The parts of a rule that its action needs. */
export const partsFor = ({ change, ms }: RelayRule, does: RelayRule['does']): Partial<RelayRule> => ({
  does,
  ...(does === 'rewrite' && { change: change ?? firstChange }),
  ...(does === 'delay' && { ms: ms ?? firstDelay }),
});

/** `null`: the parts of the action are valid. */
export function wrongPart({ does, change, ms }: RelayRule): 'member' | 'value' | 'ms' | null {
  if (does === 'rewrite') {
    if (readPath(change?.member ?? '') === null) return 'member';
    return kindOf(change?.value ?? '') === null ? 'value' : null;
  }
  const isDelay = does === 'delay' && !(Number.isInteger(ms) && (ms ?? 0) >= 1 && (ms ?? 0) <= longestDelay);
  return isDelay ? 'ms' : null;
}

interface FieldsProps {
  readonly rule: RelayRule;
  readonly onChange: (patch: Partial<RelayRule>) => void;
}

/** The member that a rule changes, and its new value. */
export function ChangeFields({ rule, onChange }: FieldsProps) {
  const { t } = useWords();
  const { member, value } = rule.change ?? firstChange;
  const known = kindOf(value);
  // The rule has only valid values.
  const [typed, setTyped] = useState(known?.typed ?? '');
  const [kind, setKind] = useState<ValueKind>(known?.kind ?? 'number');
  const put = (as: ValueKind, text: string): void => {
    setKind(as);
    setTyped(text);
    onChange({ change: { member, value: jsonOf(as, text) ?? '' } });
  };
  const isTyped = kind === 'number' || kind === 'text';
  return (
    <>
      <TextInput
        label={t('relay.member')}
        description={t('relay.memberNote')}
        classNames={{ input: 'mono' }}
        maxLength={longestMember}
        spellCheck={false}
        autoComplete="off"
        value={member}
        error={member !== '' && readPath(member) === null ? t('relay.memberWrong') : undefined}
        onChange={(event) => onChange({ change: { member: event.currentTarget.value, value } })}
      />
      <Group gap="sm" align="start" wrap="nowrap">
        <Select
          label={t('relay.kind')}
          w={130}
          allowDeselect={false}
          data={valueKinds.map((one) => ({ value: one, label: t(`relay.kinds.${one}`) }))}
          value={kind}
          onChange={(chosen) => put(valueKinds.find((one) => one === chosen) ?? 'number', typed)}
        />
        {isTyped && (
          <TextInput
            label={t('relay.value')}
            flex={1}
            classNames={{ input: 'mono' }}
            maxLength={longestValue / 2}
            spellCheck={false}
            autoComplete="off"
            value={typed}
            error={
              kind === 'number' && typed !== '' && jsonOf(kind, typed) === null
                ? t('relay.valueWrong')
                : undefined
            }
            onChange={(event) => put(kind, event.currentTarget.value)}
          />
        )}
      </Group>
      <p className="dim">{t('relay.rewriteNote')}</p>
      <p className={classes['mind']}>{t('relay.signNote')}</p>
    </>
  );
}

/** The duration of a delay. */
export function DelayField({ rule: { ms }, onChange }: FieldsProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState(ms === undefined ? '' : String(ms));
  const isWrong = !/^\d{1,6}$/.test(typed) || Number(typed) < 1 || Number(typed) > longestDelay;
  return (
    <>
      <TextInput
        label={t('relay.ms')}
        w={180}
        inputMode="numeric"
        autoComplete="off"
        value={typed}
        error={isWrong ? t('relay.msWrong', { max: longestDelay }) : undefined}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setTyped(value);
          onChange({ ms: /^\d{1,6}$/.test(value) ? Number(value) : 0 });
        }}
      />
      <p className="dim">{t('relay.delayNote')}</p>
    </>
  );
}
