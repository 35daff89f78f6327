import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { OwnSequence, Sequence } from '#shared/model/sequence';
import { sequenceNames, sequenceOf } from '#shared/sequences';
import { useRequest } from '../../bridge/request';
import { askRun, useCrema } from '../../store';
import { ownTextWords } from '../../text/runWords';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { ErrorNote } from '../../ui/ErrorNote';
import { keepFocus } from '../../ui/keepFocus';
import { SequenceEditor } from './SequenceEditor';
import { SequenceFiles } from './SequenceFiles';
import { StepText } from '../../ui/StepText';
import { UndoNote } from '../../ui/UndoNote';
import type { StepForm } from './StepEditor';
import classes from './Work.module.css';

/** `before`: the stored name; `null`: new. */
interface Editing {
  readonly before: string | null;
  readonly sequence: OwnSequence;
}

const nothingYet: OwnSequence = { name: '', note: '', steps: [] };

/** All sequences: built-in ones, and the user's own, which are edited here. */
export function SequencesPane({ StepForm }: { readonly StepForm: StepForm }) {
  const words = useWords();
  const { t } = words;
  const own = useCrema((s) => s.sequences.all);
  const keep = useRequest('keepSequence');
  const [editing, setEditing] = useState<Editing | null>(null);
  const [removed, setRemoved] = useState<OwnSequence | null>(null);
  const copy = ({ name, note, steps }: Sequence): void => {
    const copyName = t('work.sequences.copyOf', { name: ownTextWords(words, name) }).slice(0, 60);
    setEditing({
      before: null,
      sequence: { name: copyName, note: ownTextWords(words, note), steps: [...steps] },
    });
  };
  return (
    <div ref={keepFocus} className={classes['sequences']}>
      <p className="dim">{t('work.sequences.lead')}</p>
      <h2>{t('work.sequences.shipped')}</h2>
      <ul className={classes['cards']}>
        {sequenceNames.map((name) => (
          <Card key={name} sequence={sequenceOf(name)}>
            <Button variant="default" size="compact-sm" onClick={() => copy(sequenceOf(name))}>
              {t('work.sequences.copy')}
            </Button>
          </Card>
        ))}
      </ul>
      <h2>{t('work.sequences.own')}</h2>
      {own.length === 0 && <p className="dim">{t('work.sequences.none')}</p>}
      <ul className={classes['cards']}>
        {own.map((sequence) => (
          <Boundary key={sequence.name} as="item" where={`sequence ${sequence.name}`} of={sequence}>
            <Card sequence={sequence}>
              <Button
                variant="default"
                size="compact-sm"
                onClick={() => setEditing({ before: sequence.name, sequence })}
              >
                {t('work.sequences.edit')}
              </Button>
              <Button
                variant="default"
                size="compact-sm"
                onClick={() =>
                  void keep
                    .run({ before: sequence.name, sequence: null })
                    .then((done) => done && setRemoved(sequence))
                }
              >
                {t('work.sequences.remove')}
              </Button>
            </Card>
          </Boundary>
        ))}
      </ul>
      {removed !== null && (
        <UndoNote
          text={t('work.sequences.removed', { name: removed.name })}
          onUndo={() =>
            void keep.run({ before: null, sequence: removed }).then((done) => done && setRemoved(null))
          }
        />
      )}
      <ErrorNote error={keep.error} />
      <Group gap="sm" mt="sm">
        <Button onClick={() => setEditing({ before: null, sequence: nothingYet })}>
          {t('work.sequences.new')}
        </Button>
      </Group>
      <SequenceFiles />
      {editing !== null && (
        <SequenceEditor {...editing} StepForm={StepForm} onClose={() => setEditing(null)} />
      )}
    </div>
  );
}

interface CardProps {
  readonly sequence: Sequence;
  readonly children: React.ReactNode;
}
function Card({ sequence, children }: CardProps) {
  const words = useWords();
  const { name, note, steps } = sequence;
  const shownName = ownTextWords(words, name);
  return (
    <li className={classes['card']} data-sequence={shownName}>
      <h3>{shownName}</h3>
      <p className="dim">{ownTextWords(words, note)}</p>
      <ol>
        {steps.map((step, place) => (
          // The same step may occur twice.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={place}>
            <StepText step={step} />
          </li>
        ))}
      </ol>
      <Group gap="sm">
        <Button size="compact-sm" onClick={() => askRun({ machines: [], sequence })}>
          {words.t('work.sequences.start')}
        </Button>
        {children}
      </Group>
    </li>
  );
}
