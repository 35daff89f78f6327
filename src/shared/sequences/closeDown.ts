import { sequence } from './sequence';

/** Cleaning at the end of the day, and supplies for the next day. */
export const closeDown = sequence({
  name: { en: 'Close down', zh: '打烊收尾' },
  note: {
    en: 'Rinse, clean, and read what has to be refilled tomorrow.',
    zh: '冲洗、清洁，并查看明天要补的料。',
  },
  steps: [
    {
      do: 'ask',
      question: {
        en: 'Is no customer waiting, and is an empty jug below the outlet?',
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
});
