// What was typed outlives a session that ended: kept in this tab while signing in, and put back. Never files.
(function () {
  "use strict";
  var KEY = "typed", form = document.querySelector("form[data-keep]");

  function kept() {
    try { return JSON.parse(sessionStorage.getItem(KEY)) || {}; } catch (_error) { return {}; }
  }

  function putBack(values) {
    values.forEach(function (pair) {
      var field = form.elements[pair[0]];
      if (!field || field.type === "hidden") { return; }
      // Radio buttons of one name come as a list whose value chooses among them.
      field.value = pair[1];
    });
    var note = document.createElement("div");
    note.className = "notice";
    note.setAttribute("role", "status");
    note.textContent = form.dataset.keep;
    form.before(note);
  }

  // Signing in lies between: there nothing is put back and nothing forgotten.
  if (location.pathname.indexOf("/accounts/") !== 0) {
    var typed = kept();
    sessionStorage.removeItem(KEY);
    if (form && typed.path === location.pathname && !document.querySelector(".error-summary")) { putBack(typed.values); }
  }
  if (!form) { return; }
  form.addEventListener("submit", function () {
    var values = Array.from(new FormData(form)).filter(function (pair) {
      return typeof pair[1] === "string" && pair[0] !== "csrfmiddlewaretoken";
    });
    sessionStorage.setItem(KEY, JSON.stringify({ path: location.pathname, values: values }));
  });
})();
