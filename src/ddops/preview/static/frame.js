// Loads the page anew when the server says that there is another, with what was open, focused and scrolled to as it was.
"use strict";

const frame = document.getElementById("page");
const state = document.getElementById("state");

// A fold is known by what it is about: its number changes with what stands above it.
function name(fold) {
  return fold.querySelector("summary code")?.textContent;
}

function remembered() {
  const page = frame.contentDocument;
  return {
    folds: new Map([...page.querySelectorAll("details")].map((fold) => [name(fold), fold.open])),
    focused: page.activeElement?.tagName === "SUMMARY" ? name(page.activeElement.parentElement) : null,
    x: frame.contentWindow.scrollX,
    y: frame.contentWindow.scrollY,
  };
}

function restore(before) {
  const page = frame.contentDocument;
  for (const fold of page.querySelectorAll("details")) {
    if (before.folds.has(name(fold))) fold.open = before.folds.get(name(fold));
    if (before.focused === name(fold)) fold.querySelector("summary").focus({ preventScroll: true });
  }
  frame.contentWindow.scrollTo(before.x, before.y);
}

function load() {
  const before = frame.src ? remembered() : null;
  frame.addEventListener(
    "load",
    () => {
      document.title = `${frame.contentDocument.title} · ddops preview`;
      if (before) restore(before);
      state.textContent = `as of ${new Date().toLocaleTimeString()}`;
    },
    { once: true },
  );
  if (frame.src) frame.contentWindow.location.reload();
  else frame.src = "/page";
}

const events = new EventSource("/events");
events.onmessage = (event) => {
  if (event.data === "page") load();
  else state.textContent = "Planning…";
};
events.onerror = () => {
  state.textContent = "The preview has ended; what you see is the last of it.";
};
