import { app } from 'electron';
import type { Language } from './plainPage';

/** The user's system language. Available once the app is ready. */
export const systemLanguage = (): Language =>
  app.getPreferredSystemLanguages()[0]?.toLowerCase().startsWith('zh') === true ? 'zh-CN' : 'en';
