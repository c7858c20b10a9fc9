// Copies the citation; without a clipboard the text is selected, ready to be copied by hand.
(() => {
  const box = document.querySelector("[data-citation]");
  const button = box && box.querySelector("button");
  if (!button) return;
  const text = box.querySelector("textarea");
  const label = button.querySelector("span");
  const before = label.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      return;
    }
    label.textContent = button.dataset.copied;
    setTimeout(() => { label.textContent = before; }, 4000);
  });
})();
