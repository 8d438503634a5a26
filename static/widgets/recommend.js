// Shows the shop's suggestions on any page. <script src="https://SHOP/static/widgets/recommend.js" async></script>
// <div data-recommend="similar" data-sku="..." data-limit="4"></div>: for_you, similar, bought_together, trending.
// Sets no cookie. Who agreed to be remembered (static/events/events.js) is known by that id, nobody else.
(() => {
  const script = document.currentScript;
  const base = new URL("/widgets/", script.src);
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("recommend.css", script.src);

  const visitor = () => {
    try {
      return localStorage.getItem("shop_visitor") || "";
    } catch {
      return "";
    }
  };

  const make = (name, className, text) => {
    const element = document.createElement(name);
    element.className = className;
    if (text) element.textContent = text;
    return element;
  };

  const card = ({ url, image, title, price, reason }) => {
    const item = make("a", "shop-rec-card");
    const picture = make("img", "shop-rec-picture");
    Object.assign(picture, { src: image, alt: "", width: 400, height: 500, loading: "lazy" });
    item.href = url;
    item.append(picture, make("span", "shop-rec-title", title), make("span", "shop-rec-price", price));
    if (reason) item.append(make("span", "shop-rec-reason", reason));
    return item;
  };

  const fill = async (place) => {
    const { recommend, sku, limit = "4", heading } = place.dataset;
    const row = make("div", "shop-rec-row");
    // empty cards of the final size: nothing moves when the goods arrive
    for (let left = Number(limit); left > 0; left -= 1) row.append(make("span", "shop-rec-card shop-rec-empty"));
    place.replaceChildren(...(heading ? [make("h2", "shop-rec-heading", heading)] : []), row);
    const query = new URLSearchParams({ limit, session: visitor(), language: document.documentElement.lang });
    if (sku) query.set("sku", sku);
    try {
      const answer = await fetch(new URL(`${recommend}?${query}`, base), { credentials: "omit" });
      if (!answer.ok) return;
      const { items } = await answer.json();
      items.forEach((item, index) => row.children[index]?.replaceWith(card(item)));
    } catch {
      place.dataset.failed = "";
    }
  };

  const start = () => document.querySelectorAll("[data-recommend]").forEach(fill);
  // the sizes come first, then what needs them
  link.addEventListener("load", start);
  document.head.append(link);
})();
