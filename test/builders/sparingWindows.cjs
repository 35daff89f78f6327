/**
 * Loaded by the app before its own script (app.ts), after V8 has started in its own process, so it affects only windows.
 * Windows live for seconds in a test, so optimized code is hardly used: that saves a tenth of the CPU time of most journeys.
 * Compilation at the first call, without V8's helper threads, saves a few hundredths more.
 */
require('electron').app.commandLine.appendSwitch(
  'js-flags',
  '--no-opt --no-maglev --always-sparkplug --single-threaded',
);
