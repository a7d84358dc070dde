// Keys of the reading desk. Single keys can be switched off; Ctrl+Enter stays.
(function () {
  "use strict";
  var off = document.querySelector("[data-keys-off]"), card = document.getElementById("keys");
  if (!off || !card) { return; }
  var review = document.getElementById("review");
  var form = review && !review.hasAttribute("data-closed") ? review : null;
  var criteria = form ? Array.from(form.querySelectorAll("[data-criterion]")) : [];
  var current = -1, digits = "", digitsTimer = null;
  // The same keys on a Russian keyboard.
  var RUSSIAN = { "о": "j", "л": "k", "т": "n", "з": "p", "с": "c", "ь": "m", "г": "u", "е": "t" };

  function remembered(value) {
    try {
      if (value === undefined) { return localStorage.getItem("laureate-keys") === "off"; }
      localStorage.setItem("laureate-keys", value ? "off" : "on");
    } catch (_refused) { /* storage is switched off: the box counts for this page */ }
    return Boolean(value);
  }
  off.checked = remembered();
  off.addEventListener("change", function () { remembered(off.checked); });

  function mark(index) {
    current = index;
    digits = "";
    criteria.forEach(function (criterion, n) { criterion.classList.toggle("is-current", n === current); });
  }

  function stand(index) {
    if (!criteria.length) { return; }
    mark(Math.max(0, Math.min(index, criteria.length - 1)));
    criteria[current].querySelector("input[type=radio]:checked, input").focus({ preventScroll: true });
    criteria[current].scrollIntoView({ block: "nearest" });
  }

  if (form) {
    form.addEventListener("focusin", function (event) {
      var index = criteria.indexOf(event.target.closest("[data-criterion]"));
      if (index >= 0 && index !== current) { mark(index); }
    });
  }

  function firstEmpty() {
    var empty = criteria.findIndex(function (criterion) {
      var field = criterion.querySelector("input[type=radio]:checked, input[type=number]");
      return !field || field.value === "";
    });
    return Math.max(0, empty);
  }

  // True when the digit was used up here; a field for a number takes it itself.
  function score(digit) {
    if (!criteria.length) { return false; }
    if (current < 0) { stand(firstEmpty()); }
    var number = criteria[current].querySelector("input[type=number]");
    if (number) {
      if (document.activeElement !== number) { number.focus(); }
      return false;
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

  // Links and buttons that say which key presses them.
  function press(key) {
    var target = document.querySelector('[data-key="' + key + '"]');
    if (target && target.matches("summary")) { target.focus(); }
    if (target) { target.click(); }
    return Boolean(target);
  }

  function showCard() {
    card.open = !card.open;
    if (card.open) { card.querySelector("summary").focus(); card.scrollIntoView({ block: "nearest" }); }
  }

  document.addEventListener("keydown", function (event) {
    if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.target.closest("[data-notes]")) {
      event.preventDefault();
      form.requestSubmit(form.querySelector('button[value="submit"]'));
      return;
    }
    // In a field for points Enter means «next», never «hand in»: a slip of the hand must not give a review away.
    if (event.key === "Enter" && event.target.matches("[data-criterion] input") && !event.isComposing) {
      event.preventDefault();
      if (current === criteria.length - 1) { form.elements.comment_for_author.focus(); } else { stand(current + 1); }
      return;
    }
    if (off.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
    var target = event.target, typing = target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
    // Letters have no place in a number, so there they are keys too.
    var inNumber = target.matches("[data-criterion] input[type=number]");
    if (typing && !inNumber) { return; }
    var key = event.key.toLowerCase();
    key = RUSSIAN[key] || key;
    // «?» is Shift+7 on a Russian keyboard and is given out as it is; «,» with Shift is where the English one has it.
    if (key === "," && event.shiftKey && !inNumber) { key = "?"; }
    var used = false;
    if (/^[0-9]$/.test(key)) {
      used = !inNumber && score(key);
    } else if (key === "n" || key === "p") {
      stand(current < 0 ? firstEmpty() : current + (key === "n" ? 1 : -1));
      used = Boolean(criteria.length);
    } else if (key === "c" && form) {
      form.elements.comment_for_author.focus();
      used = true;
    } else if (key === "?") {
      showCard();
      used = true;
    } else if (/^[jkumt]$/.test(key)) {
      used = press(key);
    }
    if (used) { event.preventDefault(); }
  });
})();
