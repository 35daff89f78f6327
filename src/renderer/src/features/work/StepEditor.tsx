import { ActionIcon, Button, Checkbox, Group, Select, Stack, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useState, type ComponentType } from 'react';
import { commandNames, type CommandName } from '#shared/commands/index';
import { isForRuns, rowOf } from '#shared/commands/kit/rows';
import { longestErrorText } from '#shared/limits';
import { inLanguages, longestWait, type OwnText, type SequenceStep } from '#shared/model/sequence';
import type { JsonObject } from '#shared/model/json';
import { doesWords } from '../../text/runWords';
import { useWords } from '../../text/useWords';
import { Dialog } from '../../ui/Dialog';

type CommandStep = Extract<SequenceStep, { do: 'command' }>;

interface StepEditorProps {
  readonly step: SequenceStep;
  /** The index of the step, from 0. */
  readonly place: number;
  readonly last: number;
  readonly StepForm: StepForm;
  readonly onChange: (step: SequenceStep) => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onRemove: () => void;
}

/** The editor of one step. */
export function StepEditor({ step, place, last, StepForm, onChange, onMove, onRemove }: StepEditorProps) {
  const { t } = useWords();
  const number = { step: place + 1 };
  return (
    <li data-edited-step={place + 1}>
      <span className="dim tabular">{place + 1}</span>
      {step.do === 'command' && (
        <CommandEditor step={step} place={place} StepForm={StepForm} onChange={onChange} />
      )}
      {step.do === 'wait' && <WaitEditor seconds={step.seconds} place={place} onChange={onChange} />}
      {step.do === 'ask' && <QuestionEditor question={step.question} place={place} onChange={onChange} />}
      <Group gap="xs" wrap="nowrap" align="start">
        <ActionIcon aria-label={t('work.edit.up', number)} disabled={place === 0} onClick={() => onMove(-1)}>
          <IconArrowUp size={14} />
        </ActionIcon>
        <ActionIcon
          aria-label={t('work.edit.down', number)}
          disabled={place === last}
          onClick={() => onMove(1)}
        >
          <IconArrowDown size={14} />
        </ActionIcon>
        <ActionIcon aria-label={t('work.edit.remove', number)} onClick={onRemove}>
          <IconTrash size={14} />
        </ActionIcon>
      </Group>
    </li>
  );
}

interface QuestionEditorProps {
  readonly question: OwnText;
  readonly place: number;
  readonly onChange: (step: SequenceStep) => void;
}
/** A question in both languages, or in one, which then everybody sees. */
function QuestionEditor({ question, place, onChange }: QuestionEditorProps) {
  const { t, language } = useWords();
  const texts = inLanguages(question);
  const isMissing = (texts.en ?? texts.zh) === undefined;
  const first = language === 'zh-CN' ? 'zh' : 'en';
  return (
    <Stack gap="xs">
      {([first, first === 'zh' ? 'en' : 'zh'] as const).map((one) => (
        <TextInput
          key={one}
          aria-label={t(`work.edit.question.${one}`, { step: place + 1 })}
          leftSection={<span className="dim">{t(`work.edit.in.${one}`)}</span>}
          leftSectionWidth={64}
          maxLength={longestErrorText}
          value={texts[one] ?? ''}
          error={one === first && isMissing ? t('work.edit.questionMissing') : undefined}
          onChange={(event) => {
            const { [one]: _, ...other } = texts;
            const typed = event.currentTarget.value.trimStart();
            onChange({ do: 'ask', question: typed === '' ? other : { ...other, [one]: typed } });
          }}
        />
      ))}
    </Stack>
  );
}

interface WaitEditorProps {
  readonly seconds: number;
  readonly place: number;
  readonly onChange: (step: SequenceStep) => void;
}
function WaitEditor({ seconds, place, onChange }: WaitEditorProps) {
  const { t } = useWords();
  // An invalid number stays as typed and is not applied.
  const [typed, setTyped] = useState(String(seconds));
  const value = /^\d{1,6}$/.test(typed.trim()) ? Number(typed.trim()) : 0;
  const isRight = value >= 1 && value <= longestWait;
  return (
    <TextInput
      aria-label={t('work.edit.seconds', { step: place + 1 })}
      leftSection={<span className="dim">{t('work.edit.addWait')}</span>}
      leftSectionWidth={64}
      rightSection={<span className="dim">s</span>}
      inputMode="numeric"
      value={typed}
      error={isRight ? undefined : t('work.edit.secondsWrong', { max: longestWait })}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setTyped(next);
        onChange({ do: 'wait', seconds: /^\d{1,6}$/.test(next.trim()) ? Number(next.trim()) : 0 });
      }}
    />
  );
}

const offered = commandNames.filter(isForRuns);
const isBare = (name: CommandStep['name']): boolean => rowOf(name).fields?.length === 0;

interface CommandEditorProps {
  readonly step: CommandStep;
  readonly place: number;
  readonly StepForm: StepForm;
  readonly onChange: (step: SequenceStep) => void;
}
function CommandEditor({ step, place, StepForm, onChange }: CommandEditorProps) {
  const words = useWords();
  const { t } = words;
  const [filling, setFilling] = useState(false);
  const { name, input } = step;
  const inputText = isBare(name)
    ? t('work.edit.nothingToFill')
    : input === null
      ? t('work.edit.asked')
      : t('work.edit.filled', { what: doesWords(words, step) });
  const flag = (member: 'withoutProof' | 'optional', isOn: boolean): void => {
    const { [member]: _, ...others } = step;
    onChange(isOn ? { ...others, [member]: true } : others);
  };
  return (
    <Stack gap="xs">
      <Select
        aria-label={t('work.edit.command', { step: place + 1 })}
        searchable
        allowDeselect={false}
        value={name}
        data={offered.map((one) => ({ value: one, label: t(`command.${one}.name`) }))}
        onChange={(next) => {
          const chosen = offered.find((one) => one === next);
          if (chosen !== undefined) onChange({ ...step, name: chosen, input: isBare(chosen) ? {} : null });
        }}
      />
      <Group gap="sm">
        <span className="dim">{inputText}</span>
        {!isBare(name) && (
          <Button variant="default" size="compact-xs" onClick={() => setFilling(true)}>
            {t('work.edit.fill')}
          </Button>
        )}
        {!isBare(name) && input !== null && (
          <Button variant="default" size="compact-xs" onClick={() => onChange({ ...step, input: null })}>
            {t('work.edit.askLater')}
          </Button>
        )}
      </Group>
      <Checkbox
        size="xs"
        label={t('work.edit.withoutProof')}
        checked={step.withoutProof === true}
        onChange={(event) => flag('withoutProof', event.currentTarget.checked)}
      />
      <Checkbox
        size="xs"
        label={t('work.edit.optional')}
        checked={step.optional === true}
        onChange={(event) => flag('optional', event.currentTarget.checked)}
      />
      {filling && (
        <Dialog title={t(`command.${name}.name`)} size={560} onClose={() => setFilling(false)}>
          <StepForm
            name={name}
            input={input}
            machines={[]}
            onFilled={(filled) => {
              setFilling(false);
              onChange({ ...step, input: filled as CommandStep['input'] });
            }}
            onCancel={() => setFilling(false)}
          />
        </Dialog>
      )}
    </Stack>
  );
}

/** The form of a command, which belongs to another feature. */
export type StepForm = ComponentType<{
  readonly name: CommandName;
  readonly input: JsonObject | null;
  readonly machines: readonly number[];
  readonly onFilled: (input: JsonObject) => void;
  readonly onCancel: () => void;
}>;
