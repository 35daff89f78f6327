/**
 * Loaded by the app before its own script (app.ts), after V8 has begun in its own process: only windows get this. They live for seconds in
 * a test, and what V8 compiles once more to be fast is hardly used before they go: a tenth of the processor's time of most journeys. Code
 * made ready at its first call, without threads of V8's own beside it, saves a few hundredths more.
 */
require('electron').app.commandLine.appendSwitch(
  'js-flags',
  '--no-opt --no-maglev --always-sparkplug --single-threaded',
);
