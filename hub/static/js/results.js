// Results refresh in place, focus kept. Without this file the form is a plain form.
(() => {
  const form = document.querySelector("[data-results]");
  if (!form) return;
  const all = (root, selector) => [...root.querySelectorAll(selector)];
  const on = (name, act) => form.addEventListener(name, act);
  const here = () => location.pathname + location.search;
  const byId = (id) => document.getElementById(id), count = () => byId("results-count");
  const focus = (element) => element.focus({ preventScroll: true });
  const narrow = matchMedia("(max-width: 59.99em)"), field = form.elements.q, action = form.getAttribute("action");
  let running, timer, shown = here();

  const address = () => {
    const said = [...new FormData(form)].filter(([, value]) => value);
    return action + (said.length ? "?" + new URLSearchParams(said) : "");
  };

  // Keeps folds and focus; that of a value that is gone goes to its facet.
  const replace = (next) => {
    const old = document.activeElement, facet = old.closest("[data-facet]")?.dataset.facet;
    const now = (selector, what) => new Map(all(form, selector).map((one) => [one.dataset.key, one[what]]));
    const open = now("details", "open"), scroll = now("ul[data-key]", "scrollTop");
    for (const part of all(form, "[data-part]")) part.replaceWith(next.querySelector(`[data-part=${part.dataset.part}]`));
    for (const box of all(form, "details")) box.open = open.get(box.dataset.key) ?? box.open;
    for (const list of all(form, "ul[data-key]")) list.scrollTop = scroll.get(list.dataset.key) || 0;
    if (old.isConnected) return;
    const again = byId(old.id);
    again?.closest(".facet-more")?.setAttribute("open", "");
    focus(again || form.querySelector(`[data-facet="${facet}"] summary`) || count());
  };

  // Told aloud; what failed is seen as well.
  const say = (texts, failed = false) => {
    const status = form.querySelector("[data-status]");
    status.className = failed ? "notice results-failed" : "visually-hidden";
    status.innerText = texts.join("\n");
  };
  const told = () => all(form, "#results-count, [data-part=page] .notice p, .results-suggestion").map((one) => one.textContent);
  const order = () => {
    const sort = byId("results-sort");
    return sort ? `${sort.labels[0].textContent} ${sort.selectedOptions[0].label}` : "";
  };
  let sorted = order();

  const stop = () => {
    running?.abort();
    running = undefined;
    clearTimeout(timer);
    form.querySelector("[data-part=page]").removeAttribute("aria-busy");
  };

  const show = async (url, { push = true, jump = false } = {}) => {
    stop();
    running = new AbortController();
    if (!push) shown = here();
    form.querySelector("[data-part=page]").setAttribute("aria-busy", "true");
    let page;
    try {
      const answer = await fetch(url, { signal: running.signal });
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch (error) {
      if (error.name === "AbortError") return;
      stop();
      return say([form.querySelector("[data-status]").dataset.failed], true);
    }
    const next = page.querySelector("[data-results]");
    if (!next) return location.assign(url);
    replace(next);
    for (const part of [".language-menu ul", "title"]) {
      const fresh = page.querySelector(part);
      if (fresh) document.querySelector(part)?.replaceWith(fresh);
    }
    const { pathname, search } = new URL(url, location);
    if (push && pathname + search !== here()) history.pushState(null, "", url);
    shown = here();
    if (!push || jump) field.value = next.elements.q.value;
    say(sorted === order() ? told() : [order(), ...told()]);
    sorted = order();
    if (!jump) return;
    focus(count());
    count().scrollIntoView();
  };

  const refresh = () => {
    clearTimeout(timer);
    timer = setTimeout(() => show(address()), 150);
  };
  // An answer on its way knows nothing of this choice.
  on("input", (event) => {
    if (event.target === field) return;
    running?.abort();
    clearTimeout(timer);
  });
  on("change", (event) => event.target !== field && refresh());
  on("focusout", () => running?.signal.aborted && refresh());
  on("submit", (event) => {
    event.preventDefault();
    if (narrow.matches) byId("filters")?.removeAttribute("open");
    show(address(), { jump: true });
  });
  on("click", (event) => {
    const link = event.target.closest(".chips a, .pagination a, .results-suggestion a");
    if (link?.pathname !== action || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link.href, { jump: true });
  });
  // A page to which the reader comes back shows what its address says, whatever was ticked when it was left.
  addEventListener("pageshow", (event) => {
    const [navigation] = performance.getEntriesByType("navigation");
    if (!event.persisted && (running || timer || navigation?.type === "navigate")) return;
    stop();
    const words = field.value;
    form.reset();
    field.value = words;
  });
  addEventListener("popstate", () => here() !== shown && show(location.href, { push: false }));
  form.classList.add("results-scripted");
})();
