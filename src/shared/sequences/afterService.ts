import { sequence } from './sequence';

/** A technician's checks before leaving. */
export const afterService = sequence({
  name: { en: 'After service', zh: '维护后检查' },
  note: {
    en: 'Rinse, test drink, supplies: what to see before you leave the machine.',
    zh: '冲洗、试制一杯、查余量：离开机器前的检查。',
  },
  steps: [
    {
      do: 'ask',
      question: {
        en: 'Is the door closed and an empty cup or jug below the outlet?',
        zh: '门已关好，出口下已放好空杯或接水容器？',
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
});
