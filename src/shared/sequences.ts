import type { Sequence } from './model/sequence';
import type { Words } from './words';

/** A built-in procedure, with all texts in both languages. */
interface ShippedSequence extends Sequence {
  readonly name: Words;
  readonly note: Words;
}

/** Checks before the first customer whether the machine can sell. */
const beforeOpening: ShippedSequence = {
  name: { en: 'Before opening', zh: '开店前检查' },
  note: {
    en: 'Supplies filled, rinsed, one drink tasted: ready for the first customer.',
    zh: '补料、冲洗、试喝一杯：迎接第一位顾客之前。',
  },
  steps: [
    {
      do: 'ask',
      question: {
        en: 'Are beans, powders, water and cups filled, and is the drip tray empty?',
        zh: '豆、粉、水、杯都已补足，接水盘已倒空？',
      },
    },
    { do: 'command', name: 'querySupplies', input: {}, optional: true },
    {
      do: 'ask',
      question: {
        en: 'Is the door closed and an empty cup or jug below the outlet, for the rinse?',
        zh: '大门已关好，出口下已放好接冲洗水的空杯或容器？',
      },
    },
    { do: 'command', name: 'rinse', input: {}, withoutProof: true },
    {
      do: 'ask',
      question: {
        en: 'Has the rinse ended, and is a clean cup in place?',
        zh: '冲洗已结束，并已换上干净的杯子？',
      },
    },
    { do: 'command', name: 'makeDrink', input: null },
    {
      do: 'ask',
      question: { en: 'Does the drink taste right?', zh: '饮品味道正常？' },
    },
  ],
};

/** A technician's checks before leaving. */
const afterService: ShippedSequence = {
  name: { en: 'After service', zh: '维护后检查' },
  note: {
    en: 'Rinse, test drink, supplies: checks before you leave the machine.',
    zh: '冲洗、试制一杯、查余量：离开机器前的检查。',
  },
  steps: [
    {
      do: 'ask',
      question: {
        en: 'Is the door closed and an empty cup or jug below the outlet?',
        zh: '大门已关好，出口下已放好空杯或接水容器？',
      },
    },
    // linux sends no report after a rinse, so the next question asks for the observation.
    { do: 'command', name: 'rinse', input: {}, withoutProof: true },
    {
      do: 'ask',
      question: {
        en: 'Has the rinse ended, did the water run clear, and is a clean cup in place?',
        zh: '冲洗已结束，出水干净，并已换上干净的杯子？',
      },
    },
    { do: 'command', name: 'makeDrink', input: null },
    {
      do: 'ask',
      question: {
        en: 'Is the drink as it should be (amount, temperature, taste)?',
        zh: '饮品的量、温度、口味都正常？',
      },
    },
    { do: 'command', name: 'querySupplies', input: {}, optional: true },
  ],
};

/** Cleaning at the end of the day, and supplies for the next day. */
const closeDown: ShippedSequence = {
  name: { en: 'Close down', zh: '打烊收尾' },
  note: {
    en: 'Rinse, clean, and check the refills for tomorrow.',
    zh: '冲洗、清洁，并查看明天要补的料。',
  },
  steps: [
    {
      do: 'ask',
      question: {
        en: 'Are all customers served, and is an empty jug below the outlet?',
        zh: '没有顾客在等，出口下已放好接水容器？',
      },
    },
    { do: 'command', name: 'rinse', input: {}, withoutProof: true },
    { do: 'wait', seconds: 60 },
    {
      do: 'ask',
      question: {
        en: 'Has the rinse ended, and are outlet, drip tray and grounds bin clean?',
        zh: '冲洗已结束，出口、接水盘、渣盒都已清洁？',
      },
    },
    { do: 'command', name: 'querySupplies', input: {}, optional: true },
  ],
};

/** The built-in procedures, in the order of the window. */
const sequences = { afterService, beforeOpening, closeDown } as const;
type SequenceName = keyof typeof sequences;
export const sequenceNames = Object.keys(sequences) as readonly SequenceName[];
export const sequenceOf = (name: SequenceName): ShippedSequence => sequences[name];
