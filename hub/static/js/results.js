// Results refresh in place: same addresses, same HTML, focus kept. Without this file the form is a plain form.
(() => {
  const form = document.querySelector("[data-results]");
  if (!form) return;
  const all = (root, selector) => [...root.querySelectorAll(selector)];
  const narrow = matchMedia("(max-width: 59.99em)");
  const field = form.elements.q;
  let running, timer, due, shown = location.pathname + location.search;

  // Only what says something goes into the address.
  const address = () => {
    const params = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) params.append(name, value);
    const query = params.toString();
    return form.getAttribute("action") + (query && "?" + query);
  };

  // Replaces filters and results, but leaves folded what was folded, and the focus where it was: on a value that is now
  // among the others, which unfold, or on the facet of one that is gone.
  const replace = (next) => {
    const focus = form.contains(document.activeElement) && document.activeElement;
    const facet = focus && focus.closest("[data-facet]")?.dataset.facet;
    const open = new Map(all(form, "details").map((box) => [box.dataset.key, box.open]));
    const scroll = new Map(all(form, "ul[data-key]").map((list) => [list.dataset.key, list.scrollTop]));
    for (const old of all(form, "[data-part]")) old.replaceWith(next.querySelector(`[data-part=${old.dataset.part}]`));
    for (const box of all(form, "details")) box.open = open.get(box.dataset.key) ?? box.open;
    for (const list of all(form, "ul[data-key]")) list.scrollTop = scroll.get(list.dataset.key) || 0;
    if (!focus || focus.isConnected) return;
    const again = document.getElementById(focus.id);
    again?.closest(".facet-more")?.setAttribute("open", "");
    const nearest = again || form.querySelector(`[data-facet="${facet}"] summary`) || document.getElementById("results-count");
    nearest.focus({ preventScroll: true });
  };

  const show = async (url, { push = true, jump = false } = {}) => {
    running?.abort();
    running = new AbortController();
    form.querySelector("[data-part=page]").setAttribute("aria-busy", "true");
    let page, next;
    try {
      const answer = await fetch(url, { signal: running.signal });
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
      next = page.querySelector("[data-results]");
    } catch (error) {
      if (error.name === "AbortError") return;
    }
    if (!next) {
      location.assign(url);
      return;
    }
    due = false;
    replace(next);
    for (const part of [".language-menu", "title"]) {
      const fresh = page.querySelector(part);
      if (fresh) document.querySelector(part)?.replaceWith(fresh);
    }
    if (push) history.pushState(null, "", url);
    shown = location.pathname + location.search;
    if (!push || jump) field.value = next.elements.q.value;
    const count = document.getElementById("results-count");
    form.querySelector("[data-status]").textContent = count.textContent;
    if (jump) {
      count.focus({ preventScroll: true });
      count.scrollIntoView();
    }
  };

  const refresh = () => {
    clearTimeout(timer);
    timer = setTimeout(() => show(address()), 150);
  };
  form.addEventListener("input", (event) => {
    if (event.target === field) return;
    // What is on its way knows nothing of this choice and would undo it.
    running?.abort();
    clearTimeout(timer);
  });
  form.addEventListener("change", (event) => {
    if (event.target === field) return;
    due = true;
    refresh();
  });
  // A year that was typed and taken back changes nothing; what it kept back is still to be shown.
  form.addEventListener("focusout", (event) => {
    if (due && event.target.type === "text") refresh();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    const filters = document.getElementById("filters");
    if (filters && narrow.matches) filters.open = false;
    show(address(), { jump: true });
  });
  form.addEventListener("click", (event) => {
    const link = event.target.closest(".chips a, .pagination a, .results-suggestion a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.pathname !== form.getAttribute("action")) return;
    event.preventDefault();
    show(link.href, { jump: true });
  });
  addEventListener("popstate", () => {
    if (location.pathname + location.search !== shown) show(location.href, { push: false });
  });

  // Browsers that cannot unfold the filters by CSS get them open where there is room.
  if (!CSS.supports("selector(::details-content)") && !narrow.matches) {
    for (const box of all(document, ".unfold")) box.open = true;
  }
})();
