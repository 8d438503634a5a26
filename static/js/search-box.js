// The search box as a combobox (ARIA practices: list autocomplete, manual selection); a plain field without this.
const box = () => document.querySelector("#search[data-suggests]");
const list = () => document.querySelector("#suggestions");
const options = () => [...list().querySelectorAll("[role=option]")];
const chosen = () => list().querySelector("[aria-selected=true]");

const choose = (option) => {
  chosen()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  box().setAttribute("aria-activedescendant", option?.id ?? "");
};

const tell = () => {
  box()?.setAttribute("role", "combobox");
  box()?.setAttribute("aria-expanded", String(options().length > 0 && document.activeElement === box()));
};

// One place more than there are options: past either end the way leads back to the words typed.
const move = (step) => {
  const all = options();
  choose(all[(all.indexOf(chosen()) + 1 + step + all.length + 1) % (all.length + 1) - 1]);
};

const keys = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  Enter: () => chosen().click(),
  Escape: () => {
    choose();
    list().replaceChildren();
    tell();
  },
};

document.addEventListener("keydown", (event) => {
  if (event.target !== box() || event.isComposing || !(event.key in keys) || !options().length) return;
  if (event.key === "Enter" && !chosen()) return;
  event.preventDefault();
  keys[event.key]();
});
document.addEventListener("focusin", tell);
document.addEventListener("focusout", () => setTimeout(tell));
document.addEventListener("htmx:afterSwap", tell);
// A page out of the history shows the words of its address, not those typed last.
document.addEventListener("htmx:historyRestore", () => {
  const words = new URLSearchParams(location.search).get("q");
  if (words !== null) document.querySelector("#search").value = words;
});
tell();
