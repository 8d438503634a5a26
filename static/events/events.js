// Tells the shop what a page's reader does. <script src="https://SHOP/static/events/events.js" async></script>
// shopEvents("view_item", {sku: "..."}); data-event="add_to_cart" data-sku="..." on anything that is clicked.
// data-consent="granted" on the script, or shopEvents.consent(true), lets the browser be remembered.
(() => {
  const script = document.currentScript;
  const address = new URL("/collect", script.src).href;
  const KEY = "shop_visitor";
  let visitor = "";
  let queue = [];
  let timer = 0;

  const remember = () => {
    try {
      visitor = localStorage.getItem(KEY) || crypto.randomUUID();
      localStorage.setItem(KEY, visitor);
    } catch {
      visitor = ""; // storage is closed to us: the events stay without a name
    }
  };

  const forget = () => {
    visitor = "";
    try {
      localStorage.removeItem(KEY);
    } catch {
      return;
    }
  };

  const send = () => {
    clearTimeout(timer);
    timer = 0;
    while (queue.length) {
      const events = queue.splice(0, 50);
      navigator.sendBeacon(address, JSON.stringify({ visitor_id: visitor, events }));
    }
  };

  const shopEvents = (name, details = {}) => {
    const occurred_at = new Date().toISOString();
    queue.push({ event_id: crypto.randomUUID(), name, occurred_at, ...details });
    timer = timer || setTimeout(send, 1000);
  };

  shopEvents.consent = (isGranted) => (isGranted ? remember() : forget());
  shopEvents.send = send;
  window.shopEvents = shopEvents;

  if (script.dataset.consent === "granted") remember();
  document.addEventListener("click", ({ target }) => {
    const told = target instanceof Element && target.closest("[data-event]");
    if (told) {
      const { event, sku, quantity } = told.dataset;
      shopEvents(event, { sku, quantity });
    }
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && send());
  if (script.dataset.pageView !== "off") shopEvents("page_view");
})();
