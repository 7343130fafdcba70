"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector) => document.querySelectorAll(selector);
  const pane = byId("source"), panel = byId("rests"), back = byId("back"), said = byId("said");
  const sentences = (row) => row.dataset.s.split(" ").map((number) => byId("s" + number)).filter(Boolean);
  const beside = () => getComputedStyle(pane).overflowY === "auto";
  const moving = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
  let row = null, asked = null;
  document.documentElement.classList.add("js");

  function clear() {
    all(".on, .against").forEach((element) => element.classList.remove("on", "against"));
    row?.querySelector(".claim").removeAttribute("aria-current");
    row = null;
  }

  function light(next) {
    clear();
    row = next;
    row.querySelector(".claim").setAttribute("aria-current", "true");
    for (const element of [row, ...sentences(row), ...all(`mark[data-c~="${row.id}"]`)]) element.classList.add("on");
    all(`mark[data-x~="${row.id}"]`).forEach((mark) => mark.classList.add("against"));
    for (const sentence of sentences(row)) bar(sentence)?.classList.add("on");
  }

  const bar = (sentence) => document.querySelector(`.strip [data-n="${sentence.id.slice(1)}"]`);

  function reveal(element) {
    if (beside() && pane.contains(element)) {
      const offset = element.getBoundingClientRect().top - pane.getBoundingClientRect().top;
      pane.scrollTo({ top: pane.scrollTop + offset - pane.clientHeight / 3, behavior: moving() });
    } else element.scrollIntoView({ block: "center", behavior: moving() });
  }

  function address(id) {
    try { history.replaceState(null, "", "#" + id); } catch { /* an embedded page has no address of its own */ }
  }

  // A statement was chosen: its sentences light up; a keyboard follows to the first, and Escape leads back.
  function show(next, sentence, keyboard) {
    close();
    light(next);
    address(next.id);
    const target = sentence ?? sentences(next)[0];
    if (!target) return;
    reveal(target);
    back.hidden = beside();
    if (keyboard) target.querySelector(".n")?.focus({ preventScroll: true });
  }

  // A sentence was chosen: what rests on it.
  function ask(sentence, keyboard) {
    const ids = (sentence.dataset.c ?? "").split(" ").filter(Boolean);
    clear();
    asked = sentence;
    sentence.classList.add("on");
    bar(sentence)?.classList.add("on");
    panel.querySelector(".title").textContent =
      ids.length ? panel.dataset.title.replace("{}", sentence.id.slice(1)) : panel.dataset.none;
    panel.querySelector("ul").replaceChildren(...ids.map((id) => {
      const item = document.createElement("li"), link = document.createElement("a"), kind = document.createElement("span");
      kind.className = "label";
      kind.textContent = panel.dataset[id[0]];
      link.href = "#" + id;
      link.dir = "auto";
      link.textContent = byId(id).querySelector(".claim").textContent;
      item.append(kind, link);
      byId(id).classList.add("on");
      all(`mark[data-c~="${id}"]`).forEach((mark) => mark.classList.add("on"));
      return item;
    }));
    panel.hidden = false;
    back.hidden = true;
    if (keyboard) panel.focus({ preventScroll: true });
    if (beside() && ids.length) byId(ids[0]).scrollIntoView({ block: "nearest", behavior: moving() });
  }

  function close() {
    panel.hidden = true;
    asked = null;
  }

  function goTo(next) {
    const folded = next.closest("details");
    if (folded) folded.open = true;
    show(next);
    back.hidden = true;
    next.scrollIntoView({ block: "center" });
    next.querySelector(".claim").focus({ preventScroll: true });
  }

  function arrive() {
    const target = byId(location.hash.slice(1));
    if (target?.matches(".row")) goTo(target);
    else if (target?.matches(".s")) { ask(target); reveal(target); }
  }

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const at = (selector) => event.target.closest(selector);
    const keyboard = event.detail === 0;
    if (at("#back")) { back.hidden = true; if (row) goTo(row); return; }
    if (at(".close")) return leave();
    if (at("[data-copy]")) return copy(at("[data-copy]").dataset.copy);
    const rested = at("#rests a"), bars = at(".strip [data-n]"), next = at(".row"), sentence = at(".s");
    if (!(rested || bars || next || sentence) || (!at("a") && String(getSelection()))) return;
    event.preventDefault();
    if (rested) goTo(byId(rested.hash.slice(1)));
    else if (bars) { ask(byId("s" + bars.dataset.n)); reveal(asked); }
    else if (sentence) ask(sentence, keyboard);
    else show(next, at(".cites a") && byId(at(".cites a").hash.slice(1)), keyboard);
  });

  document.addEventListener("focusin", (event) => {
    const next = event.target.closest(".row");
    if (!next || next === row || !event.target.matches(":focus-visible")) return;
    close();
    light(next);
    if (beside() && sentences(next)[0]) reveal(sentences(next)[0]);
  });

  function leave() {
    const to = panel.hidden ? row?.querySelector(".claim") : asked?.querySelector(".n");
    close();
    clear();
    back.hidden = true;
    to?.focus();
  }
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && (row || asked)) leave(); });

  const copies = JSON.parse(byId("copies").textContent), tools = document.querySelector(".tools");
  async function copy(kind) {
    const value = copies[kind];
    const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
    let done = true;
    try { await navigator.clipboard.writeText(text); } catch { done = copyByHand(text); }
    said.textContent = done ? tools.dataset.copied : tools.dataset.failed;
    setTimeout(() => { said.textContent = ""; }, 4000);
  }
  // Where the page is not served safely there is no clipboard: a selection and the browser's own command.
  function copyByHand(text) {
    const field = document.createElement("textarea"), focused = document.activeElement;
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    focused?.focus();
    return done;
  }

  tools.hidden = false;
  addEventListener("hashchange", arrive);
  addEventListener("beforeprint", () => { const refused = byId("refused"); if (refused) refused.open = true; });
  arrive();
})();
