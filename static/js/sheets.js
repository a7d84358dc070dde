// Several pictures go one after the other: a telephone's photographs are large, and the connection may be poor.
// Without this script they go together.
(function () {
  "use strict";
  var form = document.querySelector("[data-sheets]");
  if (!form) { return; }
  var chosen = form.querySelector("input[type=file]"), told = form.querySelector("[data-told]");

  function send(files, at, refusals) {
    if (at === files.length) { finish(refusals); return; }
    told.textContent = form.dataset.wordsOnTheWay.replace("{at}", at + 1).replace("{of}", files.length);
    var data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.set("pages", files[at]);
    fetch(form.action || location.href, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" }, redirect: "error" })
      .then(function (answer) { return answer.json(); })
      .then(function (said) {
        said.refusals.forEach(function (words) { refusals.push(files[at].name + ": " + words); });
        send(files, at + 1, refusals);
      })
      .catch(function () { finish(refusals.concat(form.dataset.wordsLost)); });
  }

  function finish(refusals) {
    if (refusals.length) { sessionStorage.setItem("refusals", JSON.stringify(refusals)); }
    location.assign(location.pathname);
  }

  // After the page has come back with what was taken: what was not, and why.
  var before = JSON.parse(sessionStorage.getItem("refusals") || "[]");
  sessionStorage.removeItem("refusals");
  if (before.length) {
    var list = document.createElement("ul");
    before.forEach(function (words) {
      var item = document.createElement("li");
      item.textContent = words;
      list.append(item);
    });
    told.className = "notice notice-warning";
    told.replaceChildren(list);
  }

  form.addEventListener("submit", function (event) {
    if (chosen.files.length < 2) { return; }
    event.preventDefault();
    send(Array.from(chosen.files), 0, []);
  }, true);
})();
