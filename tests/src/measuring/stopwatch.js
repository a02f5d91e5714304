// Times one save: from the press of Enter to the moment at which the page calls the person saved.
const [verb, name] = arguments;

function calledSaved() {
  return [...document.querySelectorAll("[aria-live]")].some(
    (region) => region.textContent.includes("Saved") && region.textContent.includes(name),
  );
}

const verbs = {
  start: () => {
    const watch = { pressed: null, saved: null };
    window.placardStopwatch = watch;
    const onkey = (event) => {
      if (event.key !== "Enter") return;
      watch.pressed = event.timeStamp;
      removeEventListener("keydown", onkey, true);
    };
    addEventListener("keydown", onkey, true);
    const observer = new MutationObserver(() => {
      if (watch.pressed === null || !calledSaved()) return;
      watch.saved = performance.now();
      observer.disconnect();
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  },
  // Milliseconds; null until the person is called saved.
  read: () => {
    const { pressed, saved } = window.placardStopwatch;
    return saved === null ? null : saved - pressed;
  },
};

return verbs[verb]();
