import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from '../locales/en';
import { zhCN } from '../locales/zh-CN';

export const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

export const i18n = i18next.createInstance();
/** Texts are bundled, so this completes before the first render. */
export function startTexts(language: Language): void {
  void i18n.use(initReactI18next).init({
    resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
    lng: language,
    fallbackLng: 'en',
    // React escapes the texts.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}
