// A judge's own marks in the text: choose words, and a small bar offers a colour or a note. They are stored as places
// with their words and neighbours, found again after the copy was changed, and shown to nobody else.
// Without this script the list of notes with its forms does the same.
(function () {
  "use strict";
  var text = document.querySelector("[data-copy]"), room = document.querySelector("[data-notes]");
  if (!text || !room || !window.fetch) { return; }
  var bar = document.querySelector("[data-marker]"), list = room.querySelector("[data-list]");
  var status = room.querySelector("[data-notes-status]");
  var adding = room.querySelector("form[data-add]"), words = room.dataset;
  var NEIGHBOURS = 32, waiting = [], busy = false, chosen = null;

  // --- Places in the text -------------------------------------------------------------------
  function pieces() {
    var walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT), found = [], at = 0;
    while (walker.nextNode()) {
      found.push({ node: walker.currentNode, start: at });
      at += walker.currentNode.data.length;
    }
    return found;
  }

  function whole() { return text.textContent; }

  function offsetOf(node, offset) {
    var range = document.createRange();
    range.setStart(text, 0);
    range.setEnd(node, offset);
    return range.toString().length;
  }

  // Where the words stand now: at their old place, else where their neighbours are the same, else where they stand once.
  function placeOf(item) {
    var quote = item.dataset.quote, all = whole(), start = Number(item.dataset.start);
    if (!quote) { return null; }
    if (Number(item.dataset.end) > start && all.slice(start, start + quote.length) === quote) {
      return [start, start + quote.length];
    }
    var around = all.indexOf(item.dataset.before + quote + item.dataset.after);
    if (around >= 0 && (item.dataset.before || item.dataset.after)) {
      start = around + item.dataset.before.length;
      return [start, start + quote.length];
    }
    var first = all.indexOf(quote);
    if (first >= 0 && all.indexOf(quote, first + 1) < 0) { return [first, first + quote.length]; }
    return null;
  }

  function wrap(start, end, item) {
    pieces().forEach(function (piece) {
      var from = Math.max(start - piece.start, 0), to = Math.min(end - piece.start, piece.node.data.length);
      if (from >= to || !piece.node.data.slice(from, to).trim()) { return; }
      var node = piece.node.splitText(from);
      node.splitText(to - from);
      var span = document.createElement("span");
      span.className = "own-mark own-mark-" + item.dataset.colour;
      span.dataset.note = item.id;
      span.title = item.dataset.words || "";
      node.parentNode.replaceChild(span, node);
      span.appendChild(node);
    });
  }

  function paint() {
    text.querySelectorAll(".own-mark").forEach(function (span) { span.replaceWith.apply(span, span.childNodes); });
    text.normalize();
    list.querySelectorAll("[data-quote]").forEach(function (item) {
      var found = placeOf(item), lost = item.querySelector("[data-lost]"), show = item.querySelector("[data-show]");
      if (found) { wrap(found[0], found[1], item); }
      if (lost) { lost.hidden = Boolean(found) || !item.dataset.quote; }
      if (show) { show.hidden = !found; }
    });
  }

  // --- Storing: one after the other; what cannot be sent now is sent when the connection is back -----
  function send() {
    if (busy || !waiting.length) { return; }
    busy = true;
    var data = waiting[0];
    data.set("csrfmiddlewaretoken", adding.elements.csrfmiddlewaretoken.value);
    fetch(adding.action, {
      method: "POST", body: data, credentials: "same-origin", redirect: "manual",
      headers: { "X-Requested-With": "XMLHttpRequest" }
    }).then(function (response) {
      if (response.type === "opaqueredirect" || response.status === 403 || response.status >= 500) { throw new Error("later"); }
      return response.text().then(function (page) {
        waiting.shift();
        if (response.status === 200 || response.status === 422) { list.innerHTML = page; } else { say(words.wordsClosed); }
        if (response.status === 200) { say(""); }
        paint();
      });
    }).catch(function () {
      say(words.wordsLater);
      setTimeout(send, 5000);
    }).then(function () {
      busy = false;
      if (waiting.length && status.textContent !== words.wordsLater) { send(); }
    });
  }

  function say(message) { if (status.textContent !== message) { status.textContent = message; } }

  window.addEventListener("online", send);
  window.addEventListener("beforeunload", function (event) {
    if (waiting.length) { event.preventDefault(); event.returnValue = ""; }
  });

  function taken(event) {
    var form = event.target, data = new FormData(form);
    if (form.method !== "post") { return; }
    event.preventDefault();
    if (event.submitter && event.submitter.name) { data.set(event.submitter.name, event.submitter.value); }
    waiting.push(data);
    if (form === adding) { form.reset(); placed(null); }
    closeCard(true);
    send();
  }
  room.addEventListener("submit", taken);

  // --- A note beside its words: the form of the list, where the reader is ---------------------------
  var card = null;

  function openCard(span, item) {
    closeCard(false);
    var spans = text.querySelectorAll('[data-note="' + item.id + '"]');
    card = document.createElement("div");
    card.className = "note-card";
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-label", room.querySelector("summary").textContent);
    card.appendChild(item.querySelector("form").cloneNode(true));
    card.querySelectorAll("[id]").forEach(function (one) { one.id += "-card"; });
    card.querySelectorAll("[for]").forEach(function (one) { one.htmlFor += "-card"; });
    card.addEventListener("submit", taken);
    card.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { closeCard(false); window.getSelection().collapse(span, 0); }
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { closeCard(false); }
    });
    document.body.appendChild(card);
    var box = spans[spans.length - 1].getBoundingClientRect(), width = document.documentElement.clientWidth;
    card.style.top = Math.round(window.scrollY + box.bottom + 8) + "px";
    card.style.left = Math.round(Math.max(8, Math.min(box.left, width - card.offsetWidth - 8))) + "px";
    flash(Array.from(spans));
    card.querySelector("textarea").focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }

  // What was typed into the card is kept by closing it, whichever way.
  function closeCard(saved) {
    if (!card) { return; }
    var closing = card, form = card.querySelector("form"), note = form.elements.note, colour = form.elements.colour;
    card = null;
    var touched = note.value !== note.defaultValue || !colour.selectedOptions[0].defaultSelected;
    if (!saved && touched) {
      var data = new FormData(form);
      data.set("act", "change");
      waiting.push(data);
      send();
    }
    closing.remove();
    flash([]);
  }

  document.addEventListener("pointerdown", function (event) {
    if (card && !card.contains(event.target)) { closeCard(false); }
  });

  // --- Choosing words ------------------------------------------------------------------------
  function selected() {
    var selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) { return null; }
    var range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) { return null; }
    var start = offsetOf(range.startContainer, range.startOffset), end = offsetOf(range.endContainer, range.endOffset);
    var all = whole();
    while (start < end && /\s/.test(all[start])) { start += 1; }
    while (end > start && /\s/.test(all[end - 1])) { end -= 1; }
    if (end <= start || end - start > 1000) { return null; }
    return {
      start: start, end: end, quote: all.slice(start, end),
      before: all.slice(Math.max(0, start - NEIGHBOURS), start), after: all.slice(end, end + NEIGHBOURS),
      box: range.getBoundingClientRect()
    };
  }

  function placed(place) {
    ["start", "end", "before", "after"].forEach(function (name) { adding.elements[name].value = place ? place[name] : ""; });
    if (place) { adding.elements.quote.value = place.quote; }
  }

  function offer() {
    chosen = selected();
    bar.hidden = !chosen;
    if (!chosen) { return; }
    // Below the words: above them a phone has its own bar.
    var box = chosen.box, wide = bar.offsetWidth;
    bar.style.top = Math.round(window.scrollY + box.bottom + 8) + "px";
    bar.style.left = Math.round(Math.max(8, Math.min(box.left, document.documentElement.clientWidth - wide - 8))) + "px";
  }

  var pause = null;
  document.addEventListener("selectionchange", function () {
    clearTimeout(pause);
    pause = setTimeout(offer, 200);
  });
  // A press on the bar must not let go of the words.
  bar.addEventListener("mousedown", function (event) { event.preventDefault(); });

  function highlight(colour) {
    if (!chosen) { chosen = selected(); }
    if (!chosen) { return; }
    var data = new FormData();
    ["start", "end", "quote", "before", "after"].forEach(function (name) { data.set(name, chosen[name]); });
    data.set("act", "add");
    data.set("colour", colour);
    data.set("note", "");
    waiting.push(data);
    window.getSelection().removeAllRanges();
    bar.hidden = true;
    chosen = null;
    send();
  }

  bar.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) { return; }
    if (button.dataset.colour) { highlight(button.dataset.colour); return; }
    if (!chosen) { return; }
    placed(chosen);
    window.getSelection().removeAllRanges();
    bar.hidden = true;
    room.querySelector("details[data-new]").open = true;
    adding.elements.note.focus();
  });

  // The key «m» presses this button: it marks the chosen words, or begins a note of its own.
  room.querySelector("[data-key=m]").addEventListener("click", function () {
    if (selected()) { highlight("yellow"); return; }
    room.querySelector("details[data-new]").open = true;
    adding.elements.note.focus();
  });

  // --- From the words to the note and back -----------------------------------------------------
  function flash(element) {
    list.querySelectorAll(".is-current").forEach(function (other) { other.classList.remove("is-current"); });
    text.querySelectorAll(".is-current").forEach(function (other) { other.classList.remove("is-current"); });
    element.forEach(function (one) { one.classList.add("is-current"); });
  }

  text.addEventListener("click", function (event) {
    var span = event.target.closest(".own-mark");
    if (!span || !window.getSelection().isCollapsed) { return; }
    var item = document.getElementById(span.dataset.note);
    if (item) { openCard(span, item); }
  });

  list.addEventListener("click", function (event) {
    var button = event.target.closest("[data-show]");
    if (!button) { return; }
    var spans = Array.from(text.querySelectorAll('[data-note="' + button.closest("li").id + '"]'));
    if (!spans.length) { return; }
    flash(spans);
    spans[0].scrollIntoView({ block: "center" });
  });

  paint();
})();
