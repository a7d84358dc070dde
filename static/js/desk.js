// The reading desk: running total, saving by itself, handing in. Without this script the two buttons do all of it.
(function () {
  "use strict";
  var form = document.getElementById("review");
  if (!form || form.hasAttribute("data-closed")) { return; }

  var language = document.documentElement.lang || "ru";
  var criteria = Array.from(form.querySelectorAll("[data-criterion]"));
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
    var sum = 0, any = false, closed = false;
    criteria.forEach(function (criterion) {
      var points = pointsOf(criterion);
      if (points === null) { return; }
      any = true;
      if (criterion.dataset.gate && points < Number(criterion.dataset.gate)) { closed = true; }
      // Hundredths of ten-thousandths, so that 0.1 + 0.2 is 0.3; the server's exact total is what counts.
      sum += Math.round(points * 100) * Math.round(Number(criterion.dataset.weight) * 10000);
    });
    if (closed) { sum = 0; }
    var text = any ? (Math.round(sum / 10000) / 100).toLocaleString(language, { maximumFractionDigits: 2 }) : "–";
    document.querySelectorAll("[data-total]").forEach(function (place) { place.textContent = text; });
    document.querySelectorAll("[data-gates]").forEach(function (place) { place.hidden = !closed; });
  }

  // --- What was typed outlives a cut connection, a closed tab and a session that ended ----------
  // It waits on this device until it is stored, and is put back only over the version that it was typed over;
  // over another one the judge is asked.
  var place = "laureate-review:" + location.pathname;

  function typed() {
    var values = [];
    new FormData(form).forEach(function (value, name) {
      if (["csrfmiddlewaretoken", "version", "page"].indexOf(name) < 0) { values.push([name, value]); }
    });
    return values;
  }

  function keep() {
    try {
      localStorage.setItem(place, JSON.stringify({ version: version.value, values: typed() }));
    } catch (_refused) { /* storage is switched off: the page's own warning has to do */ }
  }

  function forget() {
    try { localStorage.removeItem(place); } catch (_refused) { /* nothing was kept either */ }
  }

  function putBack() {
    var kept = null;
    try { kept = JSON.parse(localStorage.getItem(place)); } catch (_refused) { return; }
    if (!kept) { return; }
    if (JSON.stringify(kept.values) === JSON.stringify(typed())) { forget(); return; }
    kept.values.forEach(function (pair) {
      var field = form.elements[pair[0]];
      if (field) { field.value = pair[1]; }
    });
    showTotal();
    unsaved = true;
    if (kept.version === version.value) {
      say(words.wordsRestored);
      schedule(PAUSE);
    } else {
      conflict(version.value);
    }
  }

  // --- Saving by itself ---------------------------------------------------------------------
  var PAUSE = 1000, LONGEST = 30000;
  var timer = null, saving = null, unsaved = false, blocked = false, wait = 2000, leaving = false, handingIn = null;
  // Which opened page this is, and how often it has written: an answer that was lost is no conflict.
  var page = Date.now().toString(16) + Math.random().toString(16).slice(2, 12), stroke = 0;

  function say(text, trouble) {
    if (status.textContent !== text) { status.textContent = text; }
    status.classList.toggle("saved-trouble", Boolean(trouble));
  }

  function changed() {
    unsaved = true;
    showTotal();
    keep();
    if (!blocked) { schedule(PAUSE); }
  }

  function schedule(delay) {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  }

  function showProblems(problems) {
    form.querySelectorAll("[data-error]").forEach(function (spot) {
      var text = problems[spot.dataset.error] || "";
      spot.textContent = text;
      spot.hidden = !text;
    });
  }

  function conflict(stored) {
    blocked = true;
    handingIn = null;
    outdated.hidden = false;
    outdated.dataset.version = stored;
    say(words.wordsOutdated, true);
  }

  // A new sign-in in another tab gives the forms of this one new keys.
  function renewed() {
    return fetch(location.href, { credentials: "same-origin", redirect: "manual" }).then(function (response) {
      return response.ok ? response.text() : "";
    }).then(function (text) {
      var fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[name=csrfmiddlewaretoken]");
      if (!fresh || fresh.value === form.elements.csrfmiddlewaretoken.value) { return false; }
      document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach(function (field) { field.value = fresh.value; });
      return true;
    });
  }

  function send(again) {
    stroke += 1;
    form.elements.page.value = page + ":" + stroke;
    return fetch(words.autosave, {
      method: "POST",
      body: new FormData(form),
      credentials: "same-origin",
      redirect: "manual",
      headers: { "X-Requested-With": "XMLHttpRequest" }
    }).then(function (response) {
      if (response.type === "opaqueredirect" || response.status === 403) {
        if (again) { return "signed-out"; }
        return renewed().then(function (fresh) { return fresh ? send(true) : "signed-out"; });
      }
      if (response.status >= 500) { throw new Error("server"); }
      return response.json().then(answered);
    });
  }

  // Gives "saved", "problems", "outdated", "closed", "signed-out" or "unreachable".
  function save() {
    if (saving) { return saving.then(function (how) { return unsaved && !blocked ? save() : how; }); }
    if (blocked || !unsaved) { return Promise.resolve(blocked ? "outdated" : "saved"); }
    clearTimeout(timer);
    unsaved = false;
    if (!handingIn) { say(words.wordsSaving); }
    saving = send(false).catch(function () { return "unreachable"; }).then(function (how) {
      saving = null;
      if (how === "signed-out") {
        unsaved = true;
        say(words.wordsLogin, true);
        schedule(LONGEST);
      } else if (how === "unreachable") {
        unsaved = true;
        say(handingIn ? words.wordsHandLater : words.wordsRetry, true);
        schedule(wait);
        wait = Math.min(wait * 2, LONGEST);
      } else if (unsaved && !blocked) {
        schedule(PAUSE);
      } else if (how === "saved" || how === "problems") {
        forget();
      }
      if (handingIn && how !== "unreachable" && how !== "outdated" && !unsaved) { handIn(); }
      return how;
    });
    return saving;
  }

  function answered(answer) {
    wait = 2000;
    if (answer.saved) {
      version.value = answer.version;
      // A page that came as a refusal: what is stored is newer now, and a reload asks for it instead of sending the
      // refused form once more, which would look like another tab.
      if (form.hasAttribute("data-refused")) { history.replaceState(history.state, "", location.href); }
      showProblems(answer.problems);
      var bad = Object.keys(answer.problems).length > 0;
      say(bad ? words.wordsProblems : words.wordsSaved, bad);
      return bad ? "problems" : "saved";
    } else if (answer.outdated) {
      unsaved = true;
      conflict(answer.version);
      return "outdated";
    }
    blocked = true;
    say(answer.closed || words.wordsRetry, true);
    return "closed";
  }

  // --- Handing in: first what is typed is stored, then the page moves on ------------------------
  function handIn() {
    var button = handingIn;
    handingIn = null;
    leaving = true;
    form.requestSubmit(button);
  }

  form.addEventListener("submit", function (event) {
    if (leaving) { return; }
    event.preventDefault();
    handingIn = event.submitter;
    keep();
    unsaved = true;
    if (blocked) { handingIn = null; outdated.scrollIntoView({ block: "nearest" }); return; }
    save().then(function (how) {
      if (how === "signed-out" && handingIn) { handIn(); }
    });
  });
  window.addEventListener("pageshow", function () { leaving = false; });

  outdated.querySelector("[data-keep]").addEventListener("click", function () {
    version.value = outdated.dataset.version;
    outdated.hidden = true;
    blocked = false;
    unsaved = true;
    save();
  });
  outdated.querySelector("[data-take]").addEventListener("click", function () { leaving = true; forget(); });

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
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

  showTotal();
  putBack();
})();
