import { sequence } from './sequence';

/** Checks before the first customer whether the machine can sell. */
export const beforeOpening = sequence({
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
        zh: '门已关好，出口下已放好接冲洗水的空杯或容器？',
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
});
