// The entrant's copy: words that are selected in it stand in the form of the remark by themselves.
document.addEventListener("selectionchange", function () {
  "use strict";
  var field = document.querySelector("#remark [name=words]"), selection = document.getSelection();
  if (!field || !selection || selection.isCollapsed) { return; }
  var within = selection.getRangeAt(0).commonAncestorContainer;
  var text = (within.nodeType === 1 ? within : within.parentElement).closest("#copy .essay");
  if (!text || document.activeElement === field) { return; }
  var words = selection.toString().replace(/\s+/g, " ").trim();
  if (words) {
    field.value = words.slice(0, 300);
    document.getElementById("remark").open = true;
  }
});
