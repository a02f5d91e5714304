// Times a search: from the press of a key to the moment at which the list that answers it is laid out.
const [verb] = arguments;

function isAnswered() {
  return document.querySelector('main [aria-busy="true"]') === null;
}

const verbs = {
  start: () => {
    const watch = { pressed: null, asked: false, drawn: null };
    window.placardStopwatch = watch;
    const onkey = (event) => {
      watch.pressed = event.timeStamp;
    };
    addEventListener("keydown", onkey, { capture: true, once: true });
    const observer = new MutationObserver(() => {
      if (watch.pressed === null) return;
      if (!isAnswered()) {
        watch.asked = true;
        return;
      }
      if (!watch.asked) return;
      // Asked for a height, the page lays the list out, as it does before it is drawn.
      void document.querySelector("main")?.offsetHeight;
      watch.drawn = performance.now();
      observer.disconnect();
    });
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      attributeFilter: ["aria-busy"],
    });
  },
  // Milliseconds; null until the list is there.
  read: () => {
    const { pressed, drawn } = window.placardStopwatch;
    return drawn === null ? null : drawn - pressed;
  },
};

return verbs[verb]();
