/**
 * Loaded by the app before its own script (app.ts), after V8 has begun in its own process: only windows get this. They live for seconds in
 * a test, and what V8 compiles once more to be fast is hardly used before they go: a tenth of the processor's time of most journeys.
 */
require('electron').app.commandLine.appendSwitch('js-flags', '--no-opt --no-maglev');
