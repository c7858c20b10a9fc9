// Results refresh in place: same addresses, same HTML, without losing focus. Without this file the form works as a form.
(() => {
  const form = document.querySelector("[data-results]");
  if (!form || !window.DOMParser || !window.fetch) return;
  const status = form.querySelector("[data-status]");
  const part = (root, name) => root.querySelector(`[data-part="${name}"]`);
  let request;

  // Only what says something goes into the address.
  const address = () => {
    const params = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (value !== "" && !(name === "sort" && value === form.dataset.sort)) params.append(name, value);
    }
    const query = params.toString();
    return form.getAttribute("action") + (query ? `?${query}` : "");
  };

  const keep = () => {
    const open = new Map();
    for (const box of form.querySelectorAll("details")) open.set(box.dataset.key, box.open);
    const lists = new Map();
    for (const list of form.querySelectorAll(".facet-more > ul")) lists.set(list.dataset.key, list.scrollTop);
    const focus = document.activeElement && form.contains(document.activeElement) ? document.activeElement.id : "";
    return () => {
      for (const box of form.querySelectorAll("details")) if (open.has(box.dataset.key)) box.open = open.get(box.dataset.key);
      for (const list of form.querySelectorAll(".facet-more > ul")) list.scrollTop = lists.get(list.dataset.key) || 0;
      const target = focus && document.getElementById(focus);
      if (target) target.focus({ preventScroll: true });
    };
  };

  const show = async (url, { push = true, jump = false } = {}) => {
    if (request) request.abort();
    const mine = request = new AbortController();
    const page = part(form, "page");
    page.setAttribute("aria-busy", "true");
    let text;
    try {
      const answer = await fetch(url, { signal: mine.signal, headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      text = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") location.assign(url);
      return;
    }
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const next = fresh.querySelector("[data-results]");
    if (!next) {
      location.assign(url);
      return;
    }
    const restore = keep();
    for (const name of ["filters", "page"]) part(form, name).replaceWith(part(next, name));
    form.dataset.sort = next.dataset.sort;
    restore();
    if (!push) form.elements.q.value = next.elements.q.value;
    for (const kind of [".language-menu", "title"]) {
      const [old, now] = [document.querySelector(kind), fresh.querySelector(kind)];
      if (old && now) old.replaceWith(now);
    }
    if (push) history.pushState({}, "", url);
    const count = document.getElementById("results-count");
    status.textContent = count.textContent;
    if (jump) {
      count.focus({ preventScroll: true });
      count.scrollIntoView({ block: "start" });
    }
  };

  let timer;
  form.addEventListener("change", (event) => {
    if (event.target.name === "q") return;
    clearTimeout(timer);
    timer = setTimeout(() => show(address()), 200);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    const filters = document.getElementById("filters");
    if (filters && matchMedia("(max-width: 59.99em)").matches) filters.open = false;
    show(address(), { jump: true });
  });
  form.addEventListener("click", (event) => {
    const link = event.target.closest(".chips a, .pagination a, .results-suggestion a");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    show(link.href, { jump: true });
    const text = new URL(link.href).searchParams.get("q");
    form.elements.q.value = text || "";
  });
  addEventListener("popstate", () => show(location.href, { push: false }));
  // Browsers that cannot unfold the filters by CSS get them open where there is room.
  if (!(window.CSS && CSS.supports("selector(::details-content)")) && matchMedia("(min-width: 60em)").matches) {
    for (const box of document.querySelectorAll(".unfold")) box.open = true;
  }
})();
