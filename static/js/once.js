// A form goes once: a second click while the page answers does nothing. Without this script the server sees to it.
(function () {
  "use strict";
  var PATIENCE = 10000;

  function release(form) {
    delete form.dataset.sent;
    form.querySelectorAll("[data-words]").forEach(function (button) {
      button.textContent = button.dataset.words;
      delete button.dataset.words;
      button.removeAttribute("aria-disabled");
    });
  }

  document.addEventListener("submit", function (event) {
    var form = event.target, button = event.submitter;
    if (event.defaultPrevented || form.method !== "post") { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    if (button && button.dataset.busy) {
      button.dataset.words = button.textContent;
      button.textContent = button.dataset.busy;
      button.setAttribute("aria-disabled", "true");
    }
    // A file may take its time; for everything else the network may have lost the first click.
    if (form.enctype !== "multipart/form-data") { setTimeout(release, PATIENCE, form); }
  });

  // Back to a page that the browser kept: it is usable again.
  window.addEventListener("pageshow", function () { document.querySelectorAll("form[data-sent]").forEach(release); });
})();
