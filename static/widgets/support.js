// Help on any page. <script src="https://SHOP/static/widgets/support.js" async></script>
// Sets no cookie: the conversation is known by a signed token in this browser's storage.
(() => {
  const base = document.currentScript.src;
  const zh = document.documentElement.lang.startsWith("zh");
  const words = zh ? ["帮助", "写消息", "发送", "转人工"] : ["Help", "Write a message", "Send", "Talk to a person"];
  const key = "shop_support";
  const make = (name, more, ...parts) => {
    const element = Object.assign(document.createElement(name), more);
    element.append(...parts);
    return element;
  };

  const log = make("div", { className: "shop-help-log" });
  const field = make("input", { required: true, maxLength: 2000, placeholder: words[1] });
  const person = make("button", { type: "button", textContent: words[3] });
  const form = make("form", {}, field, make("button", { textContent: words[2] }), person);
  const box = make("details", { className: "shop-help" }, make("summary", { textContent: words[0] }), log, form);
  log.setAttribute("role", "log");
  field.setAttribute("aria-label", words[1]);

  const bubble = ({ author, text, sources, url }) =>
    make(
      "div",
      { className: `shop-help-${author}` },
      make("p", { textContent: text }),
      ...sources.map((source) => make("a", { href: source.url, title: source.quote, textContent: source.title })),
      ...(url ? [make("a", { href: url, textContent: "→" })] : []),
    );
  const send = async (given) => {
    const token = localStorage.getItem(key) || "";
    const body = JSON.stringify({ ...given, token, language: zh ? "zh" : "en" });
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(new URL("/widgets/support", base), { method: "POST", credentials: "omit", headers, body });
    if (!answer.ok) return;
    const told = await answer.json();
    localStorage.setItem(key, told.token);
    log.replaceChildren(...told.messages.map(bubble));
    log.scrollTop = log.scrollHeight;
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send({ text: field.value });
    form.reset();
  });
  person.addEventListener("click", () => send({ person: true }));
  box.addEventListener("toggle", () => box.open && send({}));
  setInterval(() => box.open && !document.hidden && send({}), 5000);
  document.head.append(make("link", { rel: "stylesheet", href: new URL("support.css", base) }));
  document.body.append(box);
})();
