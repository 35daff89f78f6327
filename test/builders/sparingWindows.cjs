/**
 * Loaded by the app before its own script (app.ts), after V8 has started in its own process, so it affects only windows.
 * Windows live for seconds in a test and hardly use optimized code. Without the optimizers most journeys take a tenth less CPU time.
 * Compilation at the first call, without V8's helper threads, saves a few hundredths more.
 * With V8's own growth of the heap (main sets a smaller one), a window takes a tenth less.
 */
require('electron').app.commandLine.appendSwitch(
  'js-flags',
  '--no-opt --no-maglev --always-sparkplug --single-threaded --heap-growing-percent=300',
);
