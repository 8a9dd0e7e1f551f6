// Loads the page anew when the archive was packed again.
"use strict";
(() => {
  let seen;
  setInterval(async () => {
    try {
      const state = await (await fetch("/__watch/state")).text();
      if (seen !== undefined && state !== seen) location.reload();
      seen = state;
    } catch {
      // The command has ended, or is busy: the next time tells.
    }
  }, 500);
})();
