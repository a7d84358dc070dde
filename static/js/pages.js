// The size of an essay's pages. Without this script a page opens by itself at its full size.
(function () {
  "use strict";
  document.querySelectorAll("[data-pages]").forEach(function (pages) {
    var buttons = pages.querySelectorAll("button[data-size]");
    buttons.forEach(function (button) {
      button.addEventListener("click", function () {
        pages.dataset.size = button.dataset.size;
        buttons.forEach(function (other) { other.setAttribute("aria-pressed", String(other === button)); });
      });
    });
  });
})();
