// The reading desk: running total, saving by itself, keys. Without this script the two buttons do all of it.
(function () {
  "use strict";
  var form = document.getElementById("review");
  if (!form || form.hasAttribute("data-closed")) { return; }

  var language = document.documentElement.lang || "ru";
  var criteria = Array.prototype.slice.call(form.querySelectorAll("[data-criterion]"));
  var status = form.querySelector("[data-saved]");
  var outdated = form.querySelector("[data-outdated]");
  var version = form.elements.version;
  var words = form.dataset;

  // --- Points and the running total ---------------------------------------------------------
  function pointsOf(criterion) {
    var field = criterion.querySelector("input[type=radio]:checked, input[type=number]");
    if (!field || field.value === "" || !field.validity.valid) { return null; }
    return Number(field.value);
  }

  function showTotal() {
    var sum = 0, any = false;
    criteria.forEach(function (criterion) {
      var points = pointsOf(criterion);
      if (points === null) { return; }
      any = true;
      // Hundredths of ten-thousandths, so that 0.1 + 0.2 is 0.3; the server's exact total is what counts.
      sum += Math.round(points * 100) * Math.round(Number(criterion.dataset.weight) * 10000);
    });
    var text = any ? (Math.round(sum / 10000) / 100).toLocaleString(language, { maximumFractionDigits: 2 }) : "–";
    document.querySelectorAll("[data-total]").forEach(function (place) { place.textContent = text; });
  }

  // --- Saving by itself ---------------------------------------------------------------------
  var PAUSE = 1000, LONGEST = 30000;
  var timer = null, saving = false, unsaved = false, blocked = false, wait = 2000, leaving = false;

  function say(text, trouble) {
    if (status.textContent !== text) { status.textContent = text; }
    status.classList.toggle("saved-trouble", Boolean(trouble));
  }

  function changed() {
    unsaved = true;
    showTotal();
    if (!blocked) { schedule(PAUSE); }
  }

  function schedule(delay) {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  }

  function showProblems(problems) {
    form.querySelectorAll("[data-error]").forEach(function (place) {
      var text = problems[place.dataset.error] || "";
      place.textContent = text;
      place.hidden = !text;
    });
  }

  function again() {
    say(words.wordsRetry, true);
    schedule(wait);
    wait = Math.min(wait * 2, LONGEST);
  }

  function save() {
    if (saving || blocked || !unsaved) { return; }
    saving = true;
    unsaved = false;
    say(words.wordsSaving);
    fetch(words.autosave, {
      method: "POST",
      body: new FormData(form),
      credentials: "same-origin",
      redirect: "manual",
      headers: { "X-Requested-With": "XMLHttpRequest" }
    }).then(function (response) {
      if (response.type === "opaqueredirect" || response.status === 403) {
        unsaved = true;
        say(words.wordsLogin, true);
        schedule(LONGEST);
        return null;
      }
      if (response.status >= 500) { throw new Error("server"); }
      return response.json().then(answered);
    }).catch(function () {
      unsaved = true;
      again();
    }).then(function () {
      saving = false;
      if (unsaved && !blocked && wait === 2000) { schedule(PAUSE); }
    });
  }

  function answered(answer) {
    wait = 2000;
    if (answer.saved) {
      version.value = answer.version;
      showProblems(answer.problems);
      var bad = Object.keys(answer.problems).length > 0;
      say(bad ? words.wordsProblems : words.wordsSaved, bad);
    } else if (answer.outdated) {
      blocked = true;
      unsaved = true;
      outdated.hidden = false;
      outdated.dataset.version = answer.version;
      say(words.wordsOutdated, true);
    } else {
      blocked = true;
      say(answer.closed || words.wordsRetry, true);
    }
  }

  outdated.querySelector("[data-keep]").addEventListener("click", function () {
    version.value = outdated.dataset.version;
    outdated.hidden = true;
    blocked = false;
    unsaved = true;
    save();
  });
  outdated.querySelector("[data-take]").addEventListener("click", function () { leaving = true; });

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", function () { leaving = true; clearTimeout(timer); keep(); });
  window.addEventListener("online", function () { if (unsaved && !blocked) { schedule(0); } });
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden" && unsaved && !blocked) { save(); }
  });
  window.addEventListener("beforeunload", function (event) {
    if (!leaving && (unsaved || saving)) { event.preventDefault(); event.returnValue = ""; }
  });
  // A wheel over a focused number would change the points unseen.
  form.addEventListener("wheel", function (event) {
    if (event.target.type === "number" && event.target === document.activeElement) { event.target.blur(); }
  }, { passive: true });

  // --- What was typed outlives a session that ended -------------------------------------------
  // Handing in may end at the door for signing in. What was typed waits in this tab, and is put back only over
  // the very version of the review that it was typed over: nothing newer is ever covered.
  var place = "laureate-review:" + location.pathname;

  function typed() {
    var values = [];
    new FormData(form).forEach(function (value, name) {
      if (name !== "csrfmiddlewaretoken" && name !== "version") { values.push([name, value]); }
    });
    return values;
  }

  function keep() {
    try {
      sessionStorage.setItem(place, JSON.stringify({ version: version.value, values: typed() }));
    } catch (refused) { /* storage is switched off: the page's own warning has to do */ }
  }

  function putBack() {
    var kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(place));
      sessionStorage.removeItem(place);
    } catch (refused) { return; }
    if (!kept || kept.version !== version.value || JSON.stringify(kept.values) === JSON.stringify(typed())) { return; }
    kept.values.forEach(function (pair) {
      var field = form.elements[pair[0]];
      if (field) { field.value = pair[1]; }
    });
    changed();
    say(words.wordsRestored);
  }

  // --- Keys ---------------------------------------------------------------------------------
  var off = document.querySelector("[data-keys-off]"), card = document.getElementById("keys");
  var current = -1, digits = "", digitsTimer = null;

  function remembered(value) {
    try {
      if (value === undefined) { return localStorage.getItem("laureate-keys") === "off"; }
      localStorage.setItem("laureate-keys", value ? "off" : "on");
    } catch (refused) { /* storage is switched off: the box counts for this page */ }
    return Boolean(value);
  }
  off.checked = remembered();
  off.addEventListener("change", function () { remembered(off.checked); });

  function stand(index) {
    if (!criteria.length) { return; }
    current = Math.max(0, Math.min(index, criteria.length - 1));
    criteria.forEach(function (criterion, n) { criterion.classList.toggle("is-current", n === current); });
    var field = criteria[current].querySelector("input[type=radio]:checked, input");
    field.focus({ preventScroll: true });
    criteria[current].scrollIntoView({ block: "nearest" });
  }

  form.addEventListener("focusin", function (event) {
    var index = criteria.indexOf(event.target.closest("[data-criterion]"));
    if (index >= 0 && index !== current) {
      current = index;
      digits = "";
      criteria.forEach(function (criterion, n) { criterion.classList.toggle("is-current", n === current); });
    }
  });

  function firstEmpty() {
    for (var n = 0; n < criteria.length; n += 1) { if (pointsOf(criteria[n]) === null) { return n; } }
    return 0;
  }

  function score(digit) {
    if (current < 0) { stand(firstEmpty()); }
    var number = criteria[current].querySelector("input[type=number]");
    if (number) {
      if (document.activeElement !== number) { number.focus(); }
      return false; // the field takes the digit itself
    }
    digits = (digits + digit).slice(-2);
    var radio = find(digits) || find(digit);
    clearTimeout(digitsTimer);
    digitsTimer = setTimeout(function () { digits = ""; }, 700);
    if (radio) {
      radio.checked = true;
      radio.focus({ preventScroll: true });
      radio.dispatchEvent(new Event("change", { bubbles: true }));
    }
    return true;
  }

  function find(value) {
    return criteria[current].querySelector('input[type=radio][value="' + String(Number(value)) + '"]');
  }

  document.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector('button[value="submit"]'));
      return;
    }
    if (off.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
    var target = event.target, typing = target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
    // Letters have no place in a number, so there they are keys too.
    var inNumber = target.matches("[data-criterion] input[type=number]");
    if (typing && !inNumber) {
      return;
    }
    // The same keys on a Russian keyboard.
    var key = { "о": "j", "л": "k", "т": "n", "з": "p", "с": "c", ",": "?" }[event.key.toLowerCase()] || event.key.toLowerCase();
    if (event.key === "," && (!event.shiftKey || inNumber)) { key = ","; }
    if (/^[0-9]$/.test(key)) {
      if (!inNumber && score(key)) { event.preventDefault(); }
    } else if (key === "j" || key === "k") {
      var link = document.querySelector('a[data-key="' + key + '"]');
      if (link) { event.preventDefault(); link.click(); }
    } else if (key === "n" || key === "p") {
      event.preventDefault();
      stand(current < 0 ? firstEmpty() : current + (key === "n" ? 1 : -1));
    } else if (key === "c") {
      event.preventDefault();
      form.elements.comment_for_author.focus();
    } else if (key === "?") {
      event.preventDefault();
      card.open = !card.open;
      if (card.open) { card.querySelector("summary").focus(); card.scrollIntoView({ block: "nearest" }); }
    }
  });

  showTotal();
  putBack();
})();
