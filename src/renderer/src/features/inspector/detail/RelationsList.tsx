import type { Change } from '#shared/compare/bodies';
import { answersTo } from '#shared/messages/lookup';
import { numberOf, type FrameDetail } from '#shared/model/frame';
import type { Related, Relations } from '#shared/model/relations';
import { wantFrame, wantOrder } from '../../../store';
import { formatRoute, type Route } from '../../../store/route';
import { differenceWords, latencyWords } from '../../../text/detailWords';
import { numberText } from '../../../text/entryNumber';
import { useWords } from '../../../text/useWords';
import { KeyValues } from '../../../ui/KeyValue';
import { Fact } from './Fact';
import { onlyText, shown, type Shown } from './values';
import classes from './Detail.module.css';

interface RelationsListProps {
  readonly frame: FrameDetail;
  readonly relations: Relations;
  readonly changes: ReadonlyMap<string, Change> | null;
}

/** Links to the question and the answer of this frame, the frame before, and its histories. */
export function RelationsList({ frame, relations, changes }: RelationsListProps) {
  const words = useWords();
  const { t } = words;
  const { question, answer, previous, order, command, fault } = relations;
  const { at, dir, cmd, vmcNo } = frame;
  const isQuestion = cmd !== null && dir !== null && answersTo(dir, cmd.toLowerCase()).length > 0;
  const commandsOf: Route = { screen: 'machines', vmcNo, tab: 'commands' };
  if (Object.values(relations).every((one) => one === null) && !isQuestion) return null;
  return (
    <section aria-label={t('detail.relations.title')}>
      <KeyValues>
        {question !== null && (
          <Fact label={t('detail.relations.answers')} of={ofEntry(question)}>
            <FrameLink to={question} />{' '}
            {t('detail.relations.later', { time: latencyWords(words, at - question.at) })}
          </Fact>
        )}
        {(answer !== null || isQuestion) && (
          <Fact label={t('detail.relations.answeredBy')} of={ofEntry(answer)}>
            {answer === null ? (
              <span className="dim">{t('detail.relations.unanswered')}</span>
            ) : (
              <>
                <FrameLink to={answer} />{' '}
                {t('detail.relations.later', { time: latencyWords(words, answer.at - at) })}
              </>
            )}
          </Fact>
        )}
        {order !== null && (
          <Fact label={t('detail.relations.order')} of={[shown('order', order.orderNo)]}>
            <a href={formatRoute({ screen: 'orders' })} onClick={() => wantOrder(order.orderNo)}>
              {order.orderNo}
            </a>
          </Fact>
        )}
        {command !== null && (
          <Fact label={t('detail.relations.command')} of={[onlyText(t(`command.${command.name}.name`))]}>
            <a href={formatRoute(commandsOf)}>{t(`command.${command.name}.name`)}</a>
          </Fact>
        )}
        {fault !== null && (
          <Fact label={t('detail.relations.fault')} of={[shown('code', fault.code)]}>
            <a href={formatRoute({ screen: 'errors' })}>
              {t(`detail.relations.${fault.what}`, { code: fault.code })}
            </a>
          </Fact>
        )}
        {previous !== null && (
          <Fact label={t('detail.relations.previous')} of={ofEntry(previous)}>
            <FrameLink to={previous} />{' '}
            {t('detail.relations.earlier', { time: latencyWords(words, at - previous.at) })}
            {changes !== null && <span className="dim"> · {differenceWords(words, countsOf(changes))}</span>}
          </Fact>
        )}
      </KeyValues>
    </section>
  );
}

const ofEntry = (entry: Related | null): readonly Shown[] =>
  entry === null ? [] : [shown('id', numberOf(entry))];

function FrameLink({ to }: { readonly to: Related }) {
  const { t } = useWords();
  return (
    <button type="button" className={classes['link']} onClick={() => wantFrame(to.id)}>
      {t('detail.relations.frame', { id: numberText(to) })}
    </button>
  );
}

function countsOf(changes: ReadonlyMap<string, Change>): Readonly<Record<Change['what'], number>> {
  const counts = { changed: 0, added: 0, gone: 0 };
  for (const { what } of changes.values()) counts[what] += 1;
  return counts;
}
