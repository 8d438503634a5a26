// Help anywhere: <script src="https://SHOP/static/widgets/support.js" async></script>
{
  const base = document.currentScript.src;
  const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
  const words = { zh: "帮助|写消息|发送|转人工", en: "Help|Write a message|Send|Talk to a person" };
  const [help, hint, post, human] = words[language].split("|");
  const add = (to, name, more) => to.appendChild(Object.assign(document.createElement(name), more));

  add(document.head, "link", { rel: "stylesheet", href: new URL("support.css", base) });
  const box = add(document.body, "details", { className: "shop-help" });
  box.innerHTML = `<summary>${help}</summary><div class="shop-help-log" role="log"></div><form>
    <input required maxlength="2000" placeholder="${hint}" aria-label="${hint}">
    <button>${post}</button><button type="button">${human}</button></form>`;
  const [, log, form] = box.children;

  const show = ({ author, text, sources, url }) => {
    const item = add(log, "div", { className: "shop-help-" + author });
    add(item, "p", { textContent: text });
    for (const { url, title, quote } of sources) add(item, "a", { href: url, title: quote, textContent: title });
    if (url) add(item, "a", { href: url, textContent: "→" });
  };
  const send = async (given) => {
    const body = JSON.stringify({ ...given, language, token: localStorage.shop });
    const answer = await fetch(new URL("/widgets/support", base), { method: "POST", credentials: "omit", body });
    if (!answer.ok) return;
    const told = await answer.json();
    localStorage.shop = told.token;
    log.innerHTML = "";
    told.messages.forEach(show);
    log.scrollTop = log.scrollHeight;
  };
  const look = () => box.open && !document.hidden && send();
  form.onsubmit = () => {
    send({ text: form[0].value });
    form.reset();
    return false;
  };
  form[2].onclick = () => send({ person: true });
  box.ontoggle = look;
  setInterval(look, 5000);
}
