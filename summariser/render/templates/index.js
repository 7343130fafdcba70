"use strict";
(() => {
  const form = document.getElementById("filters"), shown = document.getElementById("shown");
  // Letters without case and accents, so that "elysee" finds "Élysée".
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const entries = [...document.querySelectorAll(".entry")].map((element) => ({
    element,
    text: plain(element.textContent + " " + element.dataset.actors),
    actors: plain(element.dataset.actors),
    steps: [...element.querySelectorAll(".step")].map((step) => ({ element: step, ...step.dataset, places: step.dataset.j.split(" ") })),
  }));

  // The filters on milestones hold together: one milestone of a document must fit all of them.
  function filter() {
    const wanted = Object.fromEntries(new FormData(form));
    const words = plain(wanted.text).split(/\s+/).filter(Boolean), actor = plain(wanted.actor.trim());
    const onSteps = wanted.jurisdiction || wanted.status || wanted.from || wanted.to;
    const fits = (step) =>
      (!wanted.jurisdiction || step.places.includes(wanted.jurisdiction)) &&
      (!wanted.status || step.s === wanted.status) &&
      (!wanted.from || (step.to ?? "") >= wanted.from) &&
      (!wanted.to || (step.from ?? "9999") <= wanted.to);
    let count = 0;
    for (const entry of entries) {
      const hits = onSteps ? entry.steps.filter(fits) : [];
      const stays = words.every((word) => entry.text.includes(word)) && entry.actors.includes(actor) && (!onSteps || hits.length > 0);
      entry.element.hidden = !stays;
      for (const step of entry.steps) step.element.classList.toggle("hit", hits.includes(step));
      count += stays ? 1 : 0;
    }
    shown.textContent = [count, entries.length].reduce((text, number) => text.replace("{}", number), shown.dataset.words);
    document.getElementById("none").hidden = count > 0;
  }

  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.querySelector(".filters").hidden = false;
  filter();
})();
