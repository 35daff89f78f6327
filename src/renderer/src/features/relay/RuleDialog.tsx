import { Button, Group, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import { everyFrame, frameTest } from '#shared/filter/frames';
import { longestName } from '#shared/limits';
import { longestAnswer, ruleTimes, ruleWays, type RelayRule } from '#shared/model/relay';
import { filterError } from '../../text/filterWords';
import { useWords } from '../../text/useWords';
import { Dialog } from '../../ui/Dialog';
import { createDrafts } from '../../ui/drafts';
import { ErrorNote } from '../../ui/ErrorNote';
import { WarningNote } from '../../ui/WarningNote';
import { ChangeFields, DelayField, partsFor, wrongPart } from './RuleFields';
import classes from './Relay.module.css';

interface RuleDialogProps {
  readonly rule: RelayRule;
  readonly isNew: boolean;
  readonly busy: boolean;
  readonly error: AppError | null;
  readonly onClose: () => void;
  /** Resolves to whether it was stored. */
  readonly onKeep: (rule: RelayRule) => Promise<boolean>;
}
/** Drafts by the stored rule: after a change elsewhere, the draft starts again. */
const useDraft = createDrafts<RelayRule>();

/** The frames that a rule applies to, and its effect. */
export function RuleDialog({ rule: given, isNew, busy, error, onClose, onKeep }: RuleDialogProps) {
  const words = useWords();
  const { t } = words;
  const [draft, setDraft, forget] = useDraft(isNew ? '' : JSON.stringify(given), given, null);
  const [asking, setAsking] = useState(false);
  const rule = { ...draft, id: given.id };
  const change = (patch: Partial<RelayRule>): void => {
    setDraft({ ...rule, ...patch });
    setAsking(false);
  };
  const leave = (): void => {
    forget();
    onClose();
  };
  const isForAll = rule.filter.trim() === '';
  const keep = (): void => void onKeep(rule).then((isKept) => isKept && leave());
  const isWrong = wrongPart(rule) !== null;
  const test = frameTest({ ...everyFrame, text: rule.filter }, 0);
  return (
    <Dialog
      title={isNew ? t('relay.ruleNew') : t('relay.ruleTitle', { id: rule.id })}
      size={560}
      onClose={onClose}
    >
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (!test.ok || isWrong) return;
          if (isForAll) setAsking(true);
          else keep();
        }}
      >
        <TextInput
          label={t('relay.name')}
          maxLength={longestName}
          data-autofocus
          value={rule.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('relay.filter')}
          description={t('relay.filterNote')}
          classNames={{ input: 'mono' }}
          spellCheck={false}
          autoComplete="off"
          value={rule.filter}
          error={test.ok ? undefined : filterError(words, test.error)}
          onChange={(event) => change({ filter: event.currentTarget.value })}
        />
        <Select
          label={t('relay.doesLabel')}
          allowDeselect={false}
          data={ruleWays.map((value) => ({ value, label: t(`relay.does.${value}`) }))}
          value={rule.does}
          onChange={(value) => change(partsFor(rule, ruleWays.find((way) => way === value) ?? 'drop'))}
        />
        {rule.does === 'rewrite' && <ChangeFields rule={rule} onChange={change} />}
        {rule.does === 'delay' && <DelayField rule={rule} onChange={change} />}
        {rule.does === 'answer' && (
          <>
            <Textarea
              label={t('relay.answerLabel')}
              description={t('relay.answerNote')}
              classNames={{ input: 'mono' }}
              autosize
              minRows={2}
              maxRows={8}
              spellCheck={false}
              maxLength={longestAnswer}
              value={rule.answer}
              onChange={(event) => change({ answer: event.currentTarget.value })}
            />
            <Select
              label={t('relay.whenLabel')}
              allowDeselect={false}
              data={ruleTimes.map((value) => ({ value, label: t(`relay.when.${value}`) }))}
              value={rule.when}
              onChange={(value) => change({ when: value === 'gone' ? 'gone' : 'always' })}
            />
          </>
        )}
        {isForAll && (
          <WarningNote {...(asking && { role: 'alert' })}>
            {t(`relay.all.${rule.does}`)} {asking && <strong>{t('relay.allAsk')}</strong>}
          </WarningNote>
        )}
        <ErrorNote error={error} />
        <Group gap="sm" justify="flex-end">
          <Button variant="default" onClick={leave}>
            {t('app.cancel')}
          </Button>
          {asking ? (
            // Not the form's own: Enter in a field does not confirm.
            <Button key="all" color="red" loading={busy} onClick={keep}>
              {t('relay.keepAll')}
            </Button>
          ) : (
            <Button key="keep" type="submit" loading={busy} disabled={!test.ok || isWrong}>
              {t('relay.keep')}
            </Button>
          )}
        </Group>
      </form>
    </Dialog>
  );
}
