// Draws the map: shapes from the atlas, colours from the record, months in motion. The table beside it says the same.
"use strict";

document.addEventListener("DOMContentLoaded", async function () {
  const place = document.getElementById("map");
  if (!place || !window.d3 || !window.topojson) return;
  const SPACE = "http://www.w3.org/2000/svg";
  const of = place.dataset.of;
  const [series, atlas] = await Promise.all([
    fetch("/map-series.json?of=" + encodeURIComponent(of)).then(function (one) { return one.json(); }),
    fetch("/static/vendor/countries-110m.json").then(function (one) { return one.json(); }),
  ]);
  const shapes = window.topojson.feature(atlas, atlas.objects.countries).features;
  const projection = window.d3.geoNaturalEarth1().fitSize([960, 480], { type: "Sphere" });
  const path = window.d3.geoPath(projection);
  const svg = document.createElementNS(SPACE, "svg");
  svg.setAttribute("viewBox", "0 0 960 480");
  svg.setAttribute("aria-hidden", "true");
  const drawn = new Map();

  function add(node, code) {
    if (code) {
      node.dataset.code = code;
      drawn.set(code, (drawn.get(code) || []).concat(node));
    }
    svg.append(node);
  }

  for (const shape of shapes) {
    const node = document.createElementNS(SPACE, "path");
    node.setAttribute("d", path(shape) || "");
    node.setAttribute("class", "t none");
    add(node, series.numbers[shape.id] || (shape.properties.name === "Kosovo" ? "KOS" : ""));
  }
  // States too small for the atlas are points.
  for (const [code, at] of Object.entries(series.middles)) {
    if (drawn.has(code)) continue;
    const spot = projection(at);
    if (!spot) continue;
    const node = document.createElementNS(SPACE, "circle");
    node.setAttribute("cx", spot[0].toFixed(1));
    node.setAttribute("cy", spot[1].toFixed(1));
    node.setAttribute("r", "3");
    node.setAttribute("class", "t none point");
    add(node, code);
  }
  document.getElementById("map-picture").append(svg);

  const slide = document.getElementById("map-slide");
  const months = series.months.filter(function (month) { return series.points[month]; });
  let now = new Map();
  slide.max = String(Math.max(0, months.length - 1));

  function band(value) {
    if (value === null) return "none";
    return value < -4 ? "t0" : value < -1 ? "t1" : value < 1 ? "t2" : value < 3 ? "t3" : "t4";
  }

  function inWords(month) {
    return new Date(month + "-15T00:00:00Z").toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
  }

  function show(index) {
    const month = months[index];
    if (!month) return;
    now = new Map(series.points[month].map(function (one) { return [one[0], one]; }));
    for (const [code, nodes] of drawn) {
      const point = now.get(code);
      const kind = code === of ? "self" : point ? band(point[1]) : "none";
      for (const node of nodes) node.setAttribute("class", "t " + kind + (node.tagName === "circle" ? " point" : ""));
    }
    document.getElementById("map-month").textContent = inWords(month);
    slide.setAttribute("aria-valuetext", inWords(month));
    const table = document.getElementById("map-table");
    table.replaceChildren(...series.points[month].map(function (one) {
      const row = document.createElement("tr");
      const head = document.createElement("th");
      head.scope = "row";
      const link = document.createElement("a");
      link.href = "/relation?a=" + encodeURIComponent(of) + "&b=" + encodeURIComponent(one[0]);
      link.textContent = series.names[one[0]] || one[0];
      head.append(link);
      row.append(head);
      const value = one[1] === null ? "" : (one[1] > 0 ? "+" : "") + String(Math.round(one[1] * 10) / 10).replace("-", "−");
      for (const [text, number] of [[value, true], [one[2], false], [String(one[3]), true]]) {
        const cell = document.createElement("td");
        if (number) cell.className = "number";
        cell.textContent = text;
        row.append(cell);
      }
      return row;
    }));
  }

  function hint(code) {
    const point = now.get(code);
    const name = series.names[code] || code;
    document.getElementById("map-hint").textContent = code === of ? name : !point ? name + ": nothing in the twelve months before"
      : name + ": " + point[2] + (point[1] === null ? "" : " (" + point[1].toFixed(1).replace("-", "−") + ")") + ", " + point[3] + " events in twelve months";
  }

  svg.addEventListener("pointerover", function (event) { if (event.target.dataset.code) hint(event.target.dataset.code); });
  svg.addEventListener("click", function (event) {
    const code = event.target.dataset.code;
    if (code && code !== of && now.has(code)) {
      window.location.assign("/relation?a=" + encodeURIComponent(of) + "&b=" + encodeURIComponent(code));
    }
  });
  slide.addEventListener("input", function () { show(Number(slide.value)); });
  slide.addEventListener("change", function () {
    const address = new URL(window.location.href);
    address.searchParams.set("of", of);
    address.searchParams.set("month", months[Number(slide.value)]);
    window.history.replaceState(null, "", address);
  });

  let playing = 0;
  const button = document.getElementById("map-play");
  button.addEventListener("click", function () {
    if (playing) { window.clearInterval(playing); playing = 0; button.textContent = "Play"; return; }
    button.textContent = "Stop";
    if (Number(slide.value) >= months.length - 1) slide.value = "0";
    playing = window.setInterval(function () {
      slide.value = String(Number(slide.value) + 1);
      show(Number(slide.value));
      if (Number(slide.value) >= months.length - 1) button.click();
    }, 250);
  });
  const start = months.indexOf(place.dataset.month);
  slide.value = String(start < 0 ? months.length - 1 : start);
  show(Number(slide.value));
  place.hidden = false;
  place.dataset.drawn = "yes";
});
