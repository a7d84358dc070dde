// Black places drawn by mouse, finger or keys, saved by themselves. Without this script the same buttons are forms.
(function () {
  "use strict";
  var WHOLE = 10000, SMALLEST = 20, STEP = 50, WAIT = 400, RETRY = 5000, SVG = "http://www.w3.org/2000/svg";
  var form = document.querySelector("[data-painting]");
  if (!form) { return; }
  var surface = form.querySelector("[data-surface]"), shown = form.querySelector("[data-places-shown]"),
    frame = form.querySelector("[data-frame]"), list = form.querySelector("[data-list]"),
    saved = form.querySelector("[data-saved]"), brush = form.querySelector("[data-draw]"),
    undoButton = form.querySelector("[data-undo]");
  var places = JSON.parse(form.dataset.places), before = [], chosen = -1, drawing = null;
  var timer = 0, sending = false, owed = false, lost = false;

  form.querySelectorAll("[data-zoom]").forEach(function (link) {
    link.addEventListener("click", function (event) {
      event.preventDefault();
      frame.dataset.size = link.dataset.zoom;
      form.querySelectorAll("[data-zoom]").forEach(function (other) { other.removeAttribute("aria-current"); });
      link.setAttribute("aria-current", "true");
    });
  });
  if ("closed" in form.dataset) { return; }

  function clamp(value, least, most) { return Math.min(Math.max(Math.round(value), least), most); }

  function show() {
    shown.textContent = "";
    places.forEach(function (place, index) {
      var rect = document.createElementNS(SVG, "rect");
      ["x", "y", "width", "height"].forEach(function (name, at) { rect.setAttribute(name, place[at]); });
      if (index === chosen) { rect.setAttribute("class", "is-chosen"); }
      shown.append(rect);
    });
    undoButton.disabled = !before.length && !places.length;
  }

  function relist() {
    list.textContent = "";
    places.forEach(function (_place, index) {
      var row = document.createElement("li"), name = document.createElement("span"), button = document.createElement("button");
      name.tabIndex = 0;
      name.setAttribute("role", "button");
      name.textContent = form.dataset.wordsPlace + " " + (index + 1);
      name.addEventListener("focus", function () { choose(index); });
      button.type = "button";
      button.className = "btn btn-quiet";
      button.textContent = form.dataset.wordsRemove;
      button.setAttribute("aria-label", form.dataset.wordsRemove + " – " + name.textContent);
      button.addEventListener("click", function () { remove(index); });
      row.append(name, button);
      list.append(row);
    });
    if (!places.length) {
      var none = document.createElement("li");
      none.className = "quiet";
      none.textContent = list.dataset.empty;
      list.append(none);
    }
  }

  function choose(index) {
    chosen = index;
    list.querySelectorAll("li > span").forEach(function (name, at) { name.classList.toggle("is-chosen", at === index); });
    show();
  }

  function focusOn(index) {
    var name = list.querySelectorAll("li > span")[index];
    if (name) { name.focus(); } else { choose(-1); }
  }

  function remember() { before.push(JSON.stringify(places)); }

  function changed() {
    // The page has to be looked at again: what was confirmed was another picture.
    show();
    owed = true;
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  }

  function remove(index) {
    remember();
    places.splice(index, 1);
    chosen = -1;
    relist();
    changed();
    focusOn(Math.min(index, places.length - 1));
  }

  function add(place) {
    remember();
    places.push(place);
    chosen = places.length - 1;
    relist();
    changed();
  }

  function revision(value) {
    document.querySelectorAll("input[name=revision]").forEach(function (field) { field.value = value; });
  }

  function save() {
    if (sending || lost || !owed) { return; }
    sending = true;
    owed = false;
    saved.textContent = form.dataset.wordsSaving;
    var data = new FormData();
    ["csrfmiddlewaretoken", "page", "revision"].forEach(function (name) { data.set(name, form.elements[name].value); });
    data.set("act", "save");
    data.set("places", JSON.stringify(places));
    fetch(form.action, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" }, redirect: "error" })
      .then(function (answer) { return answer.json(); })
      .then(function (said) {
        sending = false;
        if (!said.saved) {
          lost = true;
          saved.textContent = form.dataset.wordsOutdated;
          return;
        }
        revision(said.revision);
        saved.textContent = form.dataset.wordsSaved;
        if (owed) { save(); } else { showConfirmation(); }
      })
      .catch(function () {
        sending = false;
        owed = true;
        saved.textContent = form.dataset.wordsRetry;
        setTimeout(save, RETRY);
      });
  }

  function showConfirmation() {
    // A confirmed page that was changed is open again: its buttons come from the server.
    if (!form.querySelector("[data-confirm]")) { location.reload(); }
  }

  // --- drawing
  function point(event) {
    var box = surface.getBoundingClientRect();
    return [clamp((event.clientX - box.left) / box.width * WHOLE, 0, WHOLE), clamp((event.clientY - box.top) / box.height * WHOLE, 0, WHOLE)];
  }

  function between(from, to) {
    return [Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.abs(from[0] - to[0]), Math.abs(from[1] - to[1])];
  }

  function mode(on) {
    brush.setAttribute("aria-pressed", String(on));
    form.classList.toggle("is-drawing", on);
  }

  brush.addEventListener("click", function () { mode(brush.getAttribute("aria-pressed") !== "true"); });
  // A finger scrolls until it is told to paint; a mouse has a wheel for that.
  mode(!window.matchMedia("(pointer: coarse)").matches);

  surface.addEventListener("pointerdown", function (event) {
    if (event.button || brush.getAttribute("aria-pressed") !== "true") { return; }
    event.preventDefault();
    surface.setPointerCapture(event.pointerId);
    var rect = document.createElementNS(SVG, "rect");
    shown.append(rect);
    drawing = { from: point(event), rect: rect, place: null };
  });
  surface.addEventListener("pointermove", function (event) {
    if (!drawing) { return; }
    drawing.place = between(drawing.from, point(event));
    ["x", "y", "width", "height"].forEach(function (name, at) { drawing.rect.setAttribute(name, drawing.place[at]); });
  });
  function end(event) {
    if (!drawing) { return; }
    var place = event.type === "pointerup" ? drawing.place : null;
    drawing = null;
    if (place && place[2] >= SMALLEST && place[3] >= SMALLEST) { add(place); } else { show(); }
  }
  surface.addEventListener("pointerup", end);
  surface.addEventListener("pointercancel", end);

  // --- keys
  form.querySelector("[data-new]").addEventListener("click", function () {
    add([3500, 4800, 3000, 400]);
    focusOn(places.length - 1);
  });
  list.addEventListener("keydown", function (event) {
    var place = places[chosen];
    if (!place || event.target.tagName !== "SPAN" || event.altKey || event.ctrlKey || event.metaKey) { return; }
    if (event.key === "Delete" || event.key === "Backspace") { event.preventDefault(); remove(chosen); return; }
    var axis = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [1, -1], ArrowDown: [1, 1] }[event.key];
    if (!axis) { return; }
    event.preventDefault();
    remember();
    if (event.shiftKey) {
      place[axis[0] + 2] = clamp(place[axis[0] + 2] + axis[1] * STEP, SMALLEST, WHOLE - place[axis[0]]);
    } else {
      place[axis[0]] = clamp(place[axis[0]] + axis[1] * STEP, 0, WHOLE - place[axis[0] + 2]);
    }
    changed();
  });
  undoButton.addEventListener("click", function (event) {
    event.preventDefault();
    places = before.length ? JSON.parse(before.pop()) : places.slice(0, -1);
    chosen = -1;
    relist();
    changed();
  });

  // What is not saved yet goes before the page does anything else.
  form.addEventListener("submit", function (event) {
    if (!owed && !sending) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    var button = event.submitter;
    clearTimeout(timer);
    save();
    var tries = setInterval(function () {
      if (owed || sending) { return; }
      clearInterval(tries);
      if (!lost) { form.requestSubmit(button); }
    }, 50);
  }, true);
  window.addEventListener("beforeunload", function (event) { if (owed && !lost) { event.preventDefault(); } });
  relist();
  show();
})();
