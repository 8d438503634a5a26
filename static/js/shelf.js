// Shelves move one view at a time by their buttons; arrow keys and swipes are the browser's own.
const step = (shelf, direction) => {
  const row = shelf.querySelector(".shelf-row");
  row.scrollBy({ left: direction * row.clientWidth, behavior: "auto" });
};

const showEnds = (shelf) => {
  const row = shelf.querySelector(".shelf-row");
  const [back, forward] = shelf.querySelectorAll(".shelf-step");
  const overflows = row.scrollWidth > row.clientWidth + 2;
  back.hidden = forward.hidden = !overflows;
  back.disabled = row.scrollLeft < 2;
  forward.disabled = row.scrollLeft + row.clientWidth > row.scrollWidth - 2;
};

for (const shelf of document.querySelectorAll(".shelf")) {
  const [back, forward] = shelf.querySelectorAll(".shelf-step");
  back.addEventListener("click", () => step(shelf, -1));
  forward.addEventListener("click", () => step(shelf, 1));
  shelf.querySelector(".shelf-row").addEventListener("scroll", () => showEnds(shelf), { passive: true });
  showEnds(shelf);
}
