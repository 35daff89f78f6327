import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { startActions } from './bridge/actions';
import { startFeed } from './bridge/live';
import { startTexts } from './text';
import { keepFocusWhileBusy } from './ui/keepFocusWhileBusy';
import { ignoreStrayClicks } from './ui/strayClicks';
import { leaveKeysToInputMethod } from './ui/keys';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
// Mantine's scroll lock makes a style element and looks for its nonce here.
(globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = nonce;

leaveKeysToInputMethod();
ignoreStrayClicks();
startTexts(navigator.language.startsWith('zh') ? 'zh-CN' : 'en');
startFeed();
startActions();
keepFocusWhileBusy();
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App nonce={nonce} />
  </StrictMode>,
);
