// "Leave this site quickly": replaces the page, so that the back button does not return to it. Esc three times does the same.
(() => {
  const link = document.querySelector(".leave");
  if (!link) return;
  document.documentElement.classList.add("scripted");
  let title;
  const leave = () => {
    title ||= document.title;
    document.body.hidden = true;
    document.title = "";
    location.replace(link.href);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let presses = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") {
      presses = [];
      return;
    }
    if (event.repeat) return;
    presses = [...presses.filter((time) => event.timeStamp - time < 3000), event.timeStamp];
    if (presses.length > 2) leave();
  }, true);
  // A page that the browser kept alive must not come back hidden and without a name.
  addEventListener("pageshow", (event) => {
    if (!event.persisted || !title) return;
    document.body.hidden = false;
    document.title = title;
  });
})();
// What CSS cannot unfold everywhere is opened where there is room.
if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 60em)").matches) {
  for (const box of document.querySelectorAll(".unfold")) box.open = true;
}
