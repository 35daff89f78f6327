import { app } from 'electron';
import type { Language } from './plainPage';

/** The language that a person has chosen for the whole computer. Known once the app is ready. */
export const systemLanguage = (): Language =>
  app.getPreferredSystemLanguages()[0]?.toLowerCase().startsWith('zh') === true ? 'zh-CN' : 'en';
