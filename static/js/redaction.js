// The redaction desk: keys, and every decision saved at once. Without this script each place has its two buttons.
(function () {
  "use strict";
  var work = document.getElementById("redaction-work");
  if (!work) { return; }
  var said = document.querySelector("[data-said]"), off = document.querySelector("[data-keys-off]");
  var help = document.getElementById("keys");
  var current = null, chosen = null, busy = false;

  function all(selector) { return Array.prototype.slice.call(work.querySelectorAll(selector)); }
  function cards() { return all("[data-card]"); }
  function say(text, trouble) {
    said.textContent = text;
    said.classList.toggle("saved-trouble", Boolean(trouble));
  }

  // --- The place one stands at --------------------------------------------------------------
  function show(element) {
    if (element) { element.scrollIntoView({ block: "nearest", inline: "nearest" }); }
  }

  function stand(card, quietly) {
    all(".is-current").forEach(function (one) { one.classList.remove("is-current"); });
    current = card ? card.dataset.key : null;
    var bar = work.querySelector("[data-current]");
    bar.hidden = !card;
    if (!card) { return; }
    var list = cards(), number = card.dataset.card;
    card.classList.add("is-current");
    all('mark[data-place="' + number + '"]').forEach(function (mark) { mark.classList.add("is-current"); });
    bar.querySelector("[data-current-words]").textContent =
      (list.indexOf(card) + 1) + " / " + list.length + " · " + card.querySelector(".place-words").textContent;
    var button = card.querySelector('button[value="show"], button[value="hide"]');
    var toggle = bar.querySelector("[data-toggle]");
    toggle.hidden = !button;
    if (button) { toggle.textContent = button.value === "hide" ? toggle.dataset.wordsHide : toggle.dataset.wordsShow; }
    if (quietly) { return; }
    var wide = matchMedia("(min-width: 64em)").matches;
    if (wide) { show(card); }
    all("[data-side]").forEach(function (side, index) {
      var mark = side.querySelector('mark[data-place="' + number + '"]');
      if (mark && wide) {
        side.scrollTop += mark.getBoundingClientRect().top - side.getBoundingClientRect().top - side.clientHeight / 3;
      } else if (mark && index === 1) {
        mark.scrollIntoView({ block: "center" });
      }
    });
  }

  function here() {
    return cards().find(function (card) { return card.dataset.key === current; }) || null;
  }

  function go(step) {
    var list = cards(), index = list.indexOf(here());
    if (!list.length) { return; }
    stand(list[index < 0 ? (step > 0 ? 0 : list.length - 1) : Math.max(0, Math.min(list.length - 1, index + step))]);
  }

  function first() {
    return work.querySelector(".place-card.is-doubtful") || work.querySelector(".place-card.is-unsure") || cards()[0] || null;
  }

  // --- Saving at once -----------------------------------------------------------------------
  function send(form, button) {
    if (busy) { return; }
    busy = true;
    say(work.dataset.wordsSaving);
    var data = new FormData(form), before = cards().indexOf(here());
    data.set("act", button);
    fetch(form.action, {
      method: "POST",
      body: data,
      credentials: "same-origin",
      redirect: "manual",
      headers: { "X-Requested-With": "XMLHttpRequest" }
    }).then(function (response) {
      if (response.type === "opaqueredirect" || response.status === 403) { say(work.dataset.wordsLogin, true); return null; }
      if (response.status >= 500 || response.status === 404) { throw new Error("server"); }
      return response.json().then(function (answer) { replace(answer.html, before); say(answer.said, !response.ok); });
    }).catch(function () { say(work.dataset.wordsRetry, true); }).then(function () { busy = false; });
  }

  function replace(html, before) {
    var scrolled = all("[data-side], .place-cards").map(function (side) { return side.scrollTop; });
    var key = current;
    // Escaped and sanitized by the server, as the page itself; a parsed document runs no scripts.
    var parsed = new DOMParser().parseFromString(html, "text/html");
    work.replaceChildren.apply(work, Array.prototype.slice.call(parsed.body.childNodes));
    all("[data-side], .place-cards").forEach(function (side, index) { side.scrollTop = scrolled[index] || 0; });
    chosen = null;
    var list = cards();
    stand(list.find(function (card) { return card.dataset.key === key; }) || list[Math.min(before, list.length - 1)] || list[0], true);
    var yes = work.querySelector("[data-asked] .btn-primary");
    if (yes) { yes.focus(); }
  }

  // What reaches over the whole essay is asked about; "no" leaves everything as it stands.
  function neverMind() {
    var asked = work.querySelector("[data-asked]");
    if (asked) { asked.remove(); work.querySelector("[data-side]").focus(); }
  }

  function toggle(everywhere) {
    var yes = work.querySelector("[data-asked] .btn-primary");
    if (yes && everywhere) { send(yes.form, yes.value); return; }
    // A quick hand presses the key before the browser tells of the selection.
    choose();
    if (chosen) { hideChosen(everywhere); return; }
    var card = here();
    var button = card && card.querySelector('button[value="show"], button[value="hide"]');
    if (button) { send(card.querySelector("form"), button.value + (everywhere ? "_forms" : "")); }
  }

  // --- Something new, selected in either text -------------------------------------------------
  // Offsets count characters, and a script counts some of them twice.
  function length(text) { return Array.from(text).length; }

  function selected() {
    var selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) { return null; }
    var range = selection.getRangeAt(0);
    var runs = all("[data-at]").filter(function (run) {
      return !run.classList.contains("place-tag") && range.intersectsNode(run);
    });
    var from = runs[0], to = runs[runs.length - 1];
    if (!from || from.closest("[data-scope]") !== to.closest("[data-scope]")) { return null; }
    var start = Number(from.dataset.at), end = Number(to.dataset.at) + length(to.textContent);
    if (from.contains(range.startContainer) && range.startContainer.nodeType === 3) {
      start += length(range.startContainer.textContent.slice(0, range.startOffset));
    }
    if (to.contains(range.endContainer) && range.endContainer.nodeType === 3) {
      end -= length(range.endContainer.textContent.slice(range.endOffset));
    }
    var words = selection.toString().replace(/\s+/g, " ").trim();
    return end > start && words ? { start: start, end: end, scope: from.closest("[data-scope]").dataset.scope, words: words } : null;
  }

  function choose() {
    var found = selected(), form = document.getElementById("hide-more");
    var typing = document.activeElement && document.activeElement.closest("#hide-more");
    // A tap on the form ends the selection on a phone: what was chosen stays chosen.
    if (!form || (!found && typing)) { return; }
    if (!found) {
      // A selection elsewhere, or none: nothing is chosen any more.
      if (chosen && document.getSelection().isCollapsed && !document.activeElement.closest(".redaction-foot")) { forget(form); }
      return;
    }
    chosen = found;
    form.elements.words.value = found.words.slice(0, 300);
    form.elements.start.value = found.start;
    form.elements.end.value = found.end;
    form.elements.scope.value = found.scope;
    form.querySelector("[data-here]").disabled = false;
  }
  document.addEventListener("selectionchange", choose);

  function forget(form) {
    chosen = null;
    form.elements.start.value = form.elements.end.value = 0;
    form.querySelector("[data-here]").disabled = true;
  }

  function hideChosen(everywhere) {
    var form = document.getElementById("hide-more");
    current = chosen.scope + ":" + chosen.start;
    send(form, everywhere ? "hide_forms" : "hide");
  }

  work.addEventListener("input", function (event) {
    if (event.target.id === "hide-words") { forget(event.target.form); }
  });

  // --- Clicks -------------------------------------------------------------------------------
  work.addEventListener("submit", function (event) {
    if (!event.target.closest(".place-card, #hide-more, [data-asked], [data-undo]") || !event.submitter) { return; }
    event.preventDefault();
    var card = event.target.closest("[data-card]");
    if (card) { current = card.dataset.key; } else if (!chosen && event.target.id === "hide-more" && event.submitter.value === "hide") { say(work.dataset.wordsSelect, true); return; }
    send(event.target, event.submitter.value);
  });

  work.addEventListener("click", function (event) {
    var mark = event.target.closest("mark[data-place]"), step = event.target.closest("[data-go]");
    if (step) { go(Number(step.dataset.go)); }
    if (event.target.closest("[data-toggle]")) { toggle(false); }
    if (event.target.closest("[data-never-mind]")) { event.preventDefault(); neverMind(); }
    if (mark && document.getSelection().isCollapsed) { stand(document.getElementById("card-" + mark.dataset.place)); }
    var number = event.target.closest(".place-number");
    if (number) { event.preventDefault(); stand(number.closest("[data-card]")); }
  });

  // --- Keys ---------------------------------------------------------------------------------
  function remembered(value) {
    try {
      if (value === undefined) { return localStorage.getItem("laureate-keys") === "off"; }
      localStorage.setItem("laureate-keys", value ? "off" : "on");
    } catch (refused) { /* storage is switched off: the box counts for this page */ }
    return Boolean(value);
  }
  off.checked = remembered();
  off.addEventListener("change", function () { remembered(off.checked); });

  document.addEventListener("keydown", function (event) {
    if (off.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) { return; }
    if (event.target.matches("textarea, select, input:not([type=checkbox])")) { return; }
    // The same keys on a Russian keyboard.
    var key = { "о": "j", "л": "k", "т": "n", "з": "p", "р": "h", "ц": "w", "к": "r", "г": "u", ",": "?" }[event.key.toLowerCase()] || event.key.toLowerCase();
    if (event.key === "," && !event.shiftKey) { return; }
    if (key === "n" || key === "j") { go(1); }
    else if (key === "p" || key === "k") { go(-1); }
    else if (key === "w" || (key === "h" && event.shiftKey)) { toggle(true); }
    else if (key === "h") { toggle(false); }
    else if (key === "u") {
      var undo = work.querySelector("[data-undo]");
      if (!undo) { return; }
      send(undo, "undo");
    }
    else if (key === "escape" && work.querySelector("[data-asked]")) { neverMind(); }
    else if (key === "?") { help.open = !help.open; if (help.open) { help.querySelector("summary").focus(); } }
    else if (key === "r" || (key === "enter" && !event.target.closest("a, button, summary, input"))) {
      var form = document.getElementById("release"), next = document.querySelector('[data-step="next"]');
      if (form) { form.requestSubmit(); } else if (next) { next.click(); } else { return; }
    } else { return; }
    event.preventDefault();
  });

  // On a phone the page begins at its beginning; beside each other the sides turn to the first doubt.
  stand(first(), !matchMedia("(min-width: 64em)").matches);
})();
