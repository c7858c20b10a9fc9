// Copies the citation; without a clipboard the text is selected, ready to be copied by hand.
(() => {
  const box = document.querySelector("[data-citation]");
  const button = box && box.querySelector("button");
  if (!button) return;
  const text = box.querySelector("textarea"), status = box.querySelector("[role=status]");
  let timer;
  const say = (told) => {
    clearTimeout(timer);
    status.textContent = told;
    timer = setTimeout(() => { status.textContent = ""; }, 4000);
  };
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      // Without the signs that keep Latin parts in order among Arabic.
      await navigator.clipboard.writeText(text.value.replace(/\u2066 ?|\u2069/g, ""));
      say(button.dataset.copied);
    } catch {
      text.focus();
      text.select();
      say(button.dataset.selected);
    }
  });
})();
