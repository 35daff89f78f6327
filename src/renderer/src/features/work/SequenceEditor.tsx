import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { longestErrorText, longestName, mostSteps } from '#shared/limits';
import { ownSequence, type OwnSequence, type SequenceStep } from '#shared/model/sequence';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { Dialog } from '../../ui/Dialog';
import { Boundary } from '../../ui/Boundary';
import { createDrafts } from '../../ui/drafts';
import { ErrorNote } from '../../ui/ErrorNote';
import { StepEditor, type StepForm } from './StepEditor';
import classes from './Work.module.css';

interface SequenceEditorProps {
  readonly before: string | null;
  readonly sequence: OwnSequence;
  readonly StepForm: StepForm;
  readonly onClose: () => void;
}

/** A step keeps its key when it is moved. */
interface Kept {
  readonly key: number;
  readonly step: SequenceStep;
}

interface Draft {
  readonly name: string;
  /** The name of a new sequence is empty and not an error until the user types. */
  readonly named: boolean;
  readonly note: string;
  readonly steps: readonly Kept[];
}
const useDraft = createDrafts<Draft>();

const fresh = {
  addCommand: { do: 'command', name: 'rinse', input: {} },
  addWait: { do: 'wait', seconds: 30 },
  addAsk: { do: 'ask', question: {} },
} as const satisfies Readonly<Record<string, SequenceStep>>;

/** Edits one sequence: its name and its steps. */
export function SequenceEditor({ before, sequence, StepForm, onClose }: SequenceEditorProps) {
  const { t } = useWords();
  const others = useCrema((s) => s.sequences.all).filter(({ name }) => name !== before);
  const keep = useRequest('keepSequence');
  const [draft, change, forget] = useDraft(
    JSON.stringify([before, sequence.name]),
    { ...sequence, named: before !== null, steps: sequence.steps.map((step, key) => ({ key, step })) },
    null,
  );
  const { name, named, note, steps } = draft;
  const setSteps = (next: readonly Kept[]): void => change({ ...draft, steps: next });
  const leave = (): void => {
    forget();
    onClose();
  };
  const read = ownSequence.safeParse({ name, note, steps: steps.map(({ step }) => step) });
  const taken = others.some((one) => one.name === name.trim());
  const put = (place: number, step: SequenceStep): void =>
    setSteps(steps.map((one, at) => (at === place ? { ...one, step } : one)));
  const move = (place: number, by: 1 | -1): void => {
    const moved = [...steps];
    const [one] = moved.splice(place, 1);
    if (one !== undefined) moved.splice(place + by, 0, one);
    setSteps(moved);
  };
  const list = useRef<HTMLOListElement>(null);
  const known = useRef(steps.length);
  const add = (step: SequenceStep): void =>
    setSteps([...steps, { key: 1 + Math.max(-1, ...steps.map(({ key }) => key)), step }]);
  // The new step may lie below the view.
  useEffect(() => {
    if (steps.length > known.current) list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' });
    known.current = steps.length;
  }, [steps.length]);
  const save = async (): Promise<void> => {
    if (!read.success || taken) return;
    if (await keep.run({ before, sequence: read.data })) leave();
  };
  return (
    <Dialog title={t('work.edit.title')} size={720} onClose={onClose}>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextInput
          label={t('work.edit.name')}
          data-autofocus
          maxLength={longestName}
          value={name}
          error={
            taken
              ? t('work.edit.nameTaken')
              : named && name.trim() === ''
                ? t('work.edit.nameMissing')
                : undefined
          }
          onChange={(event) => change({ ...draft, name: event.currentTarget.value, named: true })}
        />
        <Textarea
          label={t('work.edit.note')}
          maxLength={longestErrorText}
          autosize
          minRows={1}
          maxRows={3}
          value={note}
          onChange={(event) => change({ ...draft, note: event.currentTarget.value })}
        />
        <Stack gap="sm">
          <h3>{t('work.edit.steps')}</h3>
          {steps.length === 0 && <p className="dim">{t('work.edit.none')}</p>}
          <ol ref={list} className={classes['editor']}>
            {steps.map(({ key, step }, place) => (
              <Boundary key={key} as="item" where={`step ${place} of the sequence`} of={step}>
                <StepEditor
                  step={step}
                  place={place}
                  last={steps.length - 1}
                  StepForm={StepForm}
                  onChange={(next) => put(place, next)}
                  onMove={(by) => move(place, by)}
                  onRemove={() => setSteps(steps.filter((_, at) => at !== place))}
                />
              </Boundary>
            ))}
          </ol>
          <Group gap="sm" role="group" aria-label={t('work.edit.add')}>
            <span className="dim">{t('work.edit.add')}</span>
            {(['addCommand', 'addWait', 'addAsk'] as const).map((kind) => (
              <Button
                key={kind}
                variant="default"
                size="compact-sm"
                disabled={steps.length >= mostSteps}
                onClick={() => add(fresh[kind])}
              >
                {t(`work.edit.${kind}`)}
              </Button>
            ))}
          </Group>
        </Stack>
        <ErrorNote error={keep.error} />
        <Group gap="sm" justify="flex-end">
          <Button variant="default" onClick={leave}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={keep.busy} disabled={!read.success || taken}>
            {t('work.edit.save')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
