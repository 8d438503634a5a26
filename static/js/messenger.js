// The messenger keeps its place over pages, scrolls to what is new, and waits until its reader has finished typing.
const messenger = document.querySelector("#messenger");
const thread = () => document.querySelector("#thread");
const field = () => document.querySelector("#composer-text");
const memory = (change) => {
  try {
    return change(sessionStorage);
  } catch {
    return null;
  }
};
let typedAt = 0;

const settle = () => {
  if (thread()) thread().scrollTop = thread().scrollHeight;
};

if (messenger) {
  if (memory((store) => store.getItem("messenger")) === "open") messenger.open = true;
  messenger.addEventListener("toggle", () => {
    memory((store) => store.setItem("messenger", messenger.open ? "open" : ""));
    if (messenger.open) settle();
  });
  messenger.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    messenger.open = false;
    messenger.querySelector("summary").focus();
  });
}

document.addEventListener("input", ({ target }) => {
  if (target === field()) typedAt = target.value ? Date.now() : 0;
});
document.addEventListener("keydown", (event) => {
  if (event.target !== field() || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  field().form.requestSubmit();
});
// Whoever goes on typing is answered once, when they are done.
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt } = event.detail;
  if (!elt.matches("[data-answer]") || Date.now() - typedAt > 1500) return;
  event.preventDefault();
  setTimeout(() => htmx.trigger(elt, "again"), 1500);
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.elt.matches("[data-composer]") || !detail.successful) return;
  typedAt = 0;
  detail.elt.reset();
  field().focus();
});
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id === "thread" || target.closest("#messenger")) settle();
});
settle();
