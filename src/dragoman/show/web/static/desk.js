// What every page does beyond reading: draws its charts, sends files with progress. Nothing here is needed to read.
"use strict";

(function () {
  const LIBRARY = ["vega.js", "vega-lite.js", "vega-embed.js"];
  let library = null;

  function load(name) {
    return new Promise(function (done, failed) {
      const script = document.createElement("script");
      script.src = "/static/vendor/" + name;
      script.async = false;
      script.onload = done;
      script.onerror = function () { failed(new Error(name + " could not be loaded")); };
      document.head.append(script);
    });
  }

  // The chart library is as large as all the rest; only pages with a chart in view ask for it.
  function loaded() {
    library = library || Promise.all(LIBRARY.map(load));
    return library;
  }

  function fitted(spec, width) {
    const inner = Math.max(220, Math.floor(width) - 78);
    for (const part of spec.vconcat) part.width = inner;
    return spec;
  }

  async function draw(figure) {
    const place = figure.querySelector(".picture");
    try {
      const answer = await fetch(figure.dataset.chart, { headers: { accept: "application/json" } });
      if (!answer.ok) throw new Error("the chart is not there");
      const spec = fitted(await answer.json(), place.clientWidth);
      await loaded();
      const box = document.createElement("div");
      place.append(box);
      // `ast` reads expressions without eval, which the content security policy forbids.
      await window.vegaEmbed(box, spec, {
        renderer: "svg", ast: true, actions: false, defaultStyle: false,
        tooltip: { disableDefaultStyle: true, styleId: "vega-hint" },
        loader: { target: "_self" },
      });
      // The picture has one description and its table; its hundred marks would only be noise to a screen reader.
      for (const mark of box.querySelectorAll("[role]")) {
        for (const name of ["role", "aria-roledescription", "aria-label"]) mark.removeAttribute(name);
      }
      box.setAttribute("aria-hidden", "true");
      figure.dataset.drawn = "yes";
    } catch (error) {
      const image = document.createElement("img");
      image.src = figure.dataset.chart.replace("chart.json", "chart.svg");
      image.alt = "";
      place.replaceChildren(image);
      figure.dataset.drawn = "picture";
    }
  }

  function charts() {
    const figures = document.querySelectorAll("figure[data-chart]");
    if (!("IntersectionObserver" in window)) { figures.forEach(draw); return; }
    const watcher = new IntersectionObserver(function (seen) {
      for (const one of seen) if (one.isIntersecting) { watcher.unobserve(one.target); draw(one.target); }
    }, { rootMargin: "200px" });
    figures.forEach(function (figure) { watcher.observe(figure); });
    window.addEventListener("beforeprint", function () {
      figures.forEach(function (figure) { if (!figure.dataset.drawn) { watcher.unobserve(figure); draw(figure); } });
    });
  }

  function sending() {
    const form = document.getElementById("send");
    if (!form) return;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      const bar = document.getElementById("sent");
      const request = new XMLHttpRequest();
      bar.hidden = false;
      request.upload.addEventListener("progress", function (at) {
        if (at.lengthComputable) bar.value = Math.round((100 * at.loaded) / at.total);
      });
      request.addEventListener("load", function () {
        if (request.status === 200 && new URL(request.responseURL).pathname.startsWith("/jobs/")) {
          window.location.assign(request.responseURL);
        } else {
          const said = new DOMParser().parseFromString(request.responseText, "text/html").querySelector(".wrong");
          told(form, said ? said.textContent : request.responseText.slice(0, 300) || "The files were not taken.");
        }
      });
      request.addEventListener("error", function () { told(form, "The files could not be sent; try again."); });
      request.open("POST", form.action);
      request.send(new FormData(form));
    });
  }

  function told(form, text) {
    let line = form.querySelector(".wrong");
    if (!line) {
      line = document.createElement("p");
      line.className = "wrong";
      line.setAttribute("role", "alert");
      form.prepend(line);
    }
    line.textContent = text;
    document.getElementById("sent").hidden = true;
  }

  document.addEventListener("DOMContentLoaded", function () { charts(); sending(); });
})();
