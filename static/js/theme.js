// Theme, text size and the setting of essays without a reload. Without this script the same forms post to the server and come back.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");

  function remember(name, value) {
    var secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = name + "=" + value + "; Path=/; Max-Age=" + (value ? 31536000 : 0) + "; SameSite=Lax" + secure;
  }

  document.addEventListener("submit", function (event) {
    var form = event.target, button = event.submitter;
    if (!form.matches("[data-appearance]") || !button || !button.name) { return; }
    event.preventDefault();
    var attribute = button.name === "theme" ? "data-bs-theme" : "data-" + button.name;
    if (button.name === "theme") { root.removeAttribute("data-colours"); } // a scheme of two colours is a theme, too
    if (button.value) { root.setAttribute(attribute, button.value); } else { root.removeAttribute(attribute); }
    remember(button.name, button.value);
    // The same choice may stand on a page twice: at its foot and on the desk.
    document.querySelectorAll("[data-appearance] button[name=" + button.name + "]").forEach(function (other) {
      other.setAttribute("aria-pressed", String(other.value === button.value));
    });
  });

  // The current room of a sliding row must be in sight.
  var current = document.querySelector(".rooms-nav [aria-current]");
  if (current) {
    var row = current.closest("ul");
    row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
  }

  // The link at the head of the page leads into what is folded at its foot.
  function unfold() {
    var aim = location.hash === "#low-vision" && document.getElementById("low-vision");
    if (aim) { aim.open = true; }
  }
  window.addEventListener("hashchange", unfold);
  unfold();

  // One open menu at a time; Escape and a click elsewhere close it.
  function closeMenus(except) {
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      if (menu !== except) { menu.open = false; }
    });
  }
  document.addEventListener("click", function (event) { closeMenus(event.target.closest("details[data-menu]")); });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    var menu = document.querySelector("details[data-menu][open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });
})();
