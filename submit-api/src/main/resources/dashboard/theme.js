// Before anything is painted, so that a chosen theme does not flash up in the other one. No module: those are deferred.
(() => {
  try {
    const chosen = localStorage.getItem("leat.theme");
    if (chosen === "light" || chosen === "dark") {
      document.documentElement.dataset.theme = chosen;
    }
  } catch {
    // A browser that forbids storage follows the system.
  }
})();
