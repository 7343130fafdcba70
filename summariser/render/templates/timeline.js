"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const form = byId("filters"), shown = byId("shown"), chart = document.querySelector(".chart");
  // Letters without case and accents, so that "elysee" finds "Élysée".
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const threads = [...document.querySelectorAll(".thread")].map((element) => ({
    element,
    title: plain(element.querySelector("h3").textContent),
    entries: [...element.querySelectorAll("li a")].map((link) => link.hash.slice(1)),
  }));
  const titles = new Map(threads.flatMap((thread) => thread.entries.map((id) => [id, thread.title])));
  // What the articles say and what is said of them; neither the page's own words nor the sentences around.
  const said = (element) => [...element.querySelectorAll("h4, .when, .facts, .value, q, .told, .told + .small, .from, .who bdi")].map((part) => part.textContent);
  const entries = [...document.querySelectorAll(".entry")].map((element) => ({
    element,
    id: element.id,
    text: plain([...said(element), element.dataset.also].join(" ")) + " " + (titles.get(element.id) ?? ""),
    places: element.dataset.j.split(" "),
    clash: element.querySelector(".dispute") !== null,
    changes: element.dataset.n.split(" "),
    ...element.dataset,
  }));
  const known = new Map(entries.map((entry) => [entry.id, entry]));
  const years = [...document.querySelectorAll(".year")];
  const marks = [...document.querySelectorAll(".lane .m")].map((element) => ({
    element,
    entry: known.get("e-" + element.dataset.e),
    first: Date.parse(element.dataset.from),
    last: Date.parse(element.dataset.to) + 864e5,
    point: element.localName === "use",
  }));
  const lanes = [...document.querySelectorAll(".lane")].map((element) => ({
    element, count: element.querySelector(".count"), marks: marks.filter((mark) => element.contains(mark.element)),
  }));

  const within = (place, code) => place === code || place.startsWith(code + "-");

  function fits(entry, wanted, words) {
    return words.every((word) => entry.text.includes(word)) &&
      (!wanted.jurisdiction || entry.places.some((place) => within(place, wanted.jurisdiction))) &&
      (!wanted.status || entry.s === wanted.status) &&
      (!wanted.instrument || entry.i === wanted.instrument) &&
      (!wanted.conflicts || entry.clash) &&
      (!wanted.change || entry.changes.includes(wanted.change)) &&
      (!wanted.from || (entry.to !== "" && +entry.to >= +wanted.from)) &&
      (!wanted.to || (entry.from !== "" && +entry.from <= +wanted.to));
  }

  function filter() {
    const wanted = Object.fromEntries(new FormData(form));
    const words = plain(wanted.text).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const entry of entries) {
      entry.stays = fits(entry, wanted, words);
      entry.element.hidden = !entry.stays;
      count += entry.stays ? 1 : 0;
    }
    for (const year of years) year.hidden = !year.querySelector(".entry:not([hidden])");
    for (const thread of threads) thread.element.hidden = !thread.entries.some((id) => known.get(id)?.stays);
    shown.textContent = [count, entries.length].reduce((text, number) => text.replace("{}", number), shown.dataset.words);
    byId("none").hidden = count > 0 || entries.length === 0;
    if (chart) draw(+wanted.from || +chart.dataset.first, +wanted.to || +chart.dataset.last, wanted.jurisdiction);
  }

  // The drawing shows the years that are asked for, and in it the entries that fit.
  function draw(from, to, place) {
    const last = Math.max(from, to), start = Date.UTC(from, 0, 1), span = Date.UTC(last + 1, 0, 1) - start;
    const at = (time) => (100 * (time - start)) / span;
    for (const { element, entry, first, last: end, point } of marks) {
      const left = Math.max(0, at(first)), right = Math.min(100, at(end)), hidden = !entry.stays || right <= 0 || left >= 100;
      element.toggleAttribute("hidden", hidden);
      if (hidden) continue;
      element.setAttribute("x", (point ? (left + right) / 2 : left).toFixed(2) + "%");
      if (!point) element.setAttribute("width", (right - left).toFixed(2) + "%");
    }
    for (const lane of lanes) {
      const count = lane.marks.filter((mark) => !mark.element.hasAttribute("hidden")).length;
      lane.count.textContent = count;
      lane.element.hidden = count === 0 || Boolean(place && !within(lane.element.dataset.j, place));
    }
    for (const more of document.querySelectorAll(".more")) more.hidden = !more.querySelector(".lane:not([hidden])");
    axis(from, last, at);
    for (const link of document.querySelectorAll("[data-year]")) {
      if (from === last && +link.dataset.year === from) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  function axis(from, to, at) {
    const ticks = [], months = to === from;
    const step = Math.ceil((to - from + 1) / 8), each = innerWidth < 640 ? 3 : 1;
    const name = new Intl.DateTimeFormat(document.documentElement.lang, { month: "short", timeZone: "UTC" });
    if (months) for (let month = 0; month < 12; month += each) ticks.push([Date.UTC(from, month, 1), name.format(Date.UTC(from, month, 1))]);
    else for (let year = from; year <= to; year += step) ticks.push([Date.UTC(year, 0, 1), year]);
    const make = (tag, values, text) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const [key, value] of Object.entries(values)) made.setAttribute(key, value);
      if (text !== undefined) made.textContent = text;
      return made;
    };
    document.querySelector(".axis").replaceChildren(...ticks.flatMap(([time, text]) => {
      const x = at(time).toFixed(2) + "%";
      return [make("line", { x1: x, x2: x, y1: 14, y2: 22 }), make("text", { x, y: 12 }, text)];
    }));
  }

  // What a link or a mark leads to is shown, whatever the filters say.
  function reveal(id) {
    const entry = known.get(id), thread = threads.find((found) => found.element.id === id);
    if ((entry && entry.element.hidden) || thread?.element.hidden) {
      form.reset();
      filter();
    }
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    if (!entry) return;
    for (const mark of marks) mark.element.classList.toggle("lit", mark.entry === entry);
    entry.element.querySelector("details").open = true;
  }

  function go(id) {
    if (location.hash === "#" + id) byId(id).scrollIntoView();
    else location.hash = id;
  }

  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  chart?.addEventListener("click", (event) => {
    const mark = event.target.closest(".m[data-e]"), year = event.target.closest("[data-year]");
    if (mark) go("e-" + mark.dataset.e);
    if (!year) return;
    event.preventDefault();
    const again = year.hasAttribute("aria-current");
    form.elements.from.value = form.elements.to.value = again ? "" : year.dataset.year;
    filter();
  });
  addEventListener("hashchange", () => {
    reveal(location.hash.slice(1));
    document.querySelector(":target")?.scrollIntoView();
  });
  document.querySelector(".filters").hidden = false;
  filter();
  if (location.hash) {
    reveal(location.hash.slice(1));
    document.querySelector(":target")?.scrollIntoView();
  }
})();
