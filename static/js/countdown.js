// Moments in the visitor's own time zone, and the time left until a deadline.
//   <time datetime="2026-12-31T23:59:00+07:00" data-local data-zone="Asia/Barnaul">31 December, 23:59 Barnaul time</time>
// adds "(19:59 where you are)" when the visitor's clock differs from the contest's.
//   <p data-countdown="2026-12-31T23:59:00+07:00" data-ended="Intake is closed">10 days left</p>
// keeps the words current, once a minute. The server writes the first text of both, so nothing is missing without scripts.
(function () {
  "use strict";
  var language = document.documentElement.lang || "ru";
  var russian = language.slice(0, 2) === "ru";

  function offset(zone, moment) {
    var parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" }).formatToParts(moment);
    var at = {};
    parts.forEach(function (part) { at[part.type] = Number(part.value); });
    return Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute);
  }

  function addLocal(element) {
    var moment = new Date(element.getAttribute("datetime"));
    var zone = element.dataset.zone;
    if (isNaN(moment) || !zone || element.dataset.localDone) { return; }
    element.dataset.localDone = "yes";
    var here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    var theirs = offset(zone, moment), mine = offset(here, moment);
    if (theirs === mine) { return; }
    var sameDay = new Date(theirs).getUTCDate() === new Date(mine).getUTCDate();
    var words = new Intl.DateTimeFormat(language, sameDay ? { hour: "2-digit", minute: "2-digit" } : { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }).format(moment);
    var note = document.createElement("span");
    note.className = "local-time";
    note.textContent = russian ? " (" + words + " у вас)" : " (" + words + " where you are)";
    element.insertAdjacentElement("afterend", note);
  }

  function unit(count, name) {
    return new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "long" }).format(count);
  }

  function left(milliseconds) {
    var minutes = Math.floor(milliseconds / 60000), days = Math.floor(minutes / 1440), hours = Math.floor(minutes / 60) % 24;
    if (days >= 2) { return unit(days, "day"); }
    if (days === 1) { return unit(1, "day") + (hours ? " " + unit(hours, "hour") : ""); }
    if (hours >= 1) { return unit(hours, "hour") + (minutes % 60 ? " " + unit(minutes % 60, "minute") : ""); }
    if (minutes >= 1) { return unit(minutes, "minute"); }
    return russian ? "меньше минуты" : "less than a minute";
  }

  function tick() {
    document.querySelectorAll("[data-countdown]").forEach(function (element) {
      var rest = new Date(element.dataset.countdown) - Date.now();
      if (isNaN(rest)) { return; }
      var words = rest > 0 ? left(rest) : element.dataset.ended;
      if (words && element.textContent !== words) { element.textContent = words; }
      var frame = element.closest(".countdown");
      if (frame) { frame.classList.toggle("countdown-near", rest > 0 && rest < 86400000); }
    });
  }

  function start() {
    document.querySelectorAll("time[data-local]").forEach(addLocal);
    tick();
  }
  start();
  setInterval(tick, 60000);
  document.addEventListener("htmx:afterSwap", start);
})();
